// Package gate turns findings into a verdict: which exit code, and why. It imports finding alone.
package gate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/finding"
)

// Code is an exit code of amiscan.
type Code int

// The exit codes.
const (
	// Clean: everything selected was judged, nothing at or above the threshold.
	Clean Code = 0
	// Failed: an unsuppressed failing finding at or above the threshold.
	Failed Code = 1
	// Unusable: nothing was judged, because usage, configuration, a policy or the inventory is wrong.
	Unusable Code = 2
	// Incomplete: something needed was not collected or not evaluated, or a report was not written.
	Incomplete Code = 3
	// Empty: the selection matched no resource.
	Empty Code = 4
	// Interrupted: what is done is kept and marked incomplete.
	Interrupted Code = 130
)

// Options say what lets a build fail.
type Options struct {
	// FailOn is the mildest severity that fails; zero means that none does.
	FailOn finding.Severity
	// AllowPartial takes code 3 away, AllowEmpty code 4.
	AllowPartial bool
	AllowEmpty   bool
}

// Tally counts findings as they come.
type Tally struct {
	resources   int
	failing     map[finding.Severity]int
	atThreshold int
	unknown     int
	suppressed  int
	units       map[string]bool
	unread      []string
	closed      []string
	accepted    int
	notFound    []string
	options     Options
	interrupted bool
}

// NewTally starts counting.
func NewTally(options Options) *Tally {
	return &Tally{options: options, failing: map[finding.Severity]int{}, units: map[string]bool{}}
}

// Add counts one finding. Suppressed findings and unknowns that nobody could decide don't count.
func (t *Tally) Add(f finding.Finding) {
	switch {
	case f.Suppression != nil:
		t.suppressed++
	case f.Outcome == finding.Fail:
		t.failing[f.Severity]++
		if t.options.FailOn != 0 && f.Severity >= t.options.FailOn {
			t.atThreshold++
		}
	case f.Outcome == finding.Unknown && f.Reason.Incomplete():
		t.unknown++
		t.units[f.Resource.Account+"/"+f.Resource.Region] = true
	}
}

// AddResources counts judged resources.
func (t *Tally) AddResources(n int) { t.resources += n }

// Unread notes a unit ("account/region") that was asked for and that nothing was read of: the run is incomplete.
func (t *Tally) Unread(unit string) {
	t.unread = append(t.unread, unit)
	t.units[unit] = true
}

// UnreadAccount notes an account of which nothing was read, such as one whose role may not be assumed: the run is incomplete.
func (t *Tally) UnreadAccount(account string) { t.closed = append(t.closed, account) }

// AcceptUnreadAccount notes one of which nothing was read either, which an exception accepts: the run is as complete as it
// was meant to be, and the reason says so.
func (t *Tally) AcceptUnreadAccount() { t.accepted++ }

// NotFound notes something that was asked for by name and is not there; why is a sentence without a full stop.
func (t *Tally) NotFound(why string) { t.notFound = append(t.notFound, why) }

// Interrupt marks the run as cut short.
func (t *Tally) Interrupt() { t.interrupted = true }

// Verdict is an exit code and the reason for it.
type Verdict struct {
	Code   Code
	Reason string
}

// Verdict decides, with the precedence 130, 3, 4, 1 where several hold. The reason names what else holds, and how much was
// suppressed.
func (t *Tally) Verdict() Verdict {
	verdict := t.decide()
	if t.suppressed > 0 {
		verdict.Reason += fmt.Sprintf("; %d suppressed", t.suppressed)
	}
	if t.accepted > 0 {
		verdict.Reason += fmt.Sprintf("; %s not read, as accepted", plural(t.accepted, "account"))
	}
	return verdict
}

func (t *Tally) decide() Verdict {
	switch {
	case t.interrupted:
		return Verdict{Interrupted, "interrupted" + t.also()}
	case t.incomplete() && !t.options.AllowPartial:
		return Verdict{Incomplete, t.incompleteness() + t.also()}
	case t.empty() && !t.options.AllowEmpty:
		return Verdict{Empty, t.emptiness() + t.also()}
	case t.atThreshold > 0:
		return Verdict{Failed, t.counts()}
	}
	return Verdict{Clean, t.cleanliness()}
}

// Partial reports whether something that was asked for was not read or not judged.
func (t *Tally) Partial() bool { return t.interrupted || t.incomplete() }

func (t *Tally) incomplete() bool { return len(t.units) > 0 || len(t.closed) > 0 }

func (t *Tally) empty() bool { return t.resources == 0 || len(t.notFound) > 0 }

// incompleteness names whole accounts before units: one account stands for as many units as it has regions.
func (t *Tally) incompleteness() string {
	var parts []string
	if len(t.closed) > 0 {
		parts = append(parts, plural(len(t.closed), "account")+" not read: "+few(t.closed))
	}
	if len(t.units) > 0 {
		parts = append(parts, plural(len(t.units), "unit")+" incomplete: "+t.missing())
	}
	return strings.Join(parts, "; ")
}

func (t *Tally) missing() string {
	var what []string
	if t.unknown > 0 {
		what = append(what, plural(t.unknown, "verdict")+" unknown")
	}
	if len(t.unread) > 0 {
		what = append(what, "nothing read of "+few(t.unread))
	}
	return strings.Join(what, ", ")
}

// emptiness says what was not found, or that nothing was.
func (t *Tally) emptiness() string {
	if len(t.notFound) > 0 {
		return strings.Join(t.notFound, "; ")
	}
	return "the selection matched no resource"
}

func (t *Tally) also() string {
	if counts := t.counts(); counts != "" {
		return "; also " + counts
	}
	return ""
}

func (t *Tally) cleanliness() string {
	reason := "nothing fails the run"
	if t.options.FailOn != 0 {
		reason = "nothing at or above " + t.options.FailOn.String()
	}
	if t.incomplete() {
		reason += "; " + t.incompleteness() + ", which was allowed"
	}
	if t.empty() {
		reason += "; " + t.emptiness() + ", which was allowed"
	}
	return reason + t.also()
}

// counts says how many fail, worst first.
func (t *Tally) counts() string {
	var parts []string
	for _, severity := range finding.Severities() {
		if n := t.failing[severity]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, severity))
		}
	}
	return strings.Join(parts, ", ")
}

// Worse returns the verdict that takes precedence: 2, 130, 3, 4, 1, 0.
func Worse(a, b Verdict) Verdict {
	if rank(a.Code) <= rank(b.Code) {
		return a
	}
	return b
}

func rank(code Code) int {
	return slices.Index([]Code{Unusable, Interrupted, Incomplete, Empty, Failed, Clean}, code)
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// few names the first of a list.
func few(names []string) string {
	const shown = 3
	slices.Sort(names)
	if len(names) > shown {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:shown], ", "), len(names)-shown)
	}
	return strings.Join(names, ", ")
}
