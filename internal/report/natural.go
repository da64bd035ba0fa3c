package report

import (
	"cmp"
	"strings"
)

// compareNatural compares names the way people number them: runs of digits by their value, everything else by bytes.
func compareNatural(a, b string) int {
	for a != "" && b != "" {
		x, restA := chunk(a)
		y, restB := chunk(b)
		if order := compareChunks(x, y); order != 0 {
			return order
		}
		a, b = restA, restB
	}
	return cmp.Compare(len(a), len(b))
}

// chunk splits off the leading run of digits or of other bytes.
func chunk(text string) (head, rest string) {
	digits := isDigit(text[0])
	end := 1
	for end < len(text) && isDigit(text[end]) == digits {
		end++
	}
	return text[:end], text[end:]
}

// compareChunks compares numbers without leading zeros by length first: that is their order whatever their size.
func compareChunks(x, y string) int {
	if !isDigit(x[0]) || !isDigit(y[0]) {
		return cmp.Compare(x, y)
	}
	x, y = strings.TrimLeft(x, "0"), strings.TrimLeft(y, "0")
	return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x, y))
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }
