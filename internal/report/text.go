package report

import (
	"io"

	"github.com/amiscan/amiscan/internal/finding"
)

// maxListed bounds the findings that text lists, and with them its memory. Nobody reads ten thousand; the rest is
// counted, and the JSON report has all of them.
const maxListed = 10000

// textReporter writes for people: what was not seen comes first, then what fails, worst first, and the last line says
// why the exit code is what it is. Because of that order it keeps what it lists until the end.
type textReporter struct {
	page      page
	options   Options
	header    Header
	failing   worst[finding.Finding]
	unlisted  int
	passing   []finding.Finding
	unpassed  int
	gaps      gapIndex
	errors    tally
	undecided tally
}

func newText(w io.Writer, options Options) Reporter {
	return &textReporter{
		page:    newPage(w, options),
		options: options,
		failing: worst[finding.Finding]{limit: maxListed},
		gaps:    gapIndex{},
		errors:  tally{}, undecided: tally{},
	}
}

func (t *textReporter) Begin(h Header) error {
	t.header = h
	return nil
}

func (t *textReporter) Finding(f finding.Finding) error {
	if f.Suppression != nil {
		return nil
	}
	f.Evidence = nil
	switch f.Outcome {
	case finding.Fail:
		if _, full := t.failing.add(f.Severity, f); full {
			t.unlisted++
		}
	case finding.Unknown:
		t.unknown(f)
	case finding.Pass:
		t.pass(f)
	}
	return nil
}

func (t *textReporter) unknown(f finding.Finding) {
	switch f.Reason {
	case finding.EvaluationError:
		t.errors.add(f)
	case finding.Undecidable:
		t.undecided.add(f)
	default:
		t.gaps.addFinding(f)
	}
}

func (t *textReporter) pass(f finding.Finding) {
	switch {
	case !t.options.IncludePass:
	case len(t.passing) < maxListed:
		t.passing = append(t.passing, f)
	default:
		t.unpassed++
	}
}

func (t *textReporter) End(f Footer) error {
	t.writeHeader()
	t.writeGaps(f.Coverage)
	t.writeErrors()
	t.writeFailing()
	t.writeFixes()
	t.writeUndecided()
	t.writePassing()
	t.writeSummary(f.Summary)
	t.writeOutOfScope()
	t.page.line(0, "")
	t.page.linef(0, "exit %d: %s", f.Exit.Code, clean(f.Exit.Reason, maxMessage))
	return t.page.flush()
}
