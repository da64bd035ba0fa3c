package report

import (
	"iter"
	"strings"

	"github.com/amiscan/amiscan/internal/finding"
)

// unitCases say for every unit whether all of it was seen, so that one without findings is in the report, too. Where a
// gap costs a verdict, that verdict is an error; the gap itself is no more than skipped, because a person may have
// accepted it. An account that could not be entered costs verdicts that nobody knows of: that is an error, unless it is accepted.
func unitCases(coverage *Coverage) iter.Seq[junitCase] {
	return func(yield func(junitCase) bool) {
		unseen := map[int32][]*outcome{}
		for _, o := range coverage.told() {
			for _, unit := range o.units {
				if !o.status.IsAnswer() {
					unseen[unit] = append(unseen[unit], o)
				}
			}
		}
		for _, name := range coverage.Units() {
			gaps := unseen[coverage.roll.number[name]]
			if _, whole := wholeAccount(name); whole && len(gaps) == 0 {
				continue // an account's own data is no unit to people
			}
			if !yield(unitCase(name, gaps)) {
				return
			}
		}
	}
}

func unitCase(unit string, unseen []*outcome) junitCase {
	account, region, _ := strings.Cut(unit, "/")
	c := junitCase{
		about: finding.Finding{Resource: finding.Resource{Account: account, Region: region}},
		class: junitPath(account, region, "unit"), name: "everything was collected",
	}
	if len(unseen) == 0 {
		return c
	}
	element := "skipped"
	c.state = junitSkipped
	var lines []string
	for _, o := range unseen {
		lines = append(lines, o.line())
		if o.isDoor() && !o.isInactive() && o.acceptedBy == "" {
			element, c.state = "error", junitBroken
		}
	}
	c.inner = junitResult(element, "incomplete", plural(len(unseen), "fact was", "facts were")+" not seen", lines)
	return c
}

// line says what is missing from one unit. From how many resources is known where there is no other unit.
func (o *outcome) line() string {
	text := gapLine(finding.Gap{Fact: o.fact, Status: string(o.status), Action: o.action, Code: o.code})
	if o.missing > 0 && len(o.units) == 1 {
		text += ", missing from " + plural(o.missing, "resource", "resources")
	}
	if o.acceptedBy != "" {
		text += `, accepted by exception "` + clean(o.acceptedBy, maxName) + `"`
	}
	return text
}
