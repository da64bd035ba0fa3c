package inventory

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
)

const (
	// maxLine bounds one line of an inventory, in bytes.
	maxLine = 64 << 20
	// maxLineDepth leaves room for the levels that an inventory's line adds around an imported document.
	maxLineDepth = maxImportDepth + 28
)

// lineReader reads JSON lines that are objects with exactly one key, which says what the line is.
type lineReader struct {
	scanner *bufio.Scanner
	name    string
	line    int
}

func newLineReader(r io.Reader, name string) *lineReader {
	scanner := bufio.NewScanner(r)
	scanner.Buffer(make([]byte, 0, 64<<10), maxLine)
	return &lineReader{scanner: scanner, name: printable(name)}
}

// next returns the key and the body of the next line, or io.EOF as it is after the last one.
func (l *lineReader) next() (string, json.RawMessage, error) {
	l.line++
	// Before a read error, the scanner hands out the piece of a line that it has: the error says more than the piece.
	if !l.scanner.Scan() || l.scanner.Err() != nil {
		return "", nil, l.end()
	}
	line := l.scanner.Bytes()
	if tooDeep(line, maxLineDepth) {
		return "", nil, l.errorf("nested deeper than %d levels", maxLineDepth)
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(line, &object); err != nil {
		return "", nil, l.errorf("no JSON object: %w", clip(err))
	}
	if len(object) != 1 {
		return "", nil, l.errorf("an object with one key was expected, this one has %d", len(object))
	}
	for key, body := range object {
		return key, body, nil
	}
	return "", nil, io.EOF
}

// end tells the end of the file from a line that can't be read.
func (l *lineReader) end() error {
	err := l.scanner.Err()
	switch {
	case err == nil:
		return io.EOF
	case errors.Is(err, bufio.ErrTooLong):
		return l.errorf("longer than %d MiB", maxLine>>20)
	}
	return l.errorf("read: %w", err)
}

// errorf names file and line: "inventory.jsonl:17: …".
func (l *lineReader) errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: "+format, append([]any{l.name, l.line}, args...)...)
}

// wholeErrorf names the file alone, for what is wrong with all of it.
func (l *lineReader) wholeErrorf(format string, args ...any) error {
	return fmt.Errorf("%s: "+format, append([]any{l.name}, args...)...)
}

// printable quotes a name that would draw on a terminal; file names come from strangers' archives, too.
func printable(name string) string {
	if strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return strconv.Quote(name)
	}
	return name
}
