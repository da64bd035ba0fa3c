package report

import (
	"slices"
	"strings"
	"unicode"
)

// wrap breaks a text into lines of at most width columns, at blanks alone: a long word (an ARN, a path) is longer than
// the line rather than torn, and what stands between backticks stays together, so that commands can be copied.
func wrap(text string, width int) []string {
	var lines []string
	var line strings.Builder
	used := 0
	for _, word := range words(text) {
		size := columns(word)
		if used > 0 && used+1+size > width {
			lines = append(lines, line.String())
			line.Reset()
			used = 0
		}
		if used > 0 {
			line.WriteByte(' ')
			used++
		}
		line.WriteString(word)
		used += size
	}
	if used > 0 {
		lines = append(lines, line.String())
	}
	return lines
}

// words splits at blanks outside of backticks. A backtick without its partner is an ordinary character.
func words(text string) []string {
	var found []string
	start, quoted, ticks := 0, false, strings.Count(text, "`")
	for i := range len(text) {
		switch {
		case text[i] == '`':
			ticks--
			quoted = !quoted && ticks > 0
		case text[i] == ' ' && !quoted:
			found = append(found, text[start:i])
			start = i + 1
		}
	}
	found = append(found, text[start:])
	return slices.DeleteFunc(found, func(word string) bool { return word == "" })
}

// isCommand reports whether a line of a remediation is one that people paste into a shell: it is never wrapped.
func isCommand(line string) bool {
	line = strings.TrimLeft(line, " ")
	return strings.HasPrefix(line, "aws ") || strings.HasPrefix(line, "amiscan ") || strings.HasPrefix(line, "$ ")
}

// columns measures how wide a terminal shows a text. It looks at the characters alone: libraries that ask the
// environment for the locale would make the same report differ between two machines.
func columns(text string) int {
	total := 0
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me):
		case unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana), fullWidth(r):
			total += 2
		default:
			total++
		}
	}
	return total
}

// fullWidth covers the full-width forms and the emoji, which the scripts do not (Unicode Standard Annex 11).
func fullWidth(r rune) bool {
	return r >= 0xFF01 && r <= 0xFF60 || r >= 0x1F300 && r <= 0x1FAFF
}
