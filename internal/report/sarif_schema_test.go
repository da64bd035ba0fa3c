package report

import (
	"bytes"
	"os"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/amiscan/amiscan/internal/outside"
)

// openSARIFSchema returns nil where the schema is not at hand, after saying so; in CI that is a failure.
func openSARIFSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	path := outside.OrLeftOut(t, outside.SARIFSchema)
	if path == "" {
		return nil
	}
	return compileSchema(t, path)
}

// compileSchema compiles a schema file with formats checked; Microsoft's copies begin with a byte order mark.
func compileSchema(t *testing.T, path string) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))))
	if err != nil {
		t.Fatalf("parse %s: %v", path, err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatalf("compile %s: %v", path, err)
	}
	return schema
}

func TestSARIFIsValid(t *testing.T) {
	t.Parallel()
	schema := openSARIFSchema(t)
	if schema == nil {
		return
	}
	for name, s := range sarifSamples() {
		for _, profile := range SARIFProfiles() {
			text := s.render(t, "sarif", Options{Category: name, Profile: profile})
			if err := schema.Validate(parse(t, text)); err != nil {
				t.Errorf("%s, %s: %v", name, profile, err)
			}
		}
	}
}

// TestSARIFSchemaNotices makes sure that the schema at hand refuses anything at all.
func TestSARIFSchemaNotices(t *testing.T) {
	t.Parallel()
	schema := openSARIFSchema(t)
	if schema == nil {
		return
	}
	text := mixed().render(t, "sarif", Options{})
	for old, broken := range map[string]string{
		`"level": "error"`:       `"level": "fatal"`,
		`"version": "2.1.0"`:     `"version": "2.0.0"`,
		`"occurrenceCount": 2`:   `"occurrenceCount": null`,
		`"startLine": 1`:         `"startLine": 0`,
		`"uri": "aws/aws/`:       `"uri": "a\\b/aws/`,
		`"kind": "fail"`:         `"kind": "fail", "sort": "x"`,
		`"2026-11-22T12:00:00Z"`: `"yesterday"`,
	} {
		mutated := bytes.Replace(text, []byte(old), []byte(broken), 1)
		if bytes.Equal(mutated, text) {
			t.Errorf("%s: nothing to break", old)
			continue
		}
		if schema.Validate(parse(t, mutated)) == nil {
			t.Errorf("%s went unnoticed", broken)
		}
	}
}
