package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/rego"
)

// keyRow is one row of the tables on who can use a key, as policies/testing/key_access.rego holds and tests it.
type keyRow struct {
	Table, Row, Source string
	Want               any
}

// bootRow is one row of the table on what boots, as policies/testing/boot.rego holds and tests it.
type bootRow struct {
	Image, Type, Result, Source, Policy string
}

// keyTables are the tables on keys in the order of a launch: which keys it needs, and who can use them.
var keyTables = []struct{ letter, title string }{
	{"A", "Which keys a launch needs"},
	{"B", "What a key must be like before anybody can use it"},
	{"C", "Which actions are needed"},
	{"D", "One statement of a key policy and one principal"},
	{"E", "Conditions, as KMS sees them when EC2 works for a launch"},
	{"F", "Putting statements and grants together"},
	{"G", "Grants"},
	{"H", "Whose permissions a launch path needs"},
}

// launchPage prints the rows that the policies' tests run through.
func launchPage(t *testing.T) string {
	t.Helper()
	var keys []keyRow
	var boots []bootRow
	rowsOf(t, "data.amiscan.testing.key_access.rows", &keys)
	rowsOf(t, "data.amiscan.testing.boot.rows", &boots)
	var page bytes.Buffer
	page.WriteString("# The launch path\n\nTwo questions decide whether an image is safe to hand out and will boot: who can launch it, " +
		"and what happens then.\nEvery row below is a test of the policies, printed from there; the source says whose word it is.\n\n" +
		"## Who can launch an encrypted image\n\nThe account that launches must be able to use the key of each snapshot, and the " +
		"key of each new volume. What cannot be\nseen from the key's account is never assumed: the recipient's own IAM policies, " +
		"service and resource control policies,\nand VPC endpoint policies. So the best verdict on a grantee is \"open from the owner's " +
		"side\".\n")
	for _, table := range keyTables {
		writeKeyTable(&page, table.letter, table.title, keys)
	}
	page.WriteString("\n## Will the next launch boot\n\nEach launch of a template, group, launch configuration or fleet, and each instance " +
		"type that it may use.\n\n| image or launch | instance type or account | result | policy | source |\n|---|---|---|---|---|\n")
	for _, r := range boots {
		fmt.Fprintf(&page, "| %s | %s | %s | %s | %s |\n", cell(r.Image), cell(r.Type), cell(r.Result), cell(r.Policy), cell(r.Source))
	}
	return page.String()
}

func writeKeyTable(page *bytes.Buffer, letter, title string, rows []keyRow) {
	fmt.Fprintf(page, "\n### %s. %s\n\n| case | verdict | source |\n|---|---|---|\n", letter, title)
	for _, r := range rows {
		if r.Table == letter {
			fmt.Fprintf(page, "| %s | %s | %s |\n", cell(r.Row), cell(sayVerdict(r.Want)), cell(r.Source))
		}
	}
}

// sayVerdict prints a wanted value in words: a text as it is, anything else as JSON.
func sayVerdict(want any) string {
	if text, ok := want.(string); ok {
		return text
	}
	text, err := json.Marshal(want)
	if err != nil {
		return fmt.Sprint(want)
	}
	return string(text)
}

// cell keeps a text within its cell.
func cell(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "|", "\\|")
}

// rowsOf reads a rule of the policies' tree with stock OPA.
func rowsOf(t *testing.T, rule string, into any) {
	t.Helper()
	options := []func(*rego.Rego){rego.Query(rule)}
	tree := os.DirFS("../../policies")
	names, err := fs.Glob(tree, "*/*.rego")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(tree, name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(name, "_test.rego") {
			options = append(options, rego.Module(name, string(text)))
		}
	}
	results, err := rego.New(options...).Eval(t.Context())
	if err != nil || len(results) != 1 {
		t.Fatalf("%s: %d results, %v", rule, len(results), err)
	}
	text, err := json.Marshal(results[0].Expressions[0].Value)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		t.Fatalf("%s: %v", rule, err)
	}
}
