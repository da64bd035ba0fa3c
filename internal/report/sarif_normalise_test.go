package report

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/amiscan/amiscan/internal/finding"
)

func TestPrunedDropsNulls(t *testing.T) {
	t.Parallel()
	result := sarif.NewRuleResult("a/b").WithOccurrenceCount(12345678901234567)
	// go-sarif writes status, location, guid and justification of a suppression as null.
	result.AddSuppression(sarif.NewSuppression("external"))
	tree, err := pruned(result)
	if err != nil {
		t.Fatal(err)
	}
	text, err := encode(tree)
	if err != nil {
		t.Fatal(err)
	}
	if want := `"suppressions":[{"kind":"external"}]`; !strings.Contains(string(text), want) {
		t.Errorf("no %s in %s", want, text)
	}
	if !strings.Contains(string(text), "12345678901234567") {
		t.Errorf("a number lost digits in %s", text)
	}
}

func TestCheckLimitsRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		spoil func(*sarif.Run)
	}{
		{"rule index out of range", func(r *sarif.Run) { r.Results[0].WithRuleIndex(-1) }},
		{"rule index of another rule", func(r *sarif.Run) { r.Results[0].WithRuleIndex(0) }},
		{"no location", func(r *sarif.Run) { r.Results[0].Locations = nil }},
		{"two locations", func(r *sarif.Run) { r.Results[0].AddLocation(r.Results[0].Locations[0]) }},
		{"ARN as address", func(r *sarif.Run) {
			r.Results[0].Locations[0].PhysicalLocation.ArtifactLocation.WithUri("arn:aws:ec2:eu-west-1::image/ami-1")
		}},
		{"address of a host", func(r *sarif.Run) {
			r.Results[0].Locations[0].PhysicalLocation.ArtifactLocation.WithUri("//host/path")
		}},
		{"too many results", func(r *sarif.Run) { r.Results = make([]*sarif.Result, maxResults+1) }},
		{"too many rules", func(r *sarif.Run) {
			r.Tool.Driver.Rules = make([]*sarif.ReportingDescriptor, maxRules+1)
		}},
	}
	for _, test := range tests {
		run := sampleRun()
		if err := checkLimits(run, run.Results); err != nil {
			t.Fatalf("a good run: %v", err)
		}
		test.spoil(run)
		if checkLimits(run, run.Results) == nil {
			t.Errorf("%s went unnoticed", test.name)
		}
	}
}

func sampleRun() *sarif.Run {
	s := &sarifGitHub{sarifRun: sarifRun{rules: newRules(samplePolicies()), header: sampleHeader()}}
	run := sarif.NewRun(*sarif.NewTool(s.driver()))
	f := failing("sharing/ami-public", finding.Critical, image("ami-1", "", ""), "", "It is public.")
	run.Results = []*sarif.Result{s.result(newAlert(alertKey(f), f))}
	return run
}

func TestTagsAreFew(t *testing.T) {
	t.Parallel()
	p := policy("a/b", finding.High)
	for i := range 2 * maxTags {
		p.Controls = append(p.Controls, fmt.Sprint("CIS/", i), "FSBP/EC2.1")
	}
	tags, ok := ruleProperties(p)["tags"].([]string)
	distinct := slices.Compact(slices.Sorted(slices.Values(tags)))
	if !ok || len(tags) != maxTags || len(distinct) != maxTags || tags[0] != "security" {
		t.Errorf("got %v", tags)
	}
}

func TestRulesAreSortedAndUnique(t *testing.T) {
	t.Parallel()
	policies := append(samplePolicies(), samplePolicies()...)
	r := newRules(policies)
	last := ""
	for i, rule := range r.descriptors {
		if rule.ID <= last || r.index[rule.ID] != i {
			t.Errorf("rule %q at %d is out of place", rule.ID, i)
		}
		last = rule.ID
	}
	if len(r.descriptors) != len(samplePolicies()) {
		t.Errorf("%d rules", len(r.descriptors))
	}
}
