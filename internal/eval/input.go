package eval

import (
	"bytes"
	"fmt"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
)

// document is one resource in OPA's terms, converted once and shared by all policies.
type document struct {
	link.Document
	// values are the facts that are known, partial the known part of lists that are not whole.
	values  map[string]*ast.Term
	partial map[string]*ast.Term
	// identity are the keys of input that are no facts.
	identity [][2]*ast.Term
	status   map[string]inventory.Status
}

// newDocument converts the facts that some policy may read. A value that is not valid JSON is an error of the inventory.
func newDocument(d link.Document, facts []string, now time.Time) (*document, error) {
	doc := &document{
		Document: d, values: map[string]*ast.Term{}, partial: map[string]*ast.Term{}, status: map[string]inventory.Status{},
		identity: identity(d, now),
	}
	for _, name := range facts {
		fact := d.Resource.Fact(name)
		doc.status[name] = fact.Status
		if fact.Status == inventory.Known && isEmpty(fact.Value) {
			return nil, fmt.Errorf("read fact %q of %s %q: known, but without a value", name, d.Resource.Kind, d.Resource.ID)
		}
		if len(fact.Value) == 0 {
			continue
		}
		value, err := ast.ValueFromReader(bytes.NewReader(fact.Value))
		if err != nil {
			return nil, fmt.Errorf("read fact %q of %s %q: %w", name, d.Resource.Kind, d.Resource.ID, err)
		}
		if fact.Status == inventory.Known {
			doc.values[name] = ast.NewTerm(value)
		} else if !fact.Status.IsAnswer() {
			doc.partial[name] = ast.NewTerm(value)
		}
	}
	return doc, nil
}

// isEmpty reports whether there is no value: to a policy, a known fact without one would look like an empty answer.
func isEmpty(value []byte) bool {
	return len(value) == 0 || bytes.Equal(bytes.TrimSpace(value), []byte("null"))
}

// identity is what a policy knows of every resource. unit_account is who saw it: not always who owns it.
func identity(d link.Document, now time.Time) [][2]*ast.Term {
	r := d.Resource
	pair := func(key, value string) [2]*ast.Term {
		return ast.Item(ast.StringTerm(key), ast.StringTerm(value))
	}
	return [][2]*ast.Term{
		pair("kind", r.Kind), pair("id", r.ID), pair("arn", r.ARN), pair("partition", r.Partition),
		pair("account", r.Account), pair("unit_account", seenIn(d).Account), pair("region", r.Region),
		pair("now", now.UTC().Format(time.RFC3339)),
	}
}

// seenIn is the unit that a resource was read in; where nobody says, its own.
func seenIn(d link.Document) inventory.Unit {
	if d.Unit == (inventory.Unit{}) {
		return d.Resource.Unit
	}
	return d.Unit
}

func (d *document) seenIn() inventory.Unit { return seenIn(d.Document) }

// input builds what policies see. halves are the facts of which the known part is passed in as if it were whole.
func (d *document) input(halves []string) *ast.Term {
	pairs := append([][2]*ast.Term{}, d.identity...)
	for name, value := range d.values {
		pairs = append(pairs, ast.Item(ast.StringTerm(name), value))
	}
	for _, name := range halves {
		if value, ok := d.partial[name]; ok {
			pairs = append(pairs, ast.Item(ast.StringTerm(name), value))
		}
	}
	var statuses [][2]*ast.Term
	for name, status := range d.status {
		statuses = append(statuses, ast.Item(ast.StringTerm(name), ast.StringTerm(string(status))))
	}
	pairs = append(pairs, ast.Item(ast.StringTerm("status"), ast.ObjectTerm(statuses...)))
	return ast.ObjectTerm(pairs...)
}

// gaps are those of the named facts that are no answer.
func (d *document) gaps(facts []string) []string {
	var names []string
	for _, name := range facts {
		if !d.status[name].IsAnswer() {
			names = append(names, name)
		}
	}
	return names
}

// unknowns are the references that partial evaluation must not look behind. The status of a gap is unknown as well, since
// it would be another had the fact been read; but not_visible is AWS's own word and stays readable.
func (d *document) unknowns(gaps []string) []*ast.Term {
	var terms []*ast.Term
	for _, name := range gaps {
		terms = append(terms, ast.NewTerm(ast.InputRootRef.Append(ast.StringTerm(name))))
		if d.status[name] != inventory.NotVisible {
			status := ast.InputRootRef.Append(ast.StringTerm("status")).Append(ast.StringTerm(name))
			terms = append(terms, ast.NewTerm(status))
		}
	}
	return terms
}
