package inventory

// depth follows how deep JSON text is nested, byte by byte and without building anything, so that hostile nesting is
// found before a parser meets it.
type depth struct {
	level    int
	inString bool
	escaped  bool
}

// step takes the next byte. Text that is no JSON gives some level or other; the parser reports it.
func (d *depth) step(c byte) {
	switch {
	case d.escaped:
		d.escaped = false
	case d.inString && c == '\\':
		d.escaped = true
	case c == '"':
		d.inString = !d.inString
	case d.inString:
	case c == '{' || c == '[':
		d.level++
	case c == '}' || c == ']':
		d.level--
	}
}

// tooDeep reports whether the text is nested deeper than limit.
func tooDeep(data []byte, limit int) bool {
	var d depth
	for _, c := range data {
		if d.step(c); d.level > limit {
			return true
		}
	}
	return false
}
