package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/amiscan/amiscan/internal/config"
)

// write puts text into a file of a new directory.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLoad(t *testing.T) {
	t.Parallel()
	const whole = "# ours\nselect: [\"sharing/*\", severity:high]\nparams:\n  max_age_days: 30\n  trusted_accounts: [\"444455556666\"]\n" +
		"fail_on: medium\nowner_tag: Team\n"
	tests := []struct {
		name, text string
		want       config.File
	}{
		{"whole", whole, config.File{
			Select: []string{"sharing/*", "severity:high"}, FailOn: "medium", OwnerTag: "Team",
			Params: map[string]any{"max_age_days": uint64(30), "trusted_accounts": []any{"444455556666"}},
		}},
		{"empty", "", config.File{}},
		{"comment", "# nothing yet\n", config.File{}},
		{"document marker", "---\nfail_on: low\n", config.File{FailOn: "low"}},
		{"JSON", `{"fail_on": "low", "select": ["*"]}`, config.File{FailOn: "low", Select: []string{"*"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := config.Load(write(t, "amiscan.yaml", test.text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got, cmpopts.IgnoreUnexported(config.File{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"unknown key", "select: []\nfail-on: low\n", `:2: unknown key "fail-on"; the nearest is "fail_on"`},
		{"unknown key far from all", "zzzzzzzz: 1\n", `:1: unknown key "zzzzzzzz"`},
		{"wrong type", "fail_on: low\nselect: {a: b}\n", ":2: "},
		{"key twice", "fail_on: low\n\nfail_on: high\n", ":3: "},
		{"syntax", "select: [a\nfail_on: low\n", ":"},
		{"tab", "params:\n\tmax_age_days: 3\n", ":2: "},
		{"second document", "fail_on: low\n---\nfail_on: none\n", ":2: a second document begins; one file holds one"},
		{"list", "- a\n- b\n", ":1: "},
		{"word", "yes please\n", ":1: "},
		{"severity", "severity:\n  a/b: low\n  c/d: hihg\n", `:3: severity of "c/d": `},
		{"pattern", "lineage: {patterns: ['^a', '(']}\n", `:1: pattern "(": `},
		{"unknown key inside", "lineage:\n  patern: []\n", `:2: unknown key "patern"; the nearest is "patterns"`},
		{"source without a file", "sources:\n- match: {name: a}\n", `:2: a source needs a file`},
		{"source without a match", "sources:\n- file: a\n", `:2: the source "a" needs a match`},
		{"exception", "exceptions:\n- id: a\n", `:2: exception "a" needs a reason`},
		{"longest term", "max_exception_days: -1\n", `:1: max_exception_days is below zero`},
		{"too large", "# " + strings.Repeat("x", 1<<20), ": more than the 1048576 bytes that a configuration may have"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			path := write(t, "amiscan.yaml", test.text)
			got, err := config.Load(path)
			if err == nil {
				t.Fatalf("accepted as %+v", got)
			}
			if !strings.HasPrefix(err.Error(), "read configuration: "+path+test.want) {
				t.Errorf("got %q, want …%s…", err, test.want)
			}
		})
	}
}

// TestAt says where keys stand, for what is found wrong with their values later.
func TestAt(t *testing.T) {
	t.Parallel()
	path := write(t, "a.yaml", "# first\nselect: [x]\n\nfail_on: hihg\n")
	file, err := config.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	got := []string{file.At("select"), file.At("fail_on"), file.At("params")}
	if diff := cmp.Diff([]string{path + ":2", path + ":4", ""}, got); diff != "" {
		t.Error(diff)
	}
}

// TestNamedFileMustExist forgives only the absence of the default file.
func TestNamedFileMustExist(t *testing.T) {
	t.Parallel()
	if _, err := config.Load(filepath.Join(t.TempDir(), "absent.yaml")); err == nil {
		t.Error("an absent file was accepted")
	}
	if _, err := config.Load(""); err != nil {
		t.Errorf("no default file: %v", err)
	}
}

func TestLoadParams(t *testing.T) {
	t.Parallel()
	got, err := config.LoadParams(write(t, "p.yaml", "max_age_days: 5\nanything: [a]\n"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]any{"max_age_days": uint64(5), "anything": []any{"a"}}, got); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []string{"- a\n", "a: 1\na: 2\n", "a: [\n", "a: 1\n---\nb: 2\n"} {
		if got, err := config.LoadParams(write(t, "p.yaml", bad)); err == nil {
			t.Errorf("%q was accepted as %v", bad, got)
		}
	}
}

// FuzzLoad lets strangers' bytes in: an error or a configuration, never a panic.
func FuzzLoad(f *testing.F) {
	for _, seed := range []string{"select: [a]\n", "a: &x [*x]\n", "? {a: b}\n: c\n", "<<: *a\n", "---\n...\n---\n", "params: {a: !!binary x}\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(t.TempDir(), "amiscan.yaml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, _ = config.Load(path)       // either is right
		_, _ = config.LoadParams(path) // either is right
	})
}
