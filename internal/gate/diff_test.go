package gate_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/gate"
)

// observed is a report of one unit that holds the findings.
func observed(findings ...finding.Finding) gate.Observed {
	return gate.Observed{Findings: findings, Policies: []string{"sharing/ami-shared"}, Units: []string{ours + "/eu-west-1"}}
}

func TestDiff(t *testing.T) {
	t.Parallel()
	unknown := failing(func(f *finding.Finding) { f.Outcome, f.Subject, f.Fingerprint = finding.Unknown, "", "f9" })
	unlisted := failing(func(f *finding.Finding) {
		f.Outcome, f.Subject, f.Fingerprint = finding.Unknown, "ami", "f9"
		f.Resource = finding.Resource{Kind: "settings", ID: ours + "/eu-west-1", Account: ours, Region: "eu-west-1"}
	})
	elsewhere := unlisted
	elsewhere.Resource.Region = "us-east-1"
	passing := failing(func(f *finding.Finding) { f.Outcome = finding.Pass })
	without := func(change func(*gate.Observed)) gate.Observed {
		o := observed()
		change(&o)
		return o
	}
	tests := []struct {
		name          string
		before, after gate.Observed
		kind          finding.ChangeKind
		why           string
	}{
		{"new", observed(), observed(failing(asIs)), finding.New, ""},
		{"new to the reports alone", without(func(o *gate.Observed) { o.Units = nil }), observed(failing(asIs)), finding.New,
			ours + "/eu-west-1 was not read before"},
		{"as before", observed(failing(asIs)), observed(failing(asIs)), "", ""},
		{"fixed", observed(failing(asIs)), observed(), finding.Fixed, ""},
		{"passing", observed(failing(asIs)), observed(passing), finding.Fixed, ""},
		{"another severity", observed(failing(asIs)), observed(failing(func(f *finding.Finding) { f.Severity = finding.Low })),
			finding.Changed, "was high, is low"},
		{"another message", observed(failing(asIs)), observed(failing(func(f *finding.Finding) { f.Message = "x" })),
			finding.Changed, "says something else"},
		{"accepted", observed(failing(asIs)), observed(failing(func(f *finding.Finding) {
			f.Suppression = &finding.Suppression{Kind: finding.ByException, ID: "e1"}
		})), finding.Changed, `was counted, is accepted by exception "e1"`},
		{"known from a baseline", observed(failing(asIs)), observed(failing(func(f *finding.Finding) {
			f.Suppression = &finding.Suppression{Kind: finding.ByBaseline}
		})), "", ""},
		{"the unit was not read", observed(failing(asIs)), without(func(o *gate.Observed) { o.Units = []string{theirs + "/eu-west-1"} }),
			finding.NoLongerObserved, ours + "/eu-west-1 was not read"},
		{"some saved output was judged", observed(failing(asIs)), without(func(o *gate.Observed) { o.Partial = o.Units }),
			finding.NoLongerObserved, "saved output may leave the resource out; a report with --include-pass says whether it does"},
		{"some saved output, which has it", observed(failing(asIs)), without(func(o *gate.Observed) {
			o.Partial, o.Findings = o.Units, []finding.Finding{passing}
		}), finding.Fixed, ""},
		{"the policy did not judge", observed(failing(asIs)), without(func(o *gate.Observed) { o.Policies = nil }),
			finding.NoLongerObserved, "the policy was not judged"},
		{"other images were asked for", observed(failing(asIs)), without(func(o *gate.Observed) { o.Images = []string{"ami-2"} }),
			finding.NoLongerObserved, "only single images were judged"},
		{"this image was asked for", observed(failing(asIs)), without(func(o *gate.Observed) { o.Images = []string{"ami-1"} }),
			finding.Fixed, ""},
		{"milder ones were left out", observed(failing(asIs)), without(func(o *gate.Observed) { o.MinSeverity = finding.Critical }),
			finding.NoLongerObserved, "milder findings were left out"},
		{"the verdict is unknown", observed(failing(asIs)), observed(unknown), finding.NoLongerObserved, "the verdict is unknown"},
		{"its kind was not listed", observed(failing(asIs)), observed(unlisted), finding.NoLongerObserved, "the verdict is unknown"},
		{"its kind was not listed elsewhere", observed(failing(asIs)), observed(elsewhere), finding.Fixed, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			changes, same := gate.Diff(test.before, test.after)
			var got finding.Change
			if len(changes) > 0 {
				got = finding.Change{Kind: changes[0].Kind, Why: changes[0].Why}
			}
			if diff := cmp.Diff(finding.Change{Kind: test.kind, Why: test.why}, got); diff != "" {
				t.Error(diff)
			}
			if wantSame := map[bool]int{true: 1}[test.kind == ""]; len(changes) > 1 || same != wantSame {
				t.Errorf("%d changes, %d as before", len(changes), same)
			}
		})
	}
}

// A key that another account owns is seen from here, and so is that it fails no more.
func TestDiffOfAResourceOfAnotherAccount(t *testing.T) {
	t.Parallel()
	key := func(f *finding.Finding) {
		f.Resource.Kind, f.Resource.ID, f.Resource.Account = "kms_key", "key", theirs
	}
	passing := failing(key)
	passing.Outcome, passing.Fingerprint = finding.Pass, "f2"
	for want, after := range map[finding.ChangeKind]gate.Observed{
		finding.Fixed: observed(passing), finding.NoLongerObserved: observed(),
	} {
		if changes, _ := gate.Diff(observed(failing(key)), after); len(changes) != 1 || changes[0].Kind != want {
			t.Errorf("got %+v, want %s", changes, want)
		}
	}
}

func TestChangesAreOrdered(t *testing.T) {
	t.Parallel()
	named := func(id string, severity finding.Severity) finding.Finding {
		return failing(func(f *finding.Finding) {
			f.Resource.ID, f.Fingerprint, f.Severity = id, finding.Fingerprint(id), severity
		})
	}
	before := observed(named("d", finding.Low), named("c", finding.Low), named("b", finding.Low))
	after := observed(named("b", finding.High), named("a2", finding.Low), named("a1", finding.Low))
	changes, _ := gate.Diff(before, after)
	var got []string
	for _, change := range changes {
		got = append(got, string(change.Kind)+" "+change.Latest().Resource.ID)
	}
	if diff := cmp.Diff([]string{"new a1", "new a2", "changed b", "fixed c", "fixed d"}, got); diff != "" {
		t.Error(diff)
	}
}
