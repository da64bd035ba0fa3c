package main

import (
	"embed"
	"fmt"
	"io"
	"io/fs"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

// The made-up account. Its day is fixed, so that the demo shows the same today and in a year.
const (
	owner    = "111122223333"
	region   = "eu-west-1"
	observed = "2026-11-22T12:00:00Z"
	// refused is the key that does not let itself be described.
	refused = "arn:aws:kms:eu-west-1:444455556666:key/4e2f5a10-0000-4000-8000-000000000003"
)

// estate is the account as the AWS CLI would print it.
//
//go:embed estate/*.json
var estate embed.FS

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
			parts[i].Resources = append(parts[i].Resources, organization(parts[i].Unit))
		}
	}
	return parts, nil
}

// organization is what saved output has no form for: the account's own organization.
func organization(u inventory.Unit) inventory.Resource {
	settings := inventory.NewResource(inventory.Settings, u, u.Account+"/"+u.Region)
	settings.Facts["organization"] = inventory.Fact{Status: inventory.Known, Value: []byte(
		`{"Id":"o-demo123456","Arn":"arn:aws:organizations::111122223333:organization/o-demo123456",` +
			`"FeatureSet":"ALL","MasterAccountId":"111122223333",` +
			`"MasterAccountArn":"arn:aws:organizations::111122223333:account/o-demo123456/111122223333"}`)}
	return settings
}
