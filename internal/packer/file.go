package packer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A file is the text of a manifest and how messages call it.
type file struct {
	name string
	data []byte
}

// A value is a piece of JSON and its offset in the file.
type value struct {
	raw json.RawMessage
	at  int64
}

// errorf names file and line: "packer-manifest.json:17: …".
func (f file) errorf(at int64, format string, args ...any) error {
	return fmt.Errorf("%s: "+format, append([]any{f.place(at)}, args...)...)
}

func (f file) place(at int64) string {
	before := f.data[:min(max(at, 0), int64(len(f.data)))]
	return f.name + ":" + strconv.Itoa(1+bytes.Count(before, []byte("\n")))
}

// keys takes the whole file apart, which has to be one JSON object.
func (f file) keys() (map[string]value, error) {
	if err := f.checkSyntax(); err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(f.data))
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		return nil, f.errorf(0, `no Packer manifest: that is a JSON object with the key "builds"`)
	}
	keys := map[string]value{}
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return nil, f.errorf(decoder.InputOffset(), "no JSON: %w", err)
		}
		v, err := f.next(decoder, 0)
		if err != nil {
			return nil, err
		}
		name := fmt.Sprint(key)
		if _, twice := keys[name]; twice {
			return nil, f.errorf(v.at, "the key %.40q stands there twice", name)
		}
		keys[name] = v
	}
	return keys, nil
}

// each visits the elements of an array; null is the empty one.
func (f file) each(list value, visit func(value) error) error {
	decoder := json.NewDecoder(bytes.NewReader(list.raw))
	start, err := decoder.Token()
	if err == nil && start == nil {
		return nil
	}
	if err != nil || start != json.Delim('[') {
		return f.errorf(list.at, `no Packer manifest: "builds" is no JSON array`)
	}
	for decoder.More() {
		v, err := f.next(decoder, list.at)
		if err != nil {
			return err
		}
		if err := visit(v); err != nil {
			return err
		}
	}
	return nil
}

// next reads the decoder's next value; base is the offset in the file at which the decoder began.
func (f file) next(decoder *json.Decoder, base int64) (value, error) {
	var raw json.RawMessage
	if err := decoder.Decode(&raw); err != nil {
		return value{}, f.errorf(base+decoder.InputOffset(), "no JSON: %w", err)
	}
	return value{raw: raw, at: base + decoder.InputOffset() - int64(len(raw))}, nil
}

// checkSyntax looks at the whole file at once, because only then does encoding/json say where the error is.
func (f file) checkSyntax() error {
	if len(bytes.TrimSpace(f.data)) == 0 {
		return fmt.Errorf("%s: is empty: Packer writes the manifest when a build ends well", f.name)
	}
	if bytes.HasPrefix(f.data, []byte{0xff, 0xfe}) || bytes.HasPrefix(f.data, []byte{0xfe, 0xff}) {
		return fmt.Errorf("%s: is UTF-16 text: save it as UTF-8", f.name)
	}
	var all json.RawMessage
	err := json.Unmarshal(f.data, &all)
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return f.errorf(syntax.Offset-1, "no JSON, and so no Packer manifest: %w", err)
	}
	return err
}

// printable quotes a name that would draw on a terminal.
func printable(name string) string {
	if !utf8.ValidString(name) || strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return strconv.Quote(name)
	}
	return name
}
