package inventory

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"
)

// partHeader is the first line of a part.
type partHeader struct {
	SchemaVersion string `json:"schema_version"`
	Unit
	// Observed is left out where it is unknown, as it is for imported output.
	Observed time.Time `json:"observed,omitzero"`
}

// partEnd is the last line of a part: a file without it was cut off.
type partEnd struct {
	Resources int `json:"resources"`
	Coverage  int `json:"coverage"`
}

// WritePart writes a part as JSON lines in canonical form: a header, the resources and the coverage records in their
// order, and an end line that counts both. Equal parts give equal bytes. A part that ReadPart would refuse is refused.
func WritePart(w io.Writer, part Part) error {
	buffered := bufio.NewWriter(w)
	if err := writePart(buffered, part); err != nil {
		return fmt.Errorf("write part of account %.80q, region %.80q: %w", part.Account, part.Region, err)
	}
	return buffered.Flush()
}

func writePart(w io.Writer, part Part) error {
	if err := checkUnit(part.Unit); err != nil {
		return err
	}
	header := partHeader{SchemaVersion: SchemaVersion, Unit: part.Unit, Observed: part.Observed.UTC()}
	if err := writeLine(w, "part", header); err != nil {
		return err
	}
	check := newPartCheck()
	if err := writeResources(w, check, part.Resources); err != nil {
		return err
	}
	if err := writeCoverage(w, check, part.Coverage); err != nil {
		return err
	}
	return writeLine(w, "end", partEnd{Resources: len(part.Resources), Coverage: len(part.Coverage)})
}

// writeResources sorts a copy: the caller's slice stays as it is.
func writeResources(w io.Writer, check *partCheck, resources []Resource) error {
	for _, resource := range slices.SortedFunc(slices.Values(resources), Resource.Compare) {
		if err := check.resource(resource); err != nil {
			return err
		}
		canonical, err := canonicalFacts(resource)
		if err != nil {
			return err
		}
		if err := writeLine(w, "resource", canonical); err != nil {
			return fmt.Errorf("%.80q %.80q: %w", resource.Kind, resource.ID, err)
		}
	}
	return nil
}

func canonicalFacts(resource Resource) (Resource, error) {
	facts := maps.Clone(resource.Facts)
	if facts == nil {
		facts = map[string]Fact{}
	}
	for _, name := range slices.Sorted(maps.Keys(facts)) {
		fact := facts[name]
		if len(fact.Value) == 0 {
			continue
		}
		value, err := Canonical(fact.Value)
		if err != nil {
			return resource, fmt.Errorf("fact %.80q of %.80q %.80q: %w", name, resource.Kind, resource.ID, err)
		}
		fact.Value = value
		facts[name] = fact
	}
	resource.Facts = facts
	return resource, nil
}

func writeCoverage(w io.Writer, check *partCheck, coverage []Coverage) error {
	for _, record := range slices.SortedFunc(slices.Values(coverage), Coverage.Compare) {
		if err := check.covers(record); err != nil {
			return err
		}
		if err := writeLine(w, "coverage", record); err != nil {
			return err
		}
	}
	return nil
}

// writeLine holds to the limits of the reader.
func writeLine(w io.Writer, key string, body any) error {
	line, err := encodeCompact(map[string]any{key: body})
	if err != nil {
		return err
	}
	if len(line) >= maxLine || tooDeep(line, maxLineDepth) {
		return errors.New("too large or too deeply nested for one line")
	}
	_, err = w.Write(append(line, '\n'))
	return err
}
