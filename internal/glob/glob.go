// Package glob matches names against patterns with wildcards.
package glob

import "unicode/utf8"

// Match reports whether the pattern covers the whole text. "*" stands for any run of characters, none included, "?" for
// exactly one, and everything else for itself.
//
// No character is special in the text: names of AMIs and paths of parameters hold slashes, and "*" crosses them. Patterns
// have no escape either, because AWS allows neither "*" nor "?" in names of AMIs.
//
// On a mismatch only the last "*" takes one more character. An earlier one need not: whatever it could reach, the last one
// reaches as well. So the work is bound by the product of both lengths, whatever the pattern.
func Match(pattern, text string) bool {
	m := match{pattern: pattern, text: text, star: -1}
	for m.t < len(text) {
		if !m.step() && !m.retry() {
			return false
		}
	}
	return onlyStars(pattern[m.p:])
}

// A match is how far both strings are read, and where to go on after a mismatch.
type match struct {
	pattern, text string
	p, t          int
	// star is the place after the last "*", or -1; resume is where the text after its run began.
	star, resume int
}

// step reads one character of the pattern and what it covers.
func (m *match) step() bool {
	if m.p == len(m.pattern) {
		return false
	}
	switch m.pattern[m.p] {
	case '*':
		m.p++
		m.star, m.resume = m.p, m.t
	case '?':
		m.p++
		m.t += width(m.text[m.t:])
	case m.text[m.t]:
		m.p++
		m.t++
	default:
		return false
	}
	return true
}

// retry gives the last "*" one character more.
func (m *match) retry() bool {
	if m.star < 0 {
		return false
	}
	m.resume += width(m.text[m.resume:])
	m.p, m.t = m.star, m.resume
	return true
}

// width is the number of bytes of the first character; a byte that is no UTF-8 is a character of its own.
func width(text string) int {
	_, size := utf8.DecodeRuneInString(text)
	return size
}

func onlyStars(pattern string) bool {
	for _, c := range []byte(pattern) {
		if c != '*' {
			return false
		}
	}
	return true
}
