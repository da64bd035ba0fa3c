package report

import "fmt"

// writeSuppressed says what was accepted, by whom and how often: whoever reads a green run must be able to ask why.
func (t *textReporter) writeSuppressed() {
	if len(t.suppressed) == 0 {
		return
	}
	t.page.heading("SUPPRESSED")
	for _, mark := range t.suppressed.sorted() {
		n := plural(t.suppressed[mark], "finding", "findings")
		t.page.paragraph(2, fmt.Sprintf("%s by %s", n, suppressionText(mark)))
	}
}

// writeWarnings says what only the whole run allows to say.
func (t *textReporter) writeWarnings(warnings []string) {
	if len(warnings) > 0 {
		t.page.line(0, "")
	}
	for _, warning := range warnings {
		t.page.labelled(0, "warning:", clean(warning, maxMessage))
	}
}
