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
}

// newDocument returns nothing (false) where the fact is not there.
func newDocument(r inventory.Resource, name string, fields shape) (document, any, bool, error) {
	f, err := readFact(r, name)
	if err != nil || !f.known {
		return document{denied: f.denied}, nil, f.denied, err
	}
	value, err := wireJSON(group(fields), name, f.value)
	if err != nil {
		return document{}, nil, false, err
	}
	body, err := json.Marshal(value)
	if err != nil {
		return document{}, nil, false, fmt.Errorf("%s: encode: %w", name, err)
	}
	return document{body: body}, f.value, true, nil
}

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

func (c *catalog) addKey(p inventory.Part, r inventory.Resource) error {
	d, value, ok, err := newDocument(r, "key", keyShape)
	if err != nil || !ok {
		return err
	}
	if err := sameAs(value, "key", "Arn", r.ID); err != nil {
		return err
	}
	return put(c.keys, place{p.Account, p.Region}, r.ID, d)
}

func (c *catalog) addParameter(p inventory.Part, r inventory.Resource) error {
	d, value, ok, err := newDocument(r, "parameter", parameterShape)
	if err != nil || !ok {
		return err
	}
	if err := sameAs(value, "parameter", "Name", r.ID); err != nil {
		return err
	}
	return put(c.parameters, place{p.Account, p.Region}, r.ID, d)
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
