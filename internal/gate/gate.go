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
	units       map[string]bool
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

// Interrupt marks the run as cut short.
func (t *Tally) Interrupt() { t.interrupted = true }

// Verdict is an exit code and the reason for it.
type Verdict struct {
	Code   Code
	Reason string
}

// Verdict decides, with the precedence 130, 3, 4, 1 where several hold. The reason names what else holds.
func (t *Tally) Verdict() Verdict {
	incomplete := t.unknown > 0 && !t.options.AllowPartial
	empty := t.resources == 0 && !t.options.AllowEmpty
	switch {
	case t.interrupted:
		return Verdict{Interrupted, "interrupted" + t.also()}
	case incomplete:
		return Verdict{Incomplete, t.incompleteness() + t.also()}
	case empty && t.unknown == 0:
		return Verdict{Empty, "the selection matched no resource"}
	case t.atThreshold > 0:
		return Verdict{Failed, t.counts()}
	}
	return Verdict{Clean, t.cleanliness()}
}

func (t *Tally) incompleteness() string {
	return fmt.Sprintf("%s incomplete: %s", plural(len(t.units), "unit"), plural(t.unknown, "verdict")+" unknown")
}

func (t *Tally) also() string {
	if counts := t.counts(); counts != "" {
		return "; also " + counts
	}
	return ""
}

func (t *Tally) cleanliness() string {
	reason := "nothing fails"
	if t.options.FailOn != 0 {
		reason = "nothing at or above " + t.options.FailOn.String()
	}
	if t.unknown > 0 {
		reason += "; " + t.incompleteness() + ", which was allowed"
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
