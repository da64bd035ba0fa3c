package report

import (
	"io"
	"slices"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
)

// maxJUnitBytes keeps the file below what GitLab reads, which is 30 MB for one report
// (https://docs.gitlab.com/ci/testing/unit_test_reports/).
const maxJUnitBytes = 25 << 20

// junitReporter writes JUnit XML as Jenkins' junit-10.xsd wants it. One suite is one unit, one case is one policy for
// one resource and subject. The suite "amiscan" stands before them with the exit code as a case of its own, so that an
// incomplete run is never green and a spotless one is never an empty file. The counts stand in the opening tags:
// everything is kept until the end.
type junitReporter struct {
	out     io.Writer
	options Options
	header  Header
	titles  map[string]string
	// The findings by the state of their case, since a file that is too long loses the mildest state first.
	failed  worst[finding.Finding]
	broken  worst[finding.Finding]
	skipped worst[finding.Finding]
	passed  worst[finding.Finding]
	gaps    gapIndex
	omitted int
}

func newJUnit(w io.Writer, options Options) Reporter {
	kept := worst[finding.Finding]{limit: maxListed}
	return &junitReporter{
		out: w, options: options, titles: map[string]string{}, gaps: gapIndex{},
		failed: kept, broken: kept, skipped: kept, passed: kept,
	}
}

func (j *junitReporter) Begin(h Header) error {
	j.header = h
	for _, policy := range h.Policies {
		j.titles[policy.ID] = policy.Title
	}
	return nil
}

func (j *junitReporter) Finding(f finding.Finding) error {
	f.Evidence = nil
	if f.Outcome == finding.Unknown && f.Suppression == nil && f.Reason == finding.NotCollected {
		j.gaps.addFinding(f)
	}
	if f.Outcome == finding.Pass && !j.options.IncludePass {
		return nil
	}
	if _, full := j.list(junitStateOf(f)).add(f.Severity, f); full {
		j.omitted++
	}
	return nil
}

func (j *junitReporter) list(state junitState) *worst[finding.Finding] {
	switch state {
	case junitFailed:
		return &j.failed
	case junitBroken:
		return &j.broken
	case junitSkipped:
		return &j.skipped
	default:
		return &j.passed
	}
}

func (j *junitReporter) End(f Footer) error {
	for _, c := range f.Coverage {
		j.gaps.addCoverage(c)
	}
	cases := j.affordable(f.Coverage)
	slices.SortStableFunc(cases, func(a, b junitCase) int { return finding.Compare(a.about, b.about) })
	own := []junitCase{j.gateCase(f)}
	if j.omitted > 0 {
		own = append(own, omittedCase(j.omitted))
	}
	return writeJUnit(j.out, j.header.Now, append(own, cases...))
}

// affordable returns the cases that the file has room for: units, then findings from the worst to the passing ones.
func (j *junitReporter) affordable(coverage []inventory.Coverage) []junitCase {
	var cases []junitCase
	used := 0
	add := func(c junitCase) {
		if used += c.size(); used > maxJUnitBytes {
			j.omitted++
			return
		}
		cases = append(cases, c)
	}
	for _, c := range unitCases(coverage) {
		add(c)
	}
	for _, state := range []junitState{junitFailed, junitBroken, junitSkipped, junitPassed} {
		for _, f := range j.list(state).all() {
			add(findingCase(f, j.titles[f.Policy]))
		}
	}
	return cases
}
