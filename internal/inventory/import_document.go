package inventory

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
)

// place is a position in a file of saved output.
type place struct {
	name string
	data []byte
}

// errorf names file, line and column (in bytes, from 1) of an offset.
func (p place) errorf(offset int, format string, args ...any) error {
	before := p.data[:min(max(offset, 0), len(p.data))]
	line := 1 + bytes.Count(before, []byte("\n"))
	column := len(before) - bytes.LastIndexByte(before, '\n')
	return fmt.Errorf("%s:%d:%d: "+format, append([]any{p.name, line, column}, args...)...)
}

// documents yields the JSON objects that stand one after another in a file, each as a map of its top-level keys.
func (p place) documents() iter.Seq2[map[string]json.RawMessage, error] {
	return func(yield func(map[string]json.RawMessage, error) bool) {
		start := skipSpace(p.data, 0)
		if start == len(p.data) {
			yield(nil, fmt.Errorf("%s: is empty", p.name))
			return
		}
		for start < len(p.data) {
			document, end, err := p.document(start)
			if !yield(document, err) || err != nil {
				return
			}
			start = skipSpace(p.data, end)
		}
	}
}

// document reads the object that begins at start and returns where it ends.
func (p place) document(start int) (map[string]json.RawMessage, int, error) {
	if err := p.expectObject(start); err != nil {
		return nil, 0, err
	}
	end, err := p.endOfObject(start)
	if err != nil {
		return nil, 0, err
	}
	var document map[string]json.RawMessage
	if err := json.Unmarshal(p.data[start:end], &document); err != nil {
		return nil, 0, p.syntaxError(start, err)
	}
	return document, end, nil
}

// expectObject names the usual reasons for something else than an object.
func (p place) expectObject(start int) error {
	switch c := p.data[start]; c {
	case '{':
		return nil
	case '[':
		return p.errorf(start, "a JSON array: save the output without --query")
	case '"', 'n', 't', 'f', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return p.errorf(start, "no JSON object: save the output with --output json and without --query")
	default:
		return p.errorf(start, "no JSON, begins with %q: save the output with --output json", rune(c))
	}
}

// endOfObject finds the bracket that closes the object at start, without trusting what stands between.
func (p place) endOfObject(start int) (int, error) {
	var d depth
	for i := start; i < len(p.data); i++ {
		d.step(p.data[i])
		if d.level > maxImportDepth {
			return 0, p.errorf(i, "nested deeper than %d levels", maxImportDepth)
		}
		if d.level == 0 {
			return i + 1, nil
		}
	}
	// A forgotten quote looks like a cut file from here; the parser knows better.
	var skip json.RawMessage
	return 0, p.syntaxError(start, json.Unmarshal(p.data[start:], &skip))
}

// syntaxError places a parser's error, which counts from the document's start.
func (p place) syntaxError(start int, err error) error {
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return p.errorf(start, "no JSON object")
	}
	if start+int(syntax.Offset) >= len(p.data) && syntax.Error() == "unexpected end of JSON input" {
		return p.errorf(len(p.data), "the JSON ends in the middle: the file is truncated")
	}
	// Offset counts the bytes read, the faulty one included.
	return p.errorf(start+int(syntax.Offset)-1, "%w", syntax)
}

func skipSpace(data []byte, from int) int {
	for from < len(data) && bytes.IndexByte([]byte(" \t\r\n"), data[from]) >= 0 {
		from++
	}
	return from
}
