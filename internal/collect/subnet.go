package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// subnets collects what launches name: `aws ec2 describe-subnets` filtered by subnet-id.
func subnets() collector {
	id := func(item types.Subnet) *string { return item.SubnetId }
	return byName[types.Subnet]{
		FactType: inventory.FactType{
			FactRef: ref(inventory.Subnet, "subnet"), Scope: inventory.UnitScope, Action: "ec2:DescribeSubnets",
			Meaning: "A subnet that a launch or a group names, as `aws ec2 describe-subnets` prints it.",
		},
		after: launcherFacts, batch: filterBatch, id: id, owner: func(item types.Subnet) *string { return item.OwnerId },
		wanted: (*unit).subnetsNamed,
		fetch: func(ctx context.Context, u *unit, names []string) ([]types.Subnet, error) {
			return readAll(ctx, u, "ec2:DescribeSubnets", id,
				func(ctx context.Context, u *unit, token *string) ([]types.Subnet, *string, error) {
					out, err := u.clients.DescribeSubnets(ctx, &ec2.DescribeSubnetsInput{
						Filters:    []types.Filter{{Name: aws.String("subnet-id"), Values: names}},
						MaxResults: aws.Int32(pageSize), NextToken: token,
					})
					if err != nil {
						return nil, nil, err
					}
					return out.Subnets, out.NextToken, nil
				})
		},
	}.collector()
}
