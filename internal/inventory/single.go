package inventory

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"time"
)

// manifestEnd is the last line of the single-file form.
type manifestEnd struct {
	Parts int `json:"parts"`
}

// WriteInventory writes the single-file form of a small inventory: the manifest, the parts one after another, an end
// line that counts them. The parts must come in the order of their units, each unit once.
func WriteInventory(w io.Writer, manifest Manifest, parts iter.Seq2[Part, error]) error {
	buffered := bufio.NewWriter(w)
	if err := writeInventory(buffered, manifest, parts); err != nil {
		return fmt.Errorf("write inventory: %w", err)
	}
	return buffered.Flush()
}

func writeInventory(w io.Writer, manifest Manifest, parts iter.Seq2[Part, error]) error {
	manifest.SchemaVersion = SchemaVersion
	if err := writeLine(w, "manifest", manifest); err != nil {
		return err
	}
	count, last := 0, Unit{}
	for part, err := range parts {
		if err != nil {
			return err
		}
		if count > 0 && last.Compare(part.Unit) >= 0 {
			return fmt.Errorf("the part of account %q, region %q is out of order", part.Account, part.Region)
		}
		if err := WritePart(w, part); err != nil {
			return err
		}
		count, last = count+1, part.Unit
	}
	return writeLine(w, "manifest_end", manifestEnd{Parts: count})
}

// ReadInventory reads the single-file form; name stands in errors. It is as strict as ReadPart, and refuses two parts
// of one unit. The parts come back in the order of their units.
func ReadInventory(r io.Reader, name string) (Manifest, []Part, error) {
	lines := newLineReader(r, name)
	body, err := lines.first("manifest")
	if err != nil {
		return Manifest{}, nil, err
	}
	manifest, err := DecodeManifest(body, name)
	if err != nil {
		return Manifest{}, nil, err
	}
	parts, err := readParts(lines)
	if err != nil {
		return Manifest{}, nil, err
	}
	return manifest, parts, nil
}

// readParts reads parts up to the end line, and sees that nothing follows it.
func readParts(lines *lineReader) ([]Part, error) {
	var parts []Part
	for {
		key, body, err := lines.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil, lines.wholeErrorf("is truncated: the line %q is missing", "manifest_end")
		case err != nil:
			return nil, err
		case key == "manifest_end":
			return finishParts(lines, body, parts)
		case key != "part":
			return nil, lines.errorf("%.40q is none of the keys \"part\", \"manifest_end\"", key)
		}
		part, err := readPart(lines, body)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
}

func finishParts(lines *lineReader, body json.RawMessage, parts []Part) ([]Part, error) {
	var end manifestEnd
	if err := decodeStrict(body, &end); err != nil {
		return nil, lines.errorf("manifest_end: %w", err)
	}
	if end.Parts != len(parts) {
		return nil, lines.errorf("the end counts %d parts, but %d were read", end.Parts, len(parts))
	}
	slices.SortStableFunc(parts, comparePart)
	if i := repeatedUnit(parts); i >= 0 {
		return nil, lines.wholeErrorf("account %q, region %q stands in two parts", parts[i].Account, parts[i].Region)
	}
	return parts, lines.expectEnd()
}

func comparePart(a, b Part) int { return a.Unit.Compare(b.Unit) }

// repeatedUnit returns the index of the second part of a unit among sorted parts, or -1.
func repeatedUnit(parts []Part) int {
	for i := 1; i < len(parts); i++ {
		if parts[i].Unit == parts[i-1].Unit {
			return i
		}
	}
	return -1
}

// EncodeManifest returns a manifest as one line of JSON of this schema version.
func EncodeManifest(manifest Manifest) ([]byte, error) {
	manifest.SchemaVersion = SchemaVersion
	line, err := encodeCompact(manifest)
	if err != nil {
		return nil, fmt.Errorf("encode manifest: %w", err)
	}
	return append(line, '\n'), nil
}

// DecodeManifest reads what EncodeManifest wrote and refuses other schema versions and unknown fields; name stands in
// errors.
func DecodeManifest(data []byte, name string) (Manifest, error) {
	if err := checkVersion(data, printable(name)); err != nil {
		return Manifest{}, err
	}
	var manifest Manifest
	if err := decodeStrict(data, &manifest); err != nil {
		return Manifest{}, fmt.Errorf("%s: manifest: %w", printable(name), err)
	}
	if !writable(manifest.Started) {
		return Manifest{}, fmt.Errorf("%s: manifest: the start lies outside the years 0 to 9999", printable(name))
	}
	manifest.Started = manifest.Started.UTC()
	return manifest, nil
}

// writable reports whether RFC 3339 can say a time in UTC: an offset may carry it over the last year's end.
func writable(t time.Time) bool {
	year := t.UTC().Year()
	return year >= 0 && year <= 9999
}
