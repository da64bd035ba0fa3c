package gate_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/gate"
)

const ours, theirs = "111122223333", "444455556666"

func day(text string) time.Time {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return t
}

func policies() []finding.Policy {
	return []finding.Policy{
		{ID: "sharing/ami-public"}, {ID: "sharing/ami-shared", Aliases: []string{"ami-shared"}}, {ID: "encryption/off"},
	}
}

// failing is a finding that a test changes in one place.
func failing(change func(*finding.Finding)) finding.Finding {
	f := finding.Finding{
		Policy: "sharing/ami-shared", Outcome: finding.Fail, Severity: finding.High, Subject: theirs, Fingerprint: "f1",
		Resource: finding.Resource{
			Kind: "ami", ID: "ami-1", Account: ours, Region: "eu-west-1", Lineage: "web",
			Labels: finding.Labels{Names: []string{"web-20261101"}, Tags: map[string]string{"Stage": "old", "Team": "web"}},
		},
	}
	change(&f)
	return f
}

func asIs(*finding.Finding) {}

// exception is one that accepts failing(asIs) until the end of January.
func exception(change func(*gate.Exception)) gate.Exception {
	e := gate.Exception{
		ID: "e1", Policies: []string{"sharing/*"}, Match: gate.Match{Accounts: []string{ours}}, Reason: "because", Owner: "me",
		Ticket: "T-1", Expires: day("2027-01-31"), Place: "amiscan.yaml:7",
	}
	change(&e)
	return e
}

func TestExceptionsMatch(t *testing.T) {
	t.Parallel()
	match := func(m gate.Match) func(*gate.Exception) { return func(e *gate.Exception) { e.Match = m } }
	reach := func(terms ...string) func(*gate.Exception) { return func(e *gate.Exception) { e.Policies = terms } }
	tests := []struct {
		name      string
		exception func(*gate.Exception)
		finding   func(*finding.Finding)
		want      bool
	}{
		{"the account", func(*gate.Exception) {}, asIs, true},
		{"another account", match(gate.Match{Accounts: []string{theirs}}), asIs, false},
		{"the policy by ID", reach("sharing/ami-shared"), asIs, true},
		{"the policy by alias", reach("ami-shared"), asIs, true},
		{"every policy", reach("*"), asIs, true},
		{"another family", reach("encryption/*"), asIs, false},
		{"a part of the ID", reach("sharing/ami"), asIs, false},
		{"the region", match(gate.Match{Regions: []string{"us-east-1", "eu-west-1"}}), asIs, true},
		{"another region", match(gate.Match{Regions: []string{"eu-west"}}), asIs, false},
		{"the id", match(gate.Match{IDs: []string{"ami-1"}}), asIs, true},
		{"an id that begins alike", match(gate.Match{IDs: []string{"ami-1"}}), func(f *finding.Finding) { f.Resource.ID = "ami-12" }, false},
		{"ids are no globs", match(gate.Match{IDs: []string{"ami-*"}}), asIs, false},
		{"the name", match(gate.Match{Names: []string{"db-*", "web-*"}}), asIs, true},
		{"a part of the name", match(gate.Match{Names: []string{"web"}}), asIs, false},
		{"no name", match(gate.Match{Names: []string{"*"}}), func(f *finding.Finding) { f.Resource.Labels.Names = nil }, false},
		{"the lineage", match(gate.Match{Lineages: []string{"web"}}), asIs, true},
		{"another lineage", match(gate.Match{Lineages: []string{"web-2"}}), asIs, false},
		{"all tags", match(gate.Match{Tags: map[string]string{"Stage": "old", "Team": "web"}}), asIs, true},
		{"a tag of another value", match(gate.Match{Tags: map[string]string{"Stage": "old", "Team": "db"}}), asIs, false},
		{"a tag that is not there", match(gate.Match{Tags: map[string]string{"Other": ""}}), asIs, false},
		{"the grantee", match(gate.Match{Grantees: []string{theirs}}), asIs, true},
		{"another grantee", match(gate.Match{Grantees: []string{"all"}}), asIs, false},
		{"all must hold", match(gate.Match{Accounts: []string{ours}, Regions: []string{"us-east-1"}}), asIs, false},
		{"a pass", func(*gate.Exception) {}, func(f *finding.Finding) { f.Outcome = finding.Pass }, false},
		{"an unknown, which only actions accept", func(*gate.Exception) {}, func(f *finding.Finding) {
			f.Outcome, f.Reason = finding.Unknown, finding.NotCollected
		}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := failing(test.finding)
			gate.NewExceptions([]gate.Exception{exception(test.exception)}, policies(), day("2026-11-23")).Apply(&f)
			if (f.Suppression != nil) != test.want {
				t.Errorf("suppression is %+v", f.Suppression)
			}
		})
	}
}

func TestExceptionsForGaps(t *testing.T) {
	t.Parallel()
	const kms, ssm = "kms:GetKeyPolicy", "ssm:GetParameters"
	gap := func(action, account string) finding.Gap {
		return finding.Gap{Action: action, Account: account, Region: "eu-west-1", Status: "denied"}
	}
	hidden := finding.Gap{Status: "not_visible", Account: theirs}
	tests := []struct {
		name   string
		match  gate.Match
		reason finding.Reason
		gaps   []finding.Gap
		want   bool
	}{
		{"the action in the account", gate.Match{}, finding.NotCollected, []finding.Gap{gap(kms, ours)}, true},
		{"beside what nobody can see", gate.Match{}, finding.NotCollected, []finding.Gap{gap(kms, ours), hidden}, true},
		{"another action", gate.Match{}, finding.NotCollected, []finding.Gap{gap(ssm, ours)}, false},
		{"another action beside it", gate.Match{}, finding.NotCollected, []finding.Gap{gap(kms, ours), gap(ssm, ours)}, false},
		{"another account", gate.Match{}, finding.NotCollected, []finding.Gap{gap(kms, theirs)}, false},
		{"another region", gate.Match{Regions: []string{"us-east-1"}}, finding.NotCollected, []finding.Gap{gap(kms, ours)}, false},
		{"no gap", gate.Match{}, finding.NotCollected, nil, false},
		{"an error in a policy", gate.Match{}, finding.EvaluationError, []finding.Gap{gap(kms, ours)}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.match.Actions, test.match.Accounts = []string{kms}, []string{ours}
			f := failing(func(f *finding.Finding) { f.Outcome, f.Reason, f.Gaps = finding.Unknown, test.reason, test.gaps })
			e := exception(func(e *gate.Exception) { e.Match = test.match })
			gate.NewExceptions([]gate.Exception{e}, policies(), day("2026-11-23")).Apply(&f)
			if (f.Suppression != nil) != test.want {
				t.Errorf("suppression is %+v", f.Suppression)
			}
			failed := failing(asIs)
			gate.NewExceptions([]gate.Exception{e}, policies(), day("2026-11-23")).Apply(&failed)
			if failed.Suppression != nil {
				t.Error("it accepts a failing finding")
			}
		})
	}
}

func TestExceptionsEnd(t *testing.T) {
	t.Parallel()
	lapsed := []string{`exception "e1" lapsed on 2027-01-31`}
	mark := &finding.Suppression{
		Kind: "exception", ID: "e1", Reason: "because", Owner: "me", Ticket: "T-1", Expires: "2027-01-31", Place: "amiscan.yaml:7",
	}
	forEver := *mark
	forEver.Expires = "never"
	tests := []struct {
		name  string
		now   time.Time
		e     func(*gate.Exception)
		mark  *finding.Suppression
		notes []string
	}{
		{"before its last day", day("2026-11-23"), func(*gate.Exception) {}, mark, nil},
		{"in the last second of it", day("2027-02-01").Add(-time.Second), func(*gate.Exception) {}, mark, nil},
		{"after it", day("2027-02-01"), func(*gate.Exception) {}, nil, lapsed},
		{"never", day("2126-11-23"), func(e *gate.Exception) { e.Expires = time.Time{} }, &forEver, nil},
		{"before it was decided", day("2026-11-23"), func(e *gate.Exception) { e.Created = day("2026-11-24") }, nil,
			[]string{`exception "e1" holds from 2026-11-24 on`}},
		{"on the day of the decision", day("2026-11-23"), func(e *gate.Exception) { e.Created = day("2026-11-23") }, mark, nil},
		{"under review", day("2026-11-23"), func(e *gate.Exception) { e.UnderReview = true }, nil,
			[]string{`exception "e1" is under review and accepts nothing yet`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := failing(asIs)
			gate.NewExceptions([]gate.Exception{exception(test.e)}, policies(), test.now).Apply(&f)
			if diff := cmp.Diff(test.mark, f.Suppression); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(test.notes, f.Notes); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Of two exceptions that hold the first is named, and one that lapsed is no news beside one that holds.
func TestExceptionsTogether(t *testing.T) {
	t.Parallel()
	f := failing(asIs)
	gate.NewExceptions([]gate.Exception{
		exception(func(e *gate.Exception) { e.ID, e.Expires = "lapsed", day("2026-01-31") }),
		exception(func(e *gate.Exception) { e.ID = "first" }),
		exception(func(e *gate.Exception) { e.ID = "second" }),
	}, policies(), day("2026-11-23")).Apply(&f)
	if f.Suppression == nil || f.Suppression.ID != "first" || len(f.Notes) > 0 {
		t.Errorf("suppression is %+v, notes are %q", f.Suppression, f.Notes)
	}
}

func TestExceptionWarnings(t *testing.T) {
	t.Parallel()
	whole := gate.Seen{Known: policies(), Selected: policies(), Accounts: []string{ours}, Regions: []string{"eu-west-1"}, Whole: true,
		Actions: []string{"kms:GetKeyPolicy"}}
	unused := []string{`amiscan.yaml:7: nothing needed exception "e1"`}
	tests := []struct {
		name string
		now  string
		e    func(*gate.Exception)
		seen func(*gate.Seen)
		used bool
		want []string
	}{
		{"needed", "2026-11-23", func(*gate.Exception) {}, func(*gate.Seen) {}, true, nil},
		{"not needed", "2026-11-23", func(*gate.Exception) {}, func(*gate.Seen) {}, false, unused},
		{"lapsed and needed", "2027-02-01", func(*gate.Exception) {}, func(*gate.Seen) {}, true, nil},
		{"half a run", "2026-11-23", func(*gate.Exception) {}, func(s *gate.Seen) { s.Whole = false }, false, nil},
		{"another account was read", "2026-11-23", func(*gate.Exception) {}, func(s *gate.Seen) { s.Accounts = []string{theirs} }, false, nil},
		{"another region was read", "2026-11-23", func(e *gate.Exception) { e.Match.Regions = []string{"us-east-1"} },
			func(*gate.Seen) {}, false, nil},
		{"its policies did not judge", "2026-11-23", func(*gate.Exception) {}, func(s *gate.Seen) { s.Selected = policies()[2:] }, false, nil},
		{"fifteen days before its end", "2027-01-17", func(*gate.Exception) {}, func(*gate.Seen) {}, true, nil},
		{"fourteen days before its end", "2027-01-18", func(*gate.Exception) {}, func(*gate.Seen) {}, true,
			[]string{`amiscan.yaml:7: exception "e1" ends with 2027-01-31`}},
		{"an action that nobody knows", "2026-11-23", func(e *gate.Exception) { e.Match.Actions = []string{"kms:GetKeyPolicies"} },
			func(s *gate.Seen) { s.Whole = false }, false,
			[]string{`amiscan.yaml:7: exception "e1": amiscan never needs "kms:GetKeyPolicies"; the nearest is "kms:GetKeyPolicy"`}},
		{"a policy that nobody knows", "2026-11-23", func(e *gate.Exception) { e.Policies = append(e.Policies, "sharing/ami-publik") },
			func(*gate.Seen) {}, true,
			[]string{`amiscan.yaml:7: exception "e1": no policy matches "sharing/ami-publik"; the nearest is "sharing/ami-public"`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			exceptions := gate.NewExceptions([]gate.Exception{exception(test.e)}, policies(), day(test.now))
			if f := failing(asIs); test.used {
				exceptions.Apply(&f)
			}
			seen := whole
			seen.Accounts = slices.Clone(whole.Accounts)
			test.seen(&seen)
			if diff := cmp.Diff(test.want, exceptions.Warnings(seen)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
