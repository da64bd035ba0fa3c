package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

// sameFacts serves the files from the stub and collects from it: the facts must be those that moto itself gave.
func (a *against) sameFacts(t *testing.T, files []string) {
	moto := a.collect(t, a.endpoint)
	front := a.endpoint
	front.url = a.serve(t, files)
	stub := a.collect(t, front)
	if diff := cmp.Diff(moto, stub); diff != "" {
		t.Errorf("facts (-moto +stub):\n%s", diff)
	}
	if len(moto) < 40 {
		t.Errorf("only %d facts were compared", len(moto))
	}
}

// serve puts the files, and the organization that they have no form for, into a stub.
func (a *against) serve(t *testing.T, files []string) string {
	t.Helper()
	var inputs []inventory.Input
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		inputs = append(inputs, inventory.Input{Name: name, Data: bytes.NewReader(text)})
	}
	parts, err := inventory.Import(inputs, inventory.ImportOptions{
		Account: motoAccount, Region: a.region, Partition: "aws",
	})
	if err != nil {
		t.Fatal(err)
	}
	for i := range parts {
		parts[i].Resources = append(parts[i].Resources, a.settings(t, parts[i].Unit))
	}
	_, there := startStub(t, parts)
	return there.url
}

// settings is the organization as moto gave it to the collector.
func (a *against) settings(t *testing.T, u inventory.Unit) inventory.Resource {
	t.Helper()
	r := inventory.NewResource(inventory.Settings, u, u.Account+"/"+u.Region)
	value, ok := a.collect(t, a.endpoint)[factName(r, "organization")]
	if !ok {
		t.Fatal("moto gave no organization")
	}
	text, err := json.Marshal(value.(map[string]any)["value"])
	if err != nil {
		t.Fatal(err)
	}
	r.Facts["organization"] = inventory.Fact{Status: inventory.Known, Value: text}
	return r
}

func factName(r inventory.Resource, fact string) string { return r.Kind + " " + r.ID + " " + fact }

// collect returns every fact that amiscan collects from an endpoint, by kind, id and name.
func (a *against) collect(t *testing.T, from endpoint) map[string]any {
	t.Helper()
	path := filepath.Join(t.TempDir(), "inventory.jsonl")
	code, _, problems := from.program(t, a.binary, "collect", "--region", from.region, "--select", a.policies,
		"--inventory", path)
	if code != 0 {
		t.Fatalf("exit code %d\n%s", code, problems)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, parts, err := inventory.ReadInventory(bytes.NewReader(text), path)
	if err != nil {
		t.Fatal(err)
	}
	facts := map[string]any{}
	for _, part := range parts {
		for _, r := range part.Resources {
			for name, fact := range r.Facts {
				facts[factName(r, name)] = withoutWay(t, fact)
			}
		}
	}
	return facts
}

// withoutWay is a fact without what legitimately differs: how it was found out. moto ignores the filter for public
// snapshots, so that each is asked for by itself there, while the stub's listing settles the private ones (derived).
func withoutWay(t *testing.T, fact inventory.Fact) any {
	t.Helper()
	fact.Derived = false
	text, err := json.Marshal(fact)
	if err != nil {
		t.Fatal(err)
	}
	var value map[string]any
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatal(err)
	}
	return value
}
