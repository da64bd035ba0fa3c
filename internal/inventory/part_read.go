package inventory

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// ReadPart reads one part as WritePart wrote it, line by line; name stands in errors ("inventory.jsonl:17: …"). Nothing
// but whole parts of this schema version is accepted: an unknown key, a resource that stands twice, a fact without a
// status, a known fact without a value, a missing or wrong end line and anything behind it are errors. Resources and
// coverage come back sorted, values as they were written.
func ReadPart(r io.Reader, name string) (Part, error) {
	lines := newLineReader(r, name)
	body, err := lines.first("part")
	if err != nil {
		return Part{}, err
	}
	part, err := readPart(lines, body)
	if err != nil {
		return Part{}, err
	}
	return part, lines.expectEnd()
}

// ReadUnit reads only the header of a part and returns its unit; it is as strict about the header as ReadPart.
func ReadUnit(r io.Reader, name string) (Unit, error) {
	lines := newLineReader(r, name)
	body, err := lines.first("part")
	if err != nil {
		return Unit{}, err
	}
	part, err := readHeader(lines, body)
	return part.Unit, err
}

// first returns the body of the first line, which must have the key that says what the file is.
func (l *lineReader) first(want string) (json.RawMessage, error) {
	key, body, err := l.next()
	switch {
	case errors.Is(err, io.EOF):
		return nil, l.wholeErrorf("is empty")
	case err != nil:
		return nil, err
	case key != want:
		return nil, l.errorf("the first key must be %q, not %.40q", want, key)
	}
	return body, nil
}

// expectEnd refuses whatever follows the last line.
func (l *lineReader) expectEnd() error {
	_, _, err := l.next()
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil {
		return err
	}
	return l.errorf("something follows the end")
}

// readPart reads the lines behind a header up to the end line.
func readPart(lines *lineReader, header json.RawMessage) (Part, error) {
	part, err := readHeader(lines, header)
	if err != nil {
		return Part{}, err
	}
	check := newPartCheck()
	for {
		key, body, err := lines.next()
		if errors.Is(err, io.EOF) {
			return Part{}, lines.wholeErrorf("is truncated: the end line is missing")
		}
		if err != nil {
			return Part{}, err
		}
		if key == "end" {
			part.Sort()
			return part, readEnd(lines, body, part)
		}
		if err := part.readLine(check, key, body); err != nil {
			return Part{}, lines.errorf("%w", err)
		}
	}
}

// readLine adds one line of a part's middle.
func (p *Part) readLine(check *partCheck, key string, body json.RawMessage) error {
	switch key {
	case "resource":
		var resource Resource
		if err := decodeStrict(body, &resource); err != nil {
			return fmt.Errorf("resource: %w", err)
		}
		p.Resources = append(p.Resources, resource)
		return check.resource(resource)
	case "coverage":
		var record Coverage
		if err := decodeStrict(body, &record); err != nil {
			return fmt.Errorf("coverage: %w", err)
		}
		p.Coverage = append(p.Coverage, record)
		return check.covers(record)
	}
	return fmt.Errorf("%.40q is none of the keys \"resource\", \"coverage\", \"end\"", key)
}

func readHeader(lines *lineReader, body json.RawMessage) (Part, error) {
	if err := checkVersion(body, lines.name); err != nil {
		return Part{}, err
	}
	var header partHeader
	if err := decodeStrict(body, &header); err != nil {
		return Part{}, lines.errorf("part: %w", err)
	}
	if err := checkUnit(header.Unit); err != nil {
		return Part{}, lines.errorf("part: %w", err)
	}
	if !writable(header.Observed) {
		return Part{}, lines.errorf("part: the observation time lies outside the years 0 to 9999")
	}
	return Part{Unit: header.Unit, Observed: header.Observed.UTC()}, nil
}

func readEnd(lines *lineReader, body json.RawMessage, part Part) error {
	var end partEnd
	if err := decodeStrict(body, &end); err != nil {
		return lines.errorf("end: %w", err)
	}
	if end.Resources != len(part.Resources) || end.Coverage != len(part.Coverage) {
		return lines.errorf("the end counts %d resources and %d coverage records, but %d and %d were read",
			end.Resources, end.Coverage, len(part.Resources), len(part.Coverage))
	}
	return nil
}

// checkVersion comes before strict decoding: another version's unknown fields are no news to the user, its number is.
func checkVersion(body json.RawMessage, name string) error {
	var header struct {
		SchemaVersion string `json:"schema_version"`
	}
	if err := json.Unmarshal(body, &header); err != nil {
		return fmt.Errorf("%s: read schema version: %w", name, clip(err))
	}
	if header.SchemaVersion != SchemaVersion {
		return fmt.Errorf("schema version %.40q of %s is not readable: this amiscan reads %q",
			header.SchemaVersion, name, SchemaVersion)
	}
	return nil
}
