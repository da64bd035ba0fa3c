package report

import "github.com/amiscan/amiscan/internal/finding"

// maxListed bounds the findings that a format for people lists, and with them its memory. Nobody reads ten thousand; the
// rest is counted, and the JSON report has all of them.
const maxListed = 10000

// digest is what a format for people keeps of a run until its end: what fails, worst first, and what was not seen, not
// decided or suppressed, counted.
type digest struct {
	options Options
	header  Header
	failing worst[finding.Finding]
	// unlisted counts what is not kept, by policy.
	unlisted   map[string]int
	passing    []finding.Finding
	unpassed   int
	gaps       *gapIndex
	errors     tally
	undecided  tally
	suppressed suppressions
	// resources counts those with a failing finding, and last is the latest of them: the findings of one come together.
	resources int
	last      identity
	accounts  accountTallies
}

func newDigest(options Options) digest {
	return digest{
		options: options,
		failing: worst[finding.Finding]{limit: maxListed}, unlisted: map[string]int{},
		gaps:   newGapIndex(),
		errors: tally{}, undecided: tally{}, suppressed: suppressions{}, accounts: accountTallies{},
	}
}

func (d *digest) Begin(h Header) error {
	d.header = h
	return nil
}

func (d *digest) Finding(f finding.Finding) error {
	// What no format for people shows is not kept.
	f.Evidence, f.Resource.Labels = nil, finding.Labels{}
	switch {
	case f.Suppression != nil:
		d.suppressed[*f.Suppression]++
		// Who accepts a gap has not seen what is behind it.
		if f.Outcome == finding.Unknown && f.Reason == finding.NotCollected {
			d.gaps.addFinding(f)
		}
	case f.Outcome == finding.Fail:
		d.accounts.add(f)
		d.resources += count(d.last != identityOf(f.Resource))
		d.last = identityOf(f.Resource)
		if gone, full := d.failing.add(f.Severity, f); full {
			d.unlisted[gone.Policy]++
		}
	case f.Outcome == finding.Unknown:
		d.unknown(f)
	case f.Outcome == finding.Pass:
		d.pass(f)
	}
	return nil
}

// failingHeading counts the resources among which those are that are kept.
func (d *digest) failingHeading(kept []*group) string {
	n := len(kept)
	if len(d.unlisted) > 0 {
		n = max(n, d.resources)
	}
	return plural(n, "resource", "resources") + ", worst first"
}

func (d *digest) unknown(f finding.Finding) {
	switch f.Reason {
	case finding.EvaluationError:
		d.errors.add(f)
	case finding.Undecidable:
		d.undecided.add(f)
	default:
		d.gaps.addFinding(f)
	}
}

// omitted counts all that is not kept.
func (d *digest) omitted() int {
	n := 0
	for _, count := range d.unlisted {
		n += count
	}
	return n
}

func (d *digest) pass(f finding.Finding) {
	switch {
	case !d.options.IncludePass:
	case len(d.passing) < maxListed:
		d.passing = append(d.passing, f)
	default:
		d.unpassed++
	}
}
