package inventory

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares with a golden file, and is the one place that rewrites it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", path, diff)
	}
}

// samples returns the contents of the sample files by name.
func samples(t *testing.T) map[string]string {
	t.Helper()
	paths, err := filepath.Glob("testdata/import/*.json")
	if err != nil || len(paths) == 0 {
		t.Fatalf("sample files: %v, %v", paths, err)
	}
	files := map[string]string{}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(path)] = string(data)
	}
	return files
}

// inputs turns pairs of name and content into inputs.
func inputs(pairs ...string) []Input {
	var list []Input
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, Input{Name: pairs[i], Data: strings.NewReader(pairs[i+1])})
	}
	return list
}

// written returns parts in the single-file form.
func written(t *testing.T, parts []Part) []byte {
	t.Helper()
	var buffer bytes.Buffer
	if err := WriteInventory(&buffer, Manifest{Tool: "aws-cli"}, sequence(parts)); err != nil {
		t.Fatal(err)
	}
	return buffer.Bytes()
}

func sequence(parts []Part) func(func(Part, error) bool) {
	return func(yield func(Part, error) bool) {
		for _, part := range parts {
			if !yield(part, nil) {
				return
			}
		}
	}
}

func TestImportGolden(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		options ImportOptions
	}{
		{name: "import_any_owner"},
		{name: "import_one_account", options: ImportOptions{Account: "111122223333"}},
		{
			name:    "import_all_options",
			options: ImportOptions{Account: "111122223333", Region: "eu-west-1", Partition: "aws"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var pairs []string
			for name, content := range samples(t) {
				pairs = append(pairs, name, content)
			}
			parts, err := Import(inputs(pairs...), test.options)
			if err != nil {
				t.Fatal(err)
			}
			got := written(t, parts)
			golden(t, test.name+".golden.jsonl", got)
			for _, secret := range []string{"c2VjcmV0", "secret-", "serData"} {
				if bytes.Contains(got, []byte(secret)) {
					t.Errorf("%q entered the inventory", secret)
				}
			}
		})
	}
}

func TestImportOrderOfFilesMakesNoDifference(t *testing.T) {
	t.Parallel()
	files := samples(t)
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	var want []byte
	for range names {
		names = append(names[1:], names[0])
		for _, order := range [][]string{names, reversed(names)} {
			// Names that say nothing of the content: sorting by name must not be what makes the order equal.
			var pairs []string
			for i, name := range order {
				pairs = append(pairs, string(rune('a'+i)), files[name])
			}
			parts, err := Import(inputs(pairs...), ImportOptions{})
			if err != nil {
				t.Fatal(err)
			}
			got := written(t, parts)
			if want == nil {
				want = got
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Fatalf("order %v differs (-first +this):\n%s", order, diff)
			}
		}
	}
}

func TestImportTakesOneFileForMany(t *testing.T) {
	t.Parallel()
	var all strings.Builder
	var pairs []string
	for name, content := range samples(t) {
		all.WriteString(content)
		pairs = append(pairs, name, content)
	}
	many, err := Import(inputs(pairs...), ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	one, err := Import(inputs("all.json", all.String()), ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(many, one); diff != "" {
		t.Errorf("one file differs from many (-many +one):\n%s", diff)
	}
}

func reversed(words []string) []string {
	backwards := slices.Clone(words)
	slices.Reverse(backwards)
	return backwards
}
