package main

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

// The made-up account. Its days are fixed, so that the demo shows the same today and in a year.
const (
	owner     = "111122223333"
	region    = "eu-west-1"
	observed  = "2026-11-22T12:00:00Z"
	nextMonth = "2026-12-22T12:00:00Z"
	// refused is the key that does not let itself be described.
	refused = "arn:aws:kms:eu-west-1:444455556666:key/4e2f5a10-0000-4000-8000-000000000003"
)

// estate is the account as the AWS CLI would print it.
//
//go:embed estate/*.json
var estate embed.FS

// moreFacts is what saved output has no form for, in the shapes of an inventory.
//
//go:embed facts.json
var moreFacts []byte

// account serves the estate.
func account() (*awsstub.Stub, error) {
	parts, err := readEstate()
	if err != nil {
		return nil, fmt.Errorf("read the made-up account: %w", err)
	}
	stub, err := awsstub.New(parts, awsstub.Deny("kms:DescribeKey", refused))
	if err != nil {
		return nil, fmt.Errorf("serve the made-up account: %w", err)
	}
	return stub, nil
}

func readEstate() ([]inventory.Part, error) {
	names, err := fs.Glob(estate, "estate/*.json")
	if err != nil {
		return nil, err
	}
	var inputs []inventory.Input
	for _, name := range names {
		file, err := estate.Open(name)
		if err != nil {
			return nil, err
		}
		inputs = append(inputs, inventory.Input{Name: name, Data: file.(io.Reader)})
	}
	parts, err := inventory.Import(inputs, inventory.ImportOptions{Account: owner, Region: region, Partition: "aws"})
	if err != nil {
		return nil, err
	}
	for i := range parts {
		if parts[i].Account == owner {
			err = addFacts(&parts[i])
		}
	}
	return parts, err
}

// told is what facts.json says of one resource.
type told struct {
	Kind  string                     `json:"kind"`
	ID    string                     `json:"id"`
	Facts map[string]json.RawMessage `json:"facts"`
}

// addFacts adds what facts.json tells to the resources that there are, and makes those that are missing.
func addFacts(part *inventory.Part) error {
	decoder := json.NewDecoder(bytes.NewReader(moreFacts))
	decoder.DisallowUnknownFields()
	var all []told
	if err := decoder.Decode(&all); err != nil {
		return fmt.Errorf("facts.json: %w", err)
	}
	for _, one := range all {
		r := resource(part, one.Kind, one.ID)
		for name, value := range one.Facts {
			r.Facts[name] = inventory.Fact{Status: inventory.Known, Value: value}
		}
	}
	return nil
}

// resource is the part's resource, which is made if need be.
func resource(part *inventory.Part, kind, id string) *inventory.Resource {
	for i, r := range part.Resources {
		if r.Kind == kind && r.ID == id {
			return &part.Resources[i]
		}
	}
	part.Resources = append(part.Resources, inventory.NewResource(kind, part.Unit, id))
	return &part.Resources[len(part.Resources)-1]
}
