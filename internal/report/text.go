package report

import (
	"io"
)

// textReporter writes for people: what was not seen comes first, then what fails, worst first, and the last line says
// why the exit code is what it is. Because of that order it keeps what it lists until the end.
type textReporter struct {
	digest
	page page
}

func newText(w io.Writer, options Options) Reporter {
	return &textReporter{digest: newDigest(options), page: newPage(w, options)}
}

func (t *textReporter) End(f Footer) error {
	t.writeHeader()
	t.gaps.cover(f.Coverage)
	t.writeGaps(f.Coverage)
	t.writeErrors()
	t.writeAccounts()
	t.writeFailing()
	t.writeFixes()
	t.writeUndecided()
	t.writePassing()
	t.writeSuppressed()
	t.writeCoverage()
	t.writeSummary(f.Summary)
	t.writeOutOfScope()
	t.writeWarnings(f.Warnings)
	t.page.line(0, "")
	t.page.line(0, exitLine(f.Exit))
	return t.page.flush()
}
