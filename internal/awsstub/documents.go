package awsstub

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"

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
	at := place{p.Account, p.Region}
	if d.denied {
		return put(c.parameters, at, r.ID, d)
	}
	name := field(value, "Name")
	if bare, _, _ := strings.Cut(r.ID, ":"); name != "" && bare != name && bare != "arn" {
		return sameAs(value, "parameter", "Name", r.ID)
	}
	if err := put(c.parameters, at, r.ID, d); err != nil {
		return err
	}
	return c.addSelected(at, r, name)
}

// addSelected lets a parameter be asked for by its version, too: SSM answers NAME:VERSION with the name and a selector
// (Systems Manager API Reference, GetParameters).
func (c *catalog) addSelected(at place, r inventory.Resource, name string) error {
	f, err := readFact(r, "parameter")
	if err != nil {
		return err
	}
	object, _ := f.value.(map[string]any)
	version, ok := object["Version"].(json.Number)
	if !ok || r.ID != name {
		return nil
	}
	selected := maps.Clone(object)
	selected["Selector"] = ":" + version.String()
	d, err := encodeDocument(selected, "parameter", parameterShape)
	if err != nil {
		return err
	}
	return put(c.selected, at, name+":"+version.String(), d)
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
