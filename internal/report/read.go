package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/amiscan/amiscan/internal/finding"
)

// Document is a JSON report, read back: what a baseline and a comparison need of it.
type Document struct {
	SchemaVersion string            `json:"schema_version"`
	Now           time.Time         `json:"now"`
	Scope         Scope             `json:"scope"`
	Policies      []finding.Policy  `json:"policies"`
	Findings      []finding.Finding `json:"findings"`
	Coverage      []CoverageRow     `json:"coverage"`
	Exit          *Exit             `json:"exit"`
}

// maxDocument bounds a report that is read back: a few hundred thousand findings.
const maxDocument = 1 << 30

// Read reads a JSON report; name is for errors. A document of another kind or of a newer schema is an error, and so is one
// that was cut off: from half a report, what is missing would look fixed.
func Read(r io.Reader, name string) (Document, error) {
	var document Document
	limited := &io.LimitedReader{R: r, N: maxDocument}
	err := json.NewDecoder(limited).Decode(&document)
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case limited.N == 0:
		err = fmt.Errorf("more than the %d bytes that a report may have", maxDocument)
	case errors.As(err, &syntax):
		err = fmt.Errorf("no JSON report of amiscan: byte %d: %w", syntax.Offset, err)
	case errors.As(err, &kind):
		err = fmt.Errorf("no JSON report of amiscan: %s is a %s", kind.Field, kind.Value)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		err = errors.New("ends before the report does")
	case err == nil:
		err = document.check()
	}
	if err != nil {
		return Document{}, fmt.Errorf("read report %q: %w", name, err)
	}
	return document, nil
}

func (d Document) check() error {
	switch {
	case d.SchemaVersion == "":
		return errors.New("no JSON report of amiscan: it has no schema_version")
	case d.SchemaVersion != SchemaVersion:
		return fmt.Errorf("has the schema version %q; this amiscan reads %q", d.SchemaVersion, SchemaVersion)
	case d.Exit == nil:
		return errors.New("no JSON report of amiscan: it has no exit")
	}
	for _, f := range d.Findings {
		if f.Policy == "" || f.Fingerprint == "" || f.Outcome.String() == "invalid" || f.Severity.String() == "invalid" {
			return fmt.Errorf("finding of %q for %q lacks a policy, fingerprint, outcome or severity", f.Policy, f.Resource.ID)
		}
	}
	return nil
}
