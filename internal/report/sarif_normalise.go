package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/owenrumney/go-sarif/v2/sarif"
)

// logWriter writes a log of one run, one normaliser for everything: each part goes through a generic tree, so that
// go-sarif's null members are dropped, what it has no member for is put in, and keys are sorted. go-sarif's own writers
// do none of this, and its WriteFile does not truncate. The tool comes before the results, for readers that stream.
type logWriter struct {
	out  *bufio.Writer
	rows int
}

func newLogWriter(w io.Writer) *logWriter { return &logWriter{out: bufio.NewWriter(w)} }

// begin writes everything of a run that is known before its results. The relationships are those of rules, by id.
func (l *logWriter) begin(run *sarif.Run, relationships map[string][]any) error {
	tree, err := pruned(run)
	if err != nil {
		return fmt.Errorf("normalise run: %w", err)
	}
	delete(tree, "results")
	if err := relate(tree, relationships); err != nil {
		return fmt.Errorf("normalise run: %w", err)
	}
	fmt.Fprintf(l.out, "{\n \"$schema\": %q,\n \"version\": %q,\n \"runs\": [\n  {", sarifSchema, sarif.Version210)
	for _, name := range slices.Sorted(maps.Keys(tree)) {
		if err := l.member(name, tree[name]); err != nil {
			return fmt.Errorf("normalise %s: %w", name, err)
		}
	}
	_, err = l.out.WriteString("\n   \"results\": [")
	return err
}

// relate puts the relationships of rules into the run's tree.
func relate(tree map[string]any, relationships map[string][]any) error {
	tool, _ := tree["tool"].(map[string]any)
	driver, _ := tool["driver"].(map[string]any)
	descriptors, ok := driver["rules"].([]any)
	if !ok {
		return errors.New("a driver has rules")
	}
	for _, descriptor := range descriptors {
		rule, _ := descriptor.(map[string]any)
		id, _ := rule["id"].(string)
		if related := relationships[id]; len(related) > 0 {
			rule["relationships"] = related
		}
	}
	return nil
}

func (l *logWriter) member(name string, value any) error {
	text, err := indented(value, "   ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(l.out, "\n   %q: %s,", name, text)
	return err
}

// result writes one result; of defaults those members are written that it lacks.
func (l *logWriter) result(result *sarif.Result, defaults map[string]any) error {
	tree, err := pruned(result)
	if err != nil {
		return fmt.Errorf("normalise result of %q: %w", *result.RuleID, err)
	}
	for name, value := range defaults {
		if _, there := tree[name]; !there {
			tree[name] = value
		}
	}
	text, err := indented(tree, "    ")
	if err != nil {
		return fmt.Errorf("normalise result of %q: %w", *result.RuleID, err)
	}
	if l.rows++; l.rows > 1 {
		l.out.WriteByte(',')
	}
	_, err = fmt.Fprintf(l.out, "\n    %s", text)
	return err
}

// end writes what is known only after the results.
func (l *logWriter) end(invocation *sarif.Invocation) error {
	tree, err := pruned(invocation)
	if err != nil {
		return fmt.Errorf("normalise invocation: %w", err)
	}
	text, err := indented([]any{tree}, "   ")
	if err != nil {
		return fmt.Errorf("normalise invocation: %w", err)
	}
	if l.rows > 0 {
		l.out.WriteString("\n   ")
	}
	fmt.Fprintf(l.out, "],\n   \"invocations\": %s\n  }\n ]\n}\n", text)
	return l.out.Flush()
}

// pruned turns a go-sarif value into a tree without null members. Numbers keep their digits.
func pruned(value any) (map[string]any, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	tree := map[string]any{}
	if err := decoder.Decode(&tree); err != nil {
		return nil, err
	}
	dropNulls(tree)
	return tree, nil
}

// dropNulls removes members that go-sarif writes as null for want of omitempty; the schema refuses them everywhere.
func dropNulls(node any) {
	switch node := node.(type) {
	case map[string]any:
		for key, value := range node {
			if value == nil {
				delete(node, key)
				continue
			}
			dropNulls(value)
		}
	case []any:
		for _, value := range node {
			dropNulls(value)
		}
	}
}

// indented encodes a value that stands behind a prefix; the first line gets none.
func indented(value any, prefix string) ([]byte, error) {
	text, err := encode(value)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = json.Indent(&out, text, prefix, " ")
	return out.Bytes(), err
}
