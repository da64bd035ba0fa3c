package report

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The longest texts that a person is shown, in characters. AWS allows 128 for an image's name and 256 for a tag; what
// is longer did not come from AWS.
const (
	maxName        = 256
	maxMessage     = 1000
	maxRemediation = 4000
)

// clean makes a stranger's text fit for one line before a person's eyes: bad UTF-8, control characters (which drive
// terminals), and format characters (which reorder or hide text) are dropped, every kind of white space becomes a
// blank, and what is longer than limit characters is cut off with an ellipsis.
func clean(text string, limit int) string {
	text = cut(text, limit*utf8.UTFMax)
	text = strings.Map(printable, strings.ToValidUTF8(text, ""))
	return ellipsis(strings.TrimSpace(text), limit)
}

// printable keeps letters, marks, numbers, punctuation and symbols. What is not graphic includes C0 and C1 controls,
// bidirectional and zero-width marks, private use and unassigned code points.
func printable(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case !unicode.IsGraphic(r):
		return -1
	}
	return r
}

// cut bounds the work that a long text makes; a character torn apart at the end is bad UTF-8 and goes with it.
func cut(text string, bytes int) string {
	if len(text) > bytes {
		return text[:bytes]
	}
	return text
}

func ellipsis(text string, limit int) string {
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	runes := []rune(text)
	return strings.TrimSpace(string(runes[:limit-1])) + "…"
}

// cleanLines cleans a remediation, in which line breaks mean something. Blank lines at both ends go.
func cleanLines(text string) []string {
	var lines []string
	for line := range strings.Lines(strings.TrimSpace(cut(text, maxRemediation*utf8.UTFMax))) {
		indent := len(line) - len(strings.TrimLeft(line, " "))
		lines = append(lines, strings.Repeat(" ", min(indent, 8))+clean(line, maxRemediation))
	}
	return lines
}

// inert takes the meaning out of what continuous-integration logs read as commands. "##[command]" and "##vso[" are
// obeyed anywhere in a line (GitHub's older syntax, Azure Pipelines), "::command::" at its start, where the GitHub
// runner does not count blanks.
func inert(line string) string {
	for strings.Contains(line, "##") {
		line = strings.ReplaceAll(line, "##", "# #")
	}
	trimmed := strings.TrimLeft(line, " ")
	if strings.HasPrefix(trimmed, "::") {
		line = line[:len(line)-len(trimmed)] + ": " + trimmed[1:]
	}
	return line
}

// list gives nil slices the form that closed schemas ask for: an empty list, never null.
func list[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}
