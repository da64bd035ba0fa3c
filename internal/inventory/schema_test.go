package inventory

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// publishedSchema is the schema of one line that docs/ holds.
func publishedSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	path := filepath.Join("..", "..", "docs", "schema", "inventory.schema.json")
	schema, err := jsonschema.NewCompiler().Compile(path)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func TestGoldenFilesMatchThePublishedSchema(t *testing.T) {
	t.Parallel()
	schema := publishedSchema(t)
	paths, err := filepath.Glob("testdata/*.golden.jsonl")
	if err != nil || len(paths) == 0 {
		t.Fatalf("golden files: %v, %v", paths, err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range bytes.Split(bytes.TrimSpace(data), []byte("\n")) {
			value, err := jsonschema.UnmarshalJSON(bytes.NewReader(line))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(value); err != nil {
				t.Errorf("%s:%d: %v", path, i+1, err)
			}
		}
	}
}

func TestPublishedSchemaRefusesWhatTheReaderRefuses(t *testing.T) {
	t.Parallel()
	schema := publishedSchema(t)
	fact := func(fact string) string { return strings.Replace(resource, `{}`, `{"image":`+fact+`}`, 1) }
	tests := []struct {
		name, line string
		fits       bool
	}{
		{"header", header, true},
		{"resource", resource, true},
		{"known", fact(`{"status":"known","value":false}`), true},
		{"denied", fact(`{"status":"denied","action":"a","code":"c"}`), true},
		{"known without value", fact(`{"status":"known"}`), false},
		{"known null", fact(`{"status":"known","value":null}`), false},
		{"no status", fact(`{"value":1}`), false},
		{"unknown status", fact(`{"status":"fine"}`), false},
		{"other version", strings.Replace(header, `"1"`, `"9"`, 1), false},
		{"no id", strings.Replace(resource, `"ami-1"`, `""`, 1), false},
		{"unknown key", `{"resources":1}`, false},
		{"two keys", `{"end":{"resources":0,"coverage":0},"manifest_end":{"parts":0}}`, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			value, err := jsonschema.UnmarshalJSON(strings.NewReader(test.line))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(value); (err == nil) != test.fits {
				t.Errorf("validation says %v", err)
			}
			part := header + test.line + end1
			if test.name == "header" {
				part = test.line + end0
			}
			if _, err := ReadPart(strings.NewReader(part), "p"); (err == nil) != test.fits {
				t.Errorf("reading says %v", err)
			}
		})
	}
}
