package eval_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/amiscan/amiscan/internal/eval"
	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
)

// now is the day of judgement of every test.
var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

var unit = inventory.Unit{Partition: "aws", Account: "111122223333", Region: "eu-west-1"}

// smallHead is the METADATA that a small policy starts with; extra are further lines of custom.
func smallHead(name string, extra ...string) string {
	head := "# METADATA\n# title: Small\n# description: A small policy.\n# scope: package\n# schemas:\n#   - input: schema.ami\n" +
		"# custom:\n#   severity: high\n#   resource: ami\n#   remediation: Mend it.\n"
	for _, line := range extra {
		head += "#   " + line + "\n"
	}
	return head + "package amiscan.small." + name + "\n\n"
}

// smallCatalog knows images with the facts image, a, b and c; c is joined from a and b.
func smallCatalog() inventory.Catalog {
	of := func(name string) inventory.FactRef { return inventory.FactRef{Kind: inventory.AMI, Name: name} }
	return inventory.Catalog{
		{FactRef: of("image"), ListedBy: of("image"), Action: "ec2:Image"},
		{FactRef: of("a"), Action: "ec2:A"},
		{FactRef: of("b"), Action: "ec2:B"},
		{FactRef: of("c"), Linked: true, From: []inventory.FactRef{of("a"), of("b")}},
	}
}

// smallSchemas leaves the facts open, save for image, whose one known field is Name.
func smallSchemas() eval.Schemas {
	return eval.Schemas{"ami": json.RawMessage(`{"type":"object","additionalProperties":false,"properties":{
		"kind":{"type":"string"},"id":{"type":"string"},"arn":{"type":"string"},"partition":{"type":"string"},
		"account":{"type":"string"},"region":{"type":"string"},"now":{"type":"string"},
		"status":{"type":"object","additionalProperties":{"type":"string"}},
		"image":{"type":"object","additionalProperties":false,"properties":{"Name":{"type":"string"}}},
		"a":{},"b":{},"c":{}}}`)}
}

func smallOptions() eval.Options {
	return eval.Options{Catalog: smallCatalog(), Schemas: smallSchemas()}
}

// files makes a tree of policies: file name, text, file name, text, ...
func files(pairs ...string) fstest.MapFS {
	tree := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		tree[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return tree
}

func loadSmall(pairs ...string) (*eval.Engine, error) {
	return eval.Load(context.Background(), []eval.Source{{FS: files(pairs...)}}, smallOptions())
}

func mustLoadSmall(t *testing.T, pairs ...string) *eval.Engine {
	t.Helper()
	engine, err := loadSmall(pairs...)
	if err != nil {
		t.Fatal(err)
	}
	return engine
}

// known is a known fact, missing one with another status.
func known(value string) inventory.Fact {
	return inventory.Fact{Status: inventory.Known, Value: json.RawMessage(value)}
}

func missing(status inventory.Status) inventory.Fact { return inventory.Fact{Status: status} }

// smallImage is an image with the given facts.
func smallImage(id string, facts map[string]inventory.Fact) link.Document {
	resource := inventory.NewResource(inventory.AMI, unit, id)
	for name, fact := range facts {
		resource.Facts[name] = fact
	}
	return link.Document{Resource: resource}
}

// wholeUnit is a unit of which everything was listed.
func wholeUnit(engine *eval.Engine, documents ...link.Document) link.Unit {
	u := link.Unit{Unit: unit, Documents: documents}
	for _, kind := range []string{inventory.AMI, inventory.Snapshot, inventory.KMSKey, inventory.LaunchTemplate} {
		for _, fact := range []string{"image", "snapshot", "template_versions"} {
			u.Coverage = append(u.Coverage, inventory.Coverage{Unit: unit, Kind: kind, Fact: fact, Status: inventory.Known})
		}
	}
	return u
}

func ids(engine *eval.Engine) []string {
	var all []string
	for _, p := range engine.Policies() {
		all = append(all, p.ID)
	}
	return all
}

func judge(t *testing.T, engine *eval.Engine, documents ...link.Document) eval.Verdicts {
	t.Helper()
	v, err := engine.JudgeUnit(context.Background(), wholeUnit(engine, documents...), ids(engine), now)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// outcome is the verdict of one policy for one resource in short: its worst finding, and the subjects of its fails.
type outcome struct {
	verdict string
	fails   map[string]bool
}

// certain are the verdicts that missing facts must not change.
func (o outcome) certain() bool { return !strings.HasPrefix(o.verdict, "unknown") }

func outcomeOf(findings []finding.Finding) outcome {
	o := outcome{verdict: "n/a", fails: map[string]bool{}}
	for _, f := range findings {
		switch {
		case f.Outcome == finding.Fail:
			o.verdict = "fail"
			o.fails[f.Subject] = true
		case f.Outcome == finding.Unknown && o.verdict != "fail":
			o.verdict = joinVerdicts(o.verdict, f.Reason)
		case f.Outcome == finding.Pass && o.verdict == "n/a":
			o.verdict = "pass"
		}
	}
	return o
}

func joinVerdicts(before string, reason finding.Reason) string {
	if word := fmt.Sprint("unknown ", reason); before != "unknown "+string(finding.EvaluationError) {
		return word
	}
	return before
}

func messages(findings []finding.Finding) string {
	var all []string
	for _, f := range findings {
		all = append(all, fmt.Sprintf("%s/%s[%s] %s", f.Outcome, f.Reason, f.Subject, f.Message))
	}
	return strings.Join(all, " | ")
}
