package inventory

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// Canonical re-encodes one JSON value so that equal values have equal bytes: object keys sorted, no white space,
// numbers exactly as they were written.
func Canonical(data []byte) (json.RawMessage, error) {
	value, err := decodeAny(data)
	if err != nil {
		return nil, err
	}
	return encodeCompact(value)
}

// decodeAny keeps numbers as text: as a float64, an account number or a large size would change.
func decodeAny(data []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, clip(err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, errors.New("something follows the JSON value")
	}
	return value, nil
}

// encodeCompact leaves <, > and & as they are: they stand in key policies and names, and no HTML is written here.
func encodeCompact(value any) ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(buffer.Bytes(), []byte("\n")), nil
}

// decodeStrict refuses fields that it doesn't know: what is read and not understood would be lost on writing back.
func decodeStrict(data []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return clip(err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return errors.New("something follows the JSON value")
	}
	return nil
}

// clip bounds a parser's message, which quotes what it has read: a field name or a number of any length.
func clip(err error) error {
	const limit = 300
	if text := err.Error(); len(text) > limit {
		return errors.New(strings.ToValidUTF8(text[:limit], "") + "…")
	}
	return err
}
