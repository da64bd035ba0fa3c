package awsstub

import (
	"fmt"
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

// documentFact is a fact that is one document of a JSON service, as it is listed or asked for by the id of its resource.
type documentFact struct {
	kind, fact string
	// idField is the field that repeats the resource's id; empty where none does.
	idField string
	fields  shape
	// isListed says that the fact comes from a listing, in which there is nothing that is not visible.
	isListed bool
}

// documentFacts are all of them.
var documentFacts = slices.Concat(imageBuilderFacts(), lifecycleFacts(), parameterFacts(), trailFacts())

// documentFactsOf are those of one kind of resource.
func documentFactsOf(kind string) (some []documentFact) {
	for _, f := range documentFacts {
		if f.kind == kind {
			some = append(some, f)
		}
	}
	return some
}

// documentFactNames are their names.
func documentFactNames(kind string) (facts []string) {
	for _, f := range documentFactsOf(kind) {
		facts = append(facts, f.fact)
	}
	return facts
}

// addDocuments keeps the documents that a resource has.
func (c *catalog) addDocuments(p inventory.Part, r inventory.Resource) error {
	for _, f := range documentFactsOf(r.Kind) {
		d, err := f.read(r)
		if err != nil {
			return err
		}
		if !d.isThere() {
			continue
		}
		if c.documents[f.fact] == nil {
			c.documents[f.fact] = map[place]map[string]document{}
		}
		if err := put(c.documents[f.fact], place{p.Account, p.Region}, r.ID, d); err != nil {
			return fmt.Errorf("%s: %w", f.fact, err)
		}
	}
	return nil
}

func (f documentFact) read(r inventory.Resource) (document, error) {
	if f.isListed && r.Facts[f.fact].Status == inventory.NotVisible {
		return document{}, nil
	}
	d, value, _, err := newDocument(r, f.fact, f.fields)
	if err != nil {
		return document{}, err
	}
	d.fields = flatFields(value)
	return d, sameAs(value, f.fact, f.idField, r.ID)
}
