package awsstub

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/amiscan/amiscan/internal/inventory"
)

// document is one object of a JSON service, written in advance, or the fact that its owner may not read it.
type document struct {
	body   json.RawMessage
	denied bool
	// fields are the scalars of the object under the names of the inventory, for filters.
	fields map[string]string
}

// newDocument returns nothing (false) where the fact is not there.
func newDocument(r inventory.Resource, name string, fields shape) (document, any, bool, error) {
	f, err := readFact(r, name)
	if err != nil || !f.known {
		return document{denied: f.denied}, nil, f.denied, err
	}
	d, err := encodeDocument(f.value, name, fields)
	return d, f.value, err == nil, err
}

func encodeDocument(value any, path string, fields shape) (document, error) {
	wire, err := wireJSON(group(fields), path, value)
	if err != nil {
		return document{}, err
	}
	body, err := json.Marshal(wire)
	if err != nil {
		return document{}, fmt.Errorf("%s: encode: %w", path, err)
	}
	return document{body: body}, nil
}

// isThere reports whether there is a document at all, be it one that its owner may not read.
func (d document) isThere() bool { return d.denied || d.body != nil }

// put keeps a document at its place.
func put(documents map[place]map[string]document, at place, id string, d document) error {
	if documents[at] == nil {
		documents[at] = map[string]document{}
	}
	if _, ok := documents[at][id]; ok {
		return errors.New("it is there twice")
	}
	documents[at][id] = d
	return nil
}

// addOrganization keeps what one account sees of its organization; several regions may hold it.
func (c *catalog) addOrganization(p inventory.Part, r inventory.Resource) error {
	d, value, ok, err := newDocument(r, "organization", organizationShape)
	if err != nil || !ok {
		return err
	}
	c.organizations[p.Account] = d
	c.organizationARNs[p.Account] = field(value, "Arn")
	return nil
}
