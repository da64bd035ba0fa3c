package eval_test

import (
	"archive/tar"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/eval"
	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
)

// writeBundle writes a .tar.gz of files: name, text, name, text, ...
func writeBundle(t *testing.T, pairs ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "b.tar.gz")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	zip := gzip.NewWriter(file)
	archive := tar.NewWriter(zip)
	for i := 0; i < len(pairs); i += 2 {
		header := tar.Header{Name: pairs[i], Mode: 0o600, Size: int64(len(pairs[i+1])), Typeflag: tar.TypeReg}
		if err := archive.WriteHeader(&header); err != nil {
			t.Fatal(err)
		}
		if _, err := archive.Write([]byte(pairs[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	for _, close := range []func() error{archive.Close, zip.Close, file.Close} {
		if err := close(); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

func TestPoliciesFromDirectoryAndBundleAreTheSame(t *testing.T) {
	t.Parallel()
	policy := smallHead("p") + `violation contains {"msg": "m"} if input.a == 1` + "\n"
	directory := t.TempDir()
	for name, text := range map[string]string{"p.rego": policy, "p_test.rego": "package x\n\ntest_x if true\n"} {
		if err := os.WriteFile(filepath.Join(directory, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{directory, writeBundle(t, "/p.rego", policy, "/p_test.rego",
		"package x\n\ntest_x if true\n")} {
		source, err := eval.OpenSource(name)
		if err != nil {
			t.Fatal(err)
		}
		engine, err := eval.Load(t.Context(), []eval.Source{source}, smallOptions())
		if err != nil {
			t.Fatal(err)
		}
		v := judge(t, engine, smallImage("ami-1", map[string]inventory.Fact{"a": known(`1`)}))
		if diff := cmp.Diff([]said{{finding.Fail, "", "", "m"}}, saidBy(v.Findings)); diff != "" {
			t.Errorf("%s: findings (-want +got):\n%s", name, diff)
		}
		if file, text := engine.Text("small/p"); file != filepath.Join(name, "p.rego") || text != policy {
			t.Errorf("text of %s:\n%s", file, text)
		}
	}
}

func TestOpenSourceRefuses(t *testing.T) {
	t.Parallel()
	other := filepath.Join(t.TempDir(), "p.txt")
	if err := os.WriteFile(other, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, path, want string }{
		{"not there", filepath.Join(t.TempDir(), "none"), "no such file"},
		{"neither", other, "neither a directory nor a .tar.gz bundle"},
		{"no policy", writeBundle(t, "data.json", "{}"), "holds no policy"},
		{"file twice", writeBundle(t, "/p.rego", "package a\n\nx := 1\n", "/d/../p.rego", "package b\n\nx := 1\n"),
			"twice"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if _, err := eval.OpenSource(test.path); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v, want %q", err, test.want)
			}
		})
	}
}

func TestParams(t *testing.T) {
	t.Parallel()
	policy := func(name, param string) string {
		return smallHead(name, "params: ["+param+"]") + `violation contains {"msg": "m"} if input.a in data.params.x` + "\n"
	}
	list := `{name: x, type: list, default: ["d"], meaning: X}`
	tests := []struct {
		name  string
		files []string
		given map[string]any
		want  string
	}{
		{"default", []string{"p.rego", policy("p", list)}, nil, ""},
		{"given", []string{"p.rego", policy("p", list)}, map[string]any{"x": []any{"d", "e"}}, ""},
		{"two policies that agree", []string{"p.rego", policy("p", list), "q.rego", policy("q", list)}, nil, ""},
		{"two that don't", []string{"p.rego", policy("p", list), "q.rego", policy("q", strings.Replace(list, `"d"`,
			`"e"`, 1))}, nil, "declared differently"},
		{"unknown", []string{"p.rego", policy("p", list)}, map[string]any{"y": 1},
			`param "y" is declared by no policy; known: x`},
		{"wrong type", []string{"p.rego", policy("p", list)}, map[string]any{"x": "d"},
			`param "x" wants a list of strings, not "d"`},
		{"list of numbers", []string{"p.rego", policy("p", list)}, map[string]any{"x": []any{1}},
			`wants a list of strings, not [1]`},
		{"wrong default", []string{"p.rego", policy("p", `{name: x, type: number, default: "d", meaning: X}`)}, nil,
			`wants a number, not "d"`},
		{"wrong boolean", []string{"p.rego", policy("p", `{name: x, type: boolean, default: 1, meaning: X}`)}, nil,
			`wants a boolean, not 1`},
		{"wrong string", []string{"p.rego", policy("p", `{name: x, type: string, default: 1, meaning: X}`)}, nil,
			`wants a string, not 1`},
		{"unknown type", []string{"p.rego", policy("p", `{name: x, type: map, default: 1, meaning: X}`)}, nil,
			`has type "map"`},
		{"no meaning", []string{"p.rego", policy("p", `{name: x, type: number, default: 1}`)}, nil,
			"needs name, type, default and meaning"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			options := smallOptions()
			options.Params = test.given
			engine, err := eval.Load(t.Context(), []eval.Source{{FS: files(test.files...)}}, options)
			if test.want != "" {
				if err == nil || !strings.Contains(err.Error(), test.want) {
					t.Errorf("error is %v, want %q", err, test.want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			v := judge(t, engine, smallImage("ami-1", map[string]inventory.Fact{"a": known(`"d"`)}))
			if o := outcomeOf(v.Findings); o.verdict != "fail" {
				t.Errorf("verdict %q with params %v", o.verdict, engine.Params())
			}
		})
	}
}

func TestInputShowsWhatPoliciesSee(t *testing.T) {
	t.Parallel()
	engine := mustLoadSmall(t, "p.rego", smallHead("p")+pass)
	got, err := engine.Input(smallImage("ami-1", map[string]inventory.Fact{
		"a": known(`[1]`), "b": half(`[2]`), "c": missing(inventory.NotFound)}), now)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"a":[1],"account":"111122223333","arn":"arn:aws:ec2:eu-west-1::image/ami-1","id":"ami-1","kind":"ami",` +
		`"now":"2026-11-22T12:00:00Z","partition":"aws","region":"eu-west-1",` +
		`"status":{"a":"known","b":"throttled","c":"not_found","image":"not_collected"},"unit_account":"111122223333"}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("input (-want +got):\n%s", diff)
	}
}

func TestDigestIsOfTheText(t *testing.T) {
	t.Parallel()
	one := mustLoadSmall(t, "p.rego", smallHead("p")+pass).Digest()
	if two := mustLoadSmall(t, "p.rego", smallHead("p")+pass).Digest(); one != two || len(one) != 64 {
		t.Errorf("digests %q and %q of the same text", one, two)
	}
	if two := mustLoadSmall(t, "p.rego", smallHead("p")+pass+"# x\n").Digest(); one == two {
		t.Error("another text has the same digest")
	}
}
