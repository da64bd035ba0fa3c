package report

import (
	"io"
	"slices"

	"github.com/amiscan/amiscan/internal/finding"
)

// maxJUnitBytes keeps the file below what GitLab reads, which is 30 MB for one report
// (https://docs.gitlab.com/ci/testing/unit_test_reports/). The cases of units take no more than maxUnitBytes of it.
const (
	maxJUnitBytes = 25 << 20
	maxUnitBytes  = 10 << 20
	// suiteBytes is about what the tags of one suite take, of which every unit has one.
	suiteBytes = 180
)

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
	failed  worst[junitFinding]
	broken  worst[junitFinding]
	skipped worst[junitFinding]
	passed  worst[junitFinding]
	gaps    *gapIndex
	omitted int
	// omittedUnits counts the units that the file has no room for.
	omittedUnits int
}

func newJUnit(w io.Writer, options Options) Reporter {
	kept := worst[junitFinding]{limit: maxListed}
	return &junitReporter{
		out: w, options: options, titles: map[string]string{}, gaps: newGapIndex(),
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
	if f.Reason == finding.NotCollected {
		j.gaps.addFinding(f)
	}
	if f.Outcome == finding.Pass && !j.options.IncludePass {
		return nil
	}
	if _, full := j.list(junitStateOf(f)).add(f.Severity, keptForJUnit(f)); full {
		j.omitted++
	}
	return nil
}

func (j *junitReporter) list(state junitState) *worst[junitFinding] {
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
	j.gaps.cover(f.Coverage)
	cases := j.affordable(f.Coverage)
	slices.SortStableFunc(cases, func(a, b junitCase) int { return finding.Compare(a.about, b.about) })
	own := []junitCase{j.gateCase(f)}
	if j.omitted+j.omittedUnits > 0 {
		own = append(own, omittedCase(j.omitted, j.omittedUnits))
	}
	return writeJUnit(j.out, j.header.Now, append(own, cases...))
}

// affordable returns the cases that the file has room for: units, then findings from the worst to the passing ones.
func (j *junitReporter) affordable(coverage *Coverage) []junitCase {
	var cases []junitCase
	used := 0
	add := func(c junitCase, limit int) bool {
		if used+c.size() > limit {
			return false
		}
		used += c.size()
		cases = append(cases, c)
		return true
	}
	for c := range unitCases(coverage) {
		fits := add(c, maxUnitBytes)
		used += suiteBytes * count(fits)
		j.omittedUnits += count(!fits)
	}
	for _, state := range []junitState{junitFailed, junitBroken, junitSkipped, junitPassed} {
		for _, f := range j.list(state).all() {
			j.omitted += count(!add(findingCase(f, j.titles[f.Policy]), maxJUnitBytes))
		}
	}
	return cases
}
