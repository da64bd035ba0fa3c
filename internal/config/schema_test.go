package config_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/amiscan/amiscan/internal/config"
)

// published compiles a schema of docs/schema.
func published(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	file, err := os.Open(filepath.Join("../../docs/schema", name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	document, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource(name, document); err != nil {
		t.Fatal(err)
	}
	return compiler.MustCompile(name)
}

// accepts says whether the schema takes a YAML text.
func accepts(t *testing.T, schema *jsonschema.Schema, text string) bool {
	t.Helper()
	asJSON, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(document) == nil
}

// TestSchemaAgrees holds the published schemas against what is loaded: neither takes what the other refuses.
func TestSchemaAgrees(t *testing.T) {
	t.Parallel()
	schemas := map[string]*jsonschema.Schema{
		"amiscan.yaml": published(t, "config.schema.json"), "exceptions.yaml": published(t, "exceptions.schema.json"),
	}
	for _, text := range documents() {
		for name, schema := range schemas {
			path := write(t, name, text)
			_, err := config.Load(path)
			if name == "exceptions.yaml" {
				_, err = config.LoadExceptions(path, 0)
			}
			if got := accepts(t, schema, text); got != (err == nil) {
				t.Errorf("%s: the schema says %v, loading %v, of\n%s", name, got, err, text)
			}
		}
	}
}

// documents are one that is taken, and what comes of it when one line is another.
func documents() []string {
	all := []string{"exceptions: []\n", "fail_on: low\nowner_tag: Team\nselect: [a]\nparams: {a: 1}\n", "fail_on: [low]\n", "unknown: 1\n",
		"severity: {a/b: low}\n", "severity: {a/b: worst}\n", "max_exception_days: 3\n", "max_exception_days: -3\n",
		"lineage: {tag: a, patterns: [a]}\n", "lineage: {tags: a}\n", "sources: [{match: {name: a}, file: b, anchor: c}]\n",
		"sources: [{match: {}, file: b}]\n", "sources: [{match: {name: a}}]\n", "sources: [{match: {tags: {a: b}}, file: b}]\n",
	}
	for old, replacements := range map[string][]string{
		"- id: a":     {"- id: ''", "- id: a b", "- name: a"},
		"[sharing/*]": {"[]", "['']", "sharing/*"},
		`{accounts: ["111122223333"]}`: {
			"{}", "{ids: [ami-1]}", "{tags: {a: b}}", "{lineages: [a]}", `{accounts: ["1"]}`, `{grantees: ["all"], regions: [a], names: ["*"]}`,
			`{accounts: ["111122223333"], tags: {a: b}, lineages: [a]}`, `{actions: ["kms:DescribeKey"]}`, `{acounts: [a]}`,
			`{accounts: ["111122223333"], regions: [a], actions: ["kms:DescribeKey"]}`,
			`{accounts: ["111122223333"], actions: ["kms:DescribeKey"], names: [a]}`, `{accounts: ["111122223333"], actions: ["kms"]}`,
		},
		"reason: because":     {"reason: ' '", "ticket: T-1"},
		"owner: me":           {"owner: ' '", "owner: me\n  status: under_review", "owner: me\n  status: done", "owner: me\n  ticket: T-1"},
		"created: 2026-01-01": {"created: yesterday", ""},
		"expires: 2026-12-31": {"expires: never", "expires: ''", "expires: 2026-02-30", "expires: 31.12.2026", ""},
	} {
		for _, replacement := range append(replacements, old) {
			all = append(all, strings.Replace(whole, old, replacement, 1))
		}
	}
	all = append(all, strings.Replace(strings.Replace(whole, "  policies: [sharing/*]\n", "", 1),
		`{accounts: ["111122223333"]}`, `{accounts: ["111122223333"], actions: ["kms:DescribeKey"]}`, 1))
	slices.Sort(all)
	return slices.Compact(all)
}
