package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/eval"
	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/schema"
	"github.com/amiscan/amiscan/policies"
)

// TestDocs holds the generated pages of docs/ and policies/params.json against the policies' METADATA and tests and the
// catalog of facts.
func TestDocs(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"../../docs/policies.md": policiesPage(t), "../../docs/facts.md": factsPage(),
		"../../docs/launch.md": launchPage(t), "../../docs/calls.md": callsPage(t),
		"../../policies/params.json": defaultParams(t),
	} {
		if *updateReadme {
			if err := os.WriteFile(name, []byte(want), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			t.Errorf("%s is stale: go test ./cmd/amiscan -run Docs -update-readme", name)
		}
	}
}

func loadEngine(t *testing.T) *eval.Engine {
	t.Helper()
	schemas, err := policies.Schemas()
	if err != nil {
		t.Fatal(err)
	}
	engine, err := eval.Load(context.Background(), []eval.Source{{FS: policies.FS(), Embedded: true}},
		eval.Options{Catalog: schema.Catalog(), Schemas: schemas})
	if err != nil {
		t.Fatal(err)
	}
	return engine
}

// defaultParams is what stock OPA needs beside the policies: amiscan fills the params in by itself.
func defaultParams(t *testing.T) string {
	t.Helper()
	text, err := json.MarshalIndent(map[string]any{"params": loadEngine(t).Params()}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text) + "\n"
}

func policiesPage(t *testing.T) string {
	t.Helper()
	engine := loadEngine(t)
	var page bytes.Buffer
	page.WriteString("# The policies\n\nGenerated from the policies' METADATA.\n\n| policy | severity | judges | title |\n|---|---|---|---|\n")
	for _, p := range engine.Policies() {
		fmt.Fprintf(&page, "| [%s](#%s) | %s | %s | %s |\n", p.ID, strings.ReplaceAll(p.ID, "/", ""), p.Severity, p.Resource, p.Title)
	}
	for _, p := range engine.Policies() {
		writePolicy(&page, p)
	}
	return page.String()
}

func writePolicy(page *bytes.Buffer, p finding.Policy) {
	fmt.Fprintf(page, "\n## %s\n\n**%s** (%s, judges %s)\n\n%s\n\n", p.ID, p.Title, p.Severity, p.Resource, p.Description)
	fmt.Fprintf(page, "Remediation:\n\n```text\n%s\n```\n\n", p.Remediation)
	fmt.Fprintf(page, "Reads: %s. Controls: %s.\n", strings.Join(p.Reads, ", "), orNone(p.Controls))
	for _, param := range p.Params {
		fmt.Fprintf(page, "\nParameter `%s` (%s, default `%v`): %s\n", param.Name, param.Type, param.Default, param.Meaning)
	}
	for _, reference := range p.References {
		fmt.Fprintf(page, "\n<%s>\n", reference)
	}
}

func factsPage() string {
	var page bytes.Buffer
	page.WriteString("# The facts\n\nWhat policies read, as `input.<fact>`. A collected fact costs the calls of its IAM action; a linked one is\n" +
		"joined from others and costs theirs. A fact has a status: known and not_found are answers; denied, not_visible,\nunsupported, " +
		"throttled, error and not_collected are none.\n\n| kind | fact | scope | IAM action or sources | meaning |\n|---|---|---|---|---|\n")
	for _, fact := range schema.Catalog() {
		source := fact.Action
		if fact.Linked {
			source = sources(fact.From)
		}
		fmt.Fprintf(&page, "| %s | %s | %s | %s | %s |\n", fact.Kind, fact.Name, fact.Scope, source, fact.Meaning)
	}
	return page.String()
}

func sources(from []inventory.FactRef) string {
	names := make([]string, len(from))
	for i, ref := range from {
		names[i] = ref.String()
	}
	return "joined from " + strings.Join(names, ", ")
}
