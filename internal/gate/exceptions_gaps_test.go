package gate_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/gate"
)

const assume = "sts:AssumeRole"

// refused is an account that may not be entered.
func refused(account string) finding.Gap {
	return finding.Gap{Fact: "regions", Status: "denied", Action: assume, Code: "AccessDenied", Account: account, Region: "global"}
}

// accepting is an exception for accounts that may not be entered.
func accepting(id string, change func(*gate.Exception), accounts ...string) gate.Exception {
	e := exception(func(e *gate.Exception) {
		e.ID, e.Policies, e.Match = id, []string{"*"}, gate.Match{Accounts: accounts, Actions: []string{assume}}
	})
	change(&e)
	return e
}

func unchanged(*gate.Exception) {}

func TestAcceptGap(t *testing.T) {
	t.Parallel()
	lapsed := func(e *gate.Exception) { e.Expires = day("2026-11-22") }
	tests := []struct {
		name string
		list []gate.Exception
		gap  func(*finding.Gap)
		want string
	}{
		{"the account", []gate.Exception{accepting("e1", unchanged, ours)}, func(*finding.Gap) {}, "e1"},
		{"another account", []gate.Exception{accepting("e1", unchanged, theirs)}, func(*finding.Gap) {}, ""},
		{"another action", []gate.Exception{accepting("e1", unchanged, ours)}, func(g *finding.Gap) { g.Action = "ec2:DescribeRegions" }, ""},
		{"what nobody can see", []gate.Exception{accepting("e1", unchanged, ours)}, func(g *finding.Gap) { g.Status = "not_visible" }, ""},
		{"for some of the policies", []gate.Exception{accepting("e1", func(e *gate.Exception) { e.Policies = []string{"sharing/*"} }, ours)},
			func(*finding.Gap) {}, ""},
		{"in a region", []gate.Exception{accepting("e1", func(e *gate.Exception) { e.Match.Regions = []string{"eu-west-1"} }, ours)},
			func(*finding.Gap) {}, ""},
		{"no longer", []gate.Exception{accepting("e1", lapsed, ours)}, func(*finding.Gap) {}, ""},
		{"by another that holds", []gate.Exception{accepting("e1", lapsed, ours), accepting("e2", unchanged, ours)}, func(*finding.Gap) {}, "e2"},
		{"by the first of two", []gate.Exception{accepting("e1", unchanged, ours), accepting("e2", unchanged, ours)}, func(*finding.Gap) {}, "e1"},
		{"an exception for findings", []gate.Exception{exception(func(e *gate.Exception) { e.Policies = []string{"*"} })}, func(*finding.Gap) {}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			gap := refused(ours)
			test.gap(&gap)
			mark := gate.NewExceptions(test.list, policies(), day("2026-11-23")).AcceptGap(gap, policies())
			got := ""
			if mark != nil {
				got = mark.ID
			}
			if got != test.want {
				t.Errorf("accepted by %q, want %q", got, test.want)
			}
		})
	}
}

// TestGapsAcceptedTogether: what hangs on several accounts is accepted where each of them is, by whomever.
func TestGapsAcceptedTogether(t *testing.T) {
	t.Parallel()
	const third = "777788889999"
	both := []gate.Exception{accepting("e1", unchanged, ours), accepting("e2", unchanged, theirs)}
	ended := func(e *gate.Exception) { e.Expires = day("2026-11-22") }
	tests := []struct {
		name     string
		list     []gate.Exception
		gaps     []finding.Gap
		accepted string
		marks    string
		notes    []string
	}{
		{"each by another", both, []finding.Gap{refused(theirs), refused(ours)}, "e2", "e2 e1", nil},
		{"but for one", both, []finding.Gap{refused(ours), refused(third), refused(theirs)}, "", "e1  e2", nil},
		{
			"one of which has lapsed", []gate.Exception{both[0], accepting("e2", ended, theirs)}, []finding.Gap{refused(ours), refused(theirs)},
			"", "e1 ", []string{`exception "e2" lapsed on 2026-11-22`},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := failing(func(f *finding.Finding) {
				f.Outcome, f.Reason, f.Gaps = finding.Unknown, finding.NotCollected, test.gaps
			})
			gate.NewExceptions(test.list, policies(), day("2026-11-23")).Apply(&f)
			var marks []string
			for _, g := range f.Gaps {
				marks = append(marks, g.AcceptedBy)
			}
			accepted := ""
			if f.Suppression != nil {
				accepted = f.Suppression.ID
			}
			if accepted != test.accepted || strings.Join(marks, " ") != test.marks {
				t.Errorf("accepted by %q, gaps by %q", accepted, marks)
			}
			if diff := cmp.Diff(test.notes, f.Notes); diff != "" {
				t.Error(diff)
			}
			for _, g := range test.gaps {
				if g.AcceptedBy != "" {
					t.Error("the gaps of others were written to")
				}
			}
		})
	}
}

// TestWarningsOfGaps: an exception that has lapsed says so where no finding carries the note, and one that a gap needed is needed.
func TestWarningsOfGaps(t *testing.T) {
	t.Parallel()
	seen := gate.Seen{Known: policies(), Selected: policies(), Actions: []string{assume}, Accounts: []string{ours}, Whole: true}
	tests := []struct {
		name string
		now  string
		gap  finding.Gap
		want []string
	}{
		{"it holds", "2026-11-23", refused(ours), nil},
		{"it has lapsed", "2027-02-01", refused(ours), []string{
			`amiscan.yaml:7: exception "e1" lapsed on 2027-01-31; the gaps that it is about count`,
		}},
		{"nothing needed it", "2026-11-23", refused(theirs), []string{`amiscan.yaml:7: nothing needed exception "e1"`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			exceptions := gate.NewExceptions([]gate.Exception{accepting("e1", unchanged, ours)}, policies(), day(test.now))
			exceptions.AcceptGap(test.gap, policies())
			if diff := cmp.Diff(test.want, exceptions.Warnings(seen)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestUnreadAccounts: an account that may not be entered makes a run incomplete, one that somebody accepts does not.
func TestUnreadAccounts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		refused  []string
		accepted int
		unknown  bool
		partial  bool
		want     gate.Verdict
	}{
		{"none", nil, 0, false, false, gate.Verdict{Code: 0, Reason: "nothing fails the run"}},
		{"one", []string{ours}, 0, false, true, gate.Verdict{Code: 3, Reason: "1 account not read: 111122223333"}},
		{"several", []string{"4", "1", "3", "2"}, 0, false, true, gate.Verdict{Code: 3, Reason: "4 accounts not read: 1, 2, 3 and 1 more"}},
		{"one, and gaps in another", []string{theirs}, 0, true, true, gate.Verdict{
			Code: 3, Reason: "1 account not read: 444455556666; 1 unit incomplete: 1 verdict unknown",
		}},
		{"accepted", nil, 2, false, false, gate.Verdict{Code: 0, Reason: "nothing fails the run; 2 accounts not read, as accepted"}},
		{"one of two accepted", []string{ours}, 1, false, true, gate.Verdict{
			Code: 3, Reason: "1 account not read: 111122223333; 1 account not read, as accepted",
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			tally := gate.NewTally(gate.Options{})
			tally.AddResources(1)
			for _, account := range test.refused {
				tally.UnreadAccount(account)
			}
			for range test.accepted {
				tally.AcceptUnreadAccount()
			}
			if test.unknown {
				tally.Add(finding.Finding{Outcome: finding.Unknown, Reason: finding.NotCollected})
			}
			if diff := cmp.Diff(test.want, tally.Verdict()); diff != "" {
				t.Error(diff)
			}
			if tally.Partial() != test.partial {
				t.Errorf("partial is %v", tally.Partial())
			}
		})
	}
}

// TestDiffOfAnOrganization compares reports of 100,000 findings in 34,000 units: nothing may be looked for in lists.
func TestDiffOfAnOrganization(t *testing.T) {
	t.Parallel()
	var before, after gate.Observed
	before.Policies = []string{"sharing/ami-shared"}
	for unit := range 34000 {
		before.Units = append(before.Units, fmt.Sprintf("%d/r%d", unit/17, unit%17))
	}
	after = before
	for i := range 100000 {
		f := failing(func(f *finding.Finding) {
			f.Resource.ID, f.Resource.Account, f.Resource.Region = fmt.Sprint("ami-", i), fmt.Sprint(i%34000/17), fmt.Sprint("r", i%34000%17)
			f.Fingerprint = finding.Fingerprint(fmt.Sprint(i))
		})
		before.Findings = append(before.Findings, f)
	}
	began := time.Now()
	changes, same := gate.Diff(before, after)
	if len(changes) != 100000 || same != 0 || changes[0].Kind != finding.Fixed {
		t.Errorf("%d changes, %d as before", len(changes), same)
	}
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("it took %v", took)
	}
}
