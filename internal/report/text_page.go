package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/amiscan/amiscan/internal/finding"
)

const (
	defaultWidth = 80
	leastWidth   = 40
)

// page lays lines out. Every line of a text report goes through line, which makes it inert.
type page struct {
	out   *bufio.Writer
	width int
	color bool
}

func newPage(w io.Writer, options Options) page {
	width := options.Width
	if width == 0 {
		width = defaultWidth
	}
	return page{out: bufio.NewWriter(w), width: max(width, leastWidth), color: options.Color}
}

// line writes one line as it is, behind indent blanks. The writer keeps its first error until flush.
func (p page) line(indent int, text string) {
	text = inert(strings.TrimRight(strings.Repeat(" ", indent)+text, " "))
	fmt.Fprintln(p.out, text)
}

func (p page) linef(indent int, format string, args ...any) {
	p.line(indent, fmt.Sprintf(format, args...))
}

// paragraph wraps a text; lines after the first are indented two columns more.
func (p page) paragraph(indent int, text string) {
	for i, line := range wrap(text, p.width-indent-2) {
		p.line(indent+2*min(i, 1), line)
	}
}

// labelled writes a label and, beside it, a wrapped text that keeps clear of the label's column.
func (p page) labelled(indent int, label, text string) {
	column := len(label) + 1
	for i, line := range wrap(text, p.width-indent-column) {
		if i == 0 {
			p.line(indent, label+" "+line)
			continue
		}
		p.line(indent+column, line)
	}
}

func (p page) heading(text string) {
	p.line(0, "")
	p.line(0, p.paint(bold, text))
}

func (p page) flush() error { return p.out.Flush() }

// The ANSI codes (ECMA-48, select graphic rendition) that text uses.
const (
	bold   = "1"
	red    = "31"
	yellow = "33"
	blue   = "34"
)

// paint colours our own words, never data, and only what reads the same without colour.
func (p page) paint(code, text string) string {
	if !p.color {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// severity returns the severity as a word of fixed width.
func (p page) severity(s finding.Severity) string {
	code := blue
	switch {
	case s >= finding.High:
		code = red
	case s == finding.Medium:
		code = yellow
	}
	return p.paint(code, fmt.Sprintf("%-8s", strings.ToUpper(s.String())))
}
