package report

import (
	"fmt"
	"io"
	"time"

	"github.com/amiscan/amiscan/internal/finding"
)

// Comparison is what changed between two reports.
type Comparison struct {
	// Before and After name the reports and say as of when they judged.
	Before  Compared         `json:"before"`
	After   Compared         `json:"after"`
	Changes []finding.Change `json:"changes"`
	// Same counts the findings that fail as before.
	Same int `json:"same"`
}

// Compared is one of two reports.
type Compared struct {
	Name string    `json:"name"`
	Now  time.Time `json:"now"`
	// Exit is how that run ended.
	Exit Exit `json:"exit"`
}

// DiffFormats are the formats of a comparison, the default first.
func DiffFormats() []string { return []string{"text", "json"} }

// WriteDiff writes a comparison in one of DiffFormats.
func WriteDiff(w io.Writer, format string, c Comparison, options Options) error {
	switch format {
	case "text":
		return writeTextDiff(w, c, options)
	case "json":
		return writeJSONDiff(w, c)
	}
	return fmt.Errorf("diff format %q is none of text, json", format)
}

// writeJSONDiff writes one object, on one line.
func writeJSONDiff(w io.Writer, c Comparison) error {
	text, err := encode(struct {
		SchemaVersion string `json:"schema_version"`
		Comparison
	}{SchemaVersion, Comparison{c.Before, c.After, list(c.Changes), c.Same}})
	if err != nil {
		return fmt.Errorf("encode comparison: %w", err)
	}
	_, err = fmt.Fprintf(w, "%s\n", text)
	return err
}

// diffTitles say what each kind of change means.
func diffTitles() map[finding.ChangeKind]string {
	return map[finding.ChangeKind]string{
		finding.New: "NEW", finding.Changed: "CHANGED", finding.Fixed: "FIXED",
		finding.NoLongerObserved: "NO LONGER OBSERVED (not seen is not fixed)",
	}
}

func writeTextDiff(w io.Writer, c Comparison, options Options) error {
	p := newPage(w, options)
	p.paragraph(0, fmt.Sprintf("%s (%s) -> %s (%s)", clean(c.Before.Name, maxName), c.Before.Now.UTC().Format(textTime),
		clean(c.After.Name, maxName), c.After.Now.UTC().Format(textTime)))
	for _, side := range []Compared{c.Before, c.After} {
		if !side.Exit.whole() {
			p.labelled(0, "warning:", fmt.Sprintf("%s is not whole: %s", clean(side.Name, maxName), exitLine(side.Exit)))
		}
	}
	counts := map[finding.ChangeKind]int{}
	for _, change := range c.Changes {
		if counts[change.Kind] == 0 {
			p.heading(diffTitles()[change.Kind])
		}
		counts[change.Kind]++
		writeChange(p, change)
	}
	p.line(0, "")
	p.paragraph(0, fmt.Sprintf("%d new, %d changed, %d fixed, %d no longer observed, %d as before", counts[finding.New],
		counts[finding.Changed], counts[finding.Fixed], counts[finding.NoLongerObserved], c.Same))
	return p.flush()
}

func writeChange(p page, change finding.Change) {
	f := change.Latest()
	p.linef(2, "%s %s", p.severity(f.Severity), clean(f.Policy, maxName))
	p.paragraph(4, resourceTitle(f.Resource))
	p.paragraph(4, clean(f.Message, maxMessage))
	if change.Why != "" {
		p.labelled(4, "why:", clean(change.Why, maxMessage))
	}
}
