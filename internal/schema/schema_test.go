package schema_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/schema"
)

// directory is where the generated schemas stand, embedded with the policies; `make generate` writes them.
var directory = filepath.Join("..", "..", "policies", "schema")

func documents(t *testing.T) map[string][]byte {
	t.Helper()
	all, err := schema.Documents()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestCommittedSchemasAreTheGeneratedOnes(t *testing.T) {
	t.Parallel()
	generated := documents(t)
	for kind, want := range generated {
		got, err := os.ReadFile(filepath.Join(directory, kind+".json"))
		if err != nil {
			t.Errorf("%v (make generate writes it)", err)
			continue
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s.json is not what is generated (-generated +committed):\n%s", kind, diff)
		}
	}
	committed, err := filepath.Glob(filepath.Join(directory, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	if len(committed) != len(generated) {
		t.Errorf("%d schemas are committed, %d generated: %v", len(committed), len(generated), committed)
	}
}

func TestDocumentsAreTheSameEachTime(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff(documents(t), documents(t)); diff != "" {
		t.Errorf("two runs differ:\n%s", diff)
	}
}

// compiled is the schema of a kind as a validator reads it.
func compiled(t *testing.T, kind string) *jsonschema.Schema {
	t.Helper()
	text, err := jsonschema.UnmarshalJSON(bytes.NewReader(documents(t)[kind]))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(kind+".json", text); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(kind + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func TestSchemasAreClosed(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, kind, input string
		fits              bool
	}{
		{
			"identity", inventory.AMI,
			`{"kind":"ami","id":"ami-1","arn":"a","partition":"aws","account":"1","region":"r","now":"t"}`, true,
		},
		{"fact", inventory.AMI, `{"image":{"ImageId":"ami-1","Public":false},"status":{"image":"known"}}`, true},
		{"linked fact", inventory.AMI, `{"snapshots":[{"SnapshotId":"snap-1"}]}`, true},
		{"unknown fact", inventory.AMI, `{"imge":{}}`, false},
		{"misspelt field", inventory.AMI, `{"image":{"Pubic":false}}`, false},
		{"misspelt field of a list's member", inventory.AMI, `{"launch_permissions":[{"UserID":"1"}]}`, false},
		{"status of an unknown fact", inventory.AMI, `{"status":{"imge":"known"}}`, false},
		{"fact of another kind", inventory.Snapshot, `{"image":{}}`, false},
		{"user data", inventory.LaunchTemplate, `{"template_versions":[{"LaunchTemplateData":{"UserData":"x"}}]}`, false},
		{"wrong type", inventory.Snapshot, `{"snapshot_public":"true"}`, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			value, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(test.input)))
			if err != nil {
				t.Fatal(err)
			}
			if err := compiled(t, test.kind).Validate(value); (err == nil) != test.fits {
				t.Errorf("validation says %v", err)
			}
		})
	}
}

// Every fact of the catalog stands in the schema of its kind, and no others do.
func TestSchemasHoldTheCatalog(t *testing.T) {
	t.Parallel()
	identity := []string{"kind", "id", "arn", "partition", "account", "unit_account", "region", "now", "status"}
	for kind, text := range documents(t) {
		var document struct {
			Properties map[string]json.RawMessage `json:"properties"`
		}
		if err := json.Unmarshal(text, &document); err != nil {
			t.Fatal(err)
		}
		var names []string
		for name := range document.Properties {
			if !slices.Contains(identity, name) {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		if diff := cmp.Diff(schema.Catalog().Names(kind), names); diff != "" {
			t.Errorf("facts of %s (-catalog +schema):\n%s", kind, diff)
		}
	}
}
