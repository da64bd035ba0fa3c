package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// keyPairs collects what launches name: `aws ec2 describe-key-pairs` filtered by key-name.
func keyPairs() collector {
	id := func(item types.KeyPairInfo) *string { return item.KeyName }
	return byName[types.KeyPairInfo]{
		FactType: inventory.FactType{
			FactRef: ref(inventory.KeyPair, "key_pair"), Scope: inventory.UnitScope, Action: "ec2:DescribeKeyPairs",
			Meaning: "A key pair that a launch names, without the public key, as `aws ec2 describe-key-pairs` prints it.",
		},
		after: launcherFacts, batch: filterBatch, id: id,
		wanted: (*unit).keyPairsNamed,
		fetch: func(ctx context.Context, u *unit, names []string) ([]types.KeyPairInfo, error) {
			return readAll(ctx, u, "ec2:DescribeKeyPairs", id,
				func(ctx context.Context, u *unit, _ *string) ([]types.KeyPairInfo, *string, error) {
					out, err := u.clients.DescribeKeyPairs(ctx, &ec2.DescribeKeyPairsInput{
						Filters: []types.Filter{{Name: aws.String("key-name"), Values: names}},
					})
					if err != nil {
						return nil, nil, err
					}
					return out.KeyPairs, nil, nil
				})
		},
	}.collector()
}
