package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/amiscan/amiscan/internal/finding"
)

// SchemaVersion is the version of the JSON report. docs/schema/report.schema.json describes it.
const SchemaVersion = "1"

// jsonReporter streams amiscan's own document: one finding a line, so that reports can be compared line by line.
type jsonReporter struct {
	out     *bufio.Writer
	options Options
	params  map[string]any
	rows    int
	gaps    *gapIndex
}

func newJSON(w io.Writer, options Options) Reporter {
	return &jsonReporter{out: bufio.NewWriter(w), options: options, gaps: newGapIndex()}
}

// scopeDocument is Scope as it is written: what was looked at, and what the reader must know about the view.
type scopeDocument struct {
	Scope
	OutOfScope []OutOfScope `json:"out_of_scope"`
	Warnings   []string     `json:"warnings"`
}

// evidenceDocument is Evidence as it is written; unknown times are null.
type evidenceDocument struct {
	InventorySHA256 string         `json:"inventory_sha256"`
	PoliciesSHA256  string         `json:"policies_sha256"`
	Params          map[string]any `json:"params"`
	CollectedBy     string         `json:"collected_by"`
	CollectedFrom   *time.Time     `json:"collected_from"`
	CollectedTo     *time.Time     `json:"collected_to"`
}

func (j *jsonReporter) Begin(h Header) error {
	j.params = h.Params
	scope := scopeDocument{Scope: h.Scope, OutOfScope: list(h.OutOfScope), Warnings: list(h.Warnings)}
	scope.Units, scope.Regions, scope.Images = list(scope.Units), list(scope.Regions), list(scope.Images)
	j.out.WriteByte('{')
	if err := j.members(member{"schema_version", SchemaVersion}, member{"tool", h.Tool}, member{"now", h.Now.UTC()},
		member{"scope", scope}); err != nil {
		return err
	}
	if err := j.open("policies"); err != nil {
		return err
	}
	for _, policy := range h.Policies {
		if err := j.row(filled(policy)); err != nil {
			return err
		}
	}
	j.close()
	return j.open("findings")
}

// filled gives a policy's empty lists the form that the schema promises.
func filled(p finding.Policy) finding.Policy {
	p.Controls, p.References, p.Params = list(p.Controls), list(p.References), list(p.Params)
	p.Aliases, p.Reads = list(p.Aliases), list(p.Reads)
	return p
}

func (j *jsonReporter) Finding(f finding.Finding) error {
	if f.Outcome == finding.Pass && !j.options.IncludePass {
		return nil
	}
	if f.Reason == finding.NotCollected {
		j.gaps.addFinding(f)
	}
	evidence, err := canonical(f.Evidence)
	if err != nil {
		return fmt.Errorf("evidence of %q for %q: %w", f.Policy, f.Resource.ID, err)
	}
	f.Evidence = evidence
	return j.row(f)
}

// canonical gives evidence one spelling: keys sorted, numbers untouched, bad UTF-8 replaced, which a raw message would
// otherwise carry into the report as it is.
func canonical(evidence json.RawMessage) (json.RawMessage, error) {
	if len(evidence) == 0 {
		return json.RawMessage("{}"), nil
	}
	decoder := json.NewDecoder(bytes.NewReader(evidence))
	decoder.UseNumber()
	members := map[string]any{}
	if err := decoder.Decode(&members); err != nil {
		return nil, err
	}
	if members == nil {
		return json.RawMessage("{}"), nil
	}
	return encode(members)
}

func (j *jsonReporter) End(f Footer) error {
	j.close()
	if err := j.members(member{"evidence", j.evidence(f.Evidence)}, member{"summary", summarised(f.Summary)}); err != nil {
		return err
	}
	if err := j.open("coverage"); err != nil {
		return err
	}
	for row := range f.Coverage.Rows() {
		if err := j.row(row); err != nil {
			return err
		}
	}
	j.close()
	j.gaps.cover(f.Coverage)
	if err := j.members(member{"not_seen", j.gaps.table()}, member{"warnings", list(f.Warnings)}); err != nil {
		return err
	}
	text, err := encode(f.Exit)
	if err != nil {
		return err
	}
	fmt.Fprintf(j.out, "\n \"exit\":%s\n}\n", text)
	return j.out.Flush()
}

func (j *jsonReporter) evidence(e Evidence) evidenceDocument {
	params := j.params
	if params == nil {
		params = map[string]any{}
	}
	return evidenceDocument{
		InventorySHA256: e.InventorySHA256, PoliciesSHA256: e.PoliciesSHA256, Params: params,
		CollectedBy: e.CollectedBy, CollectedFrom: known(e.CollectedFrom), CollectedTo: known(e.CollectedTo),
	}
}

// known returns the time in UTC, or nil for the zero time.
func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// summarised gives empty counts the form that the schema promises.
func summarised(s Summary) Summary {
	if s.Resources == nil {
		s.Resources = map[string]int{}
	}
	if s.BySeverity == nil {
		s.BySeverity = map[finding.Severity]int{}
	}
	return s
}

// member is one member of the document that fits on one line.
type member struct {
	name  string
	value any
}

func (j *jsonReporter) members(members ...member) error {
	for _, m := range members {
		text, err := encode(m.value)
		if err != nil {
			return fmt.Errorf("encode %s: %w", m.name, err)
		}
		fmt.Fprintf(j.out, "\n %q:%s,", m.name, text)
	}
	return nil
}

// open begins a list that is written row by row. The writer keeps its first error, so that only the last call of a
// chain needs to be looked at.
func (j *jsonReporter) open(name string) error {
	j.rows = 0
	_, err := fmt.Fprintf(j.out, "\n %q:[", name)
	return err
}

func (j *jsonReporter) row(value any) error {
	text, err := encode(value)
	if err != nil {
		return err
	}
	separator := ",\n  "
	if j.rows == 0 {
		separator = "\n  "
	}
	j.rows++
	j.out.WriteString(separator)
	_, err = j.out.Write(text)
	return err
}

func (j *jsonReporter) close() {
	if j.rows > 0 {
		j.out.WriteString("\n ")
	}
	j.out.WriteString("],")
}

// encode writes one value as JSON without line breaks. HTML is left alone: the report is no web page, and "<" is easier
// to read than its escape.
func encode(value any) ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	return escapeMarks(escapeHidden(bytes.TrimSuffix(buffer.Bytes(), []byte("\n")))), nil
}

// escapeMarks breaks up "##", which begins a command wherever it stands in a line of a pipeline's log ("##vso[…]" of
// Azure Pipelines): a report on standard output is such a log. The escape means the same character.
func escapeMarks(text []byte) []byte {
	return bytes.ReplaceAll(text, []byte("##"), []byte(`#\u0023`))
}

// escapeHidden writes characters that drive a terminal or reorder text as \u escapes. JSON asks for that below U+0020
// only; nothing is lost, and whoever prints the report is safe. Such characters stand nowhere but in strings.
func escapeHidden(text []byte) []byte {
	var out []byte
	for done := 0; ; {
		at := bytes.IndexFunc(text[done:], hidden)
		if at < 0 {
			return append(out, text[done:]...)
		}
		r, size := utf8.DecodeRune(text[done+at:])
		out = append(out, text[done:done+at]...)
		for _, unit := range utf16.Encode([]rune{r}) {
			out = fmt.Appendf(out, `\u%04x`, unit)
		}
		done += at + size
	}
}

// hidden leaves line feeds alone: outside of strings they are layout, inside they are escaped already.
func hidden(r rune) bool { return r != '\n' && !unicode.IsGraphic(r) }
