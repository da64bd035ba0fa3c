package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// securityGroups collects what launches name: `aws ec2 describe-security-groups` filtered by group-id.
func securityGroups() collector {
	id := func(item types.SecurityGroup) *string { return item.GroupId }
	return byName[types.SecurityGroup]{
		FactType: inventory.FactType{
			FactRef: ref(inventory.SecurityGroup, "security_group"), Scope: inventory.UnitScope, Action: "ec2:DescribeSecurityGroups",
			Meaning: "A security group that a launch names, as `aws ec2 describe-security-groups` prints it.",
		},
		after: launcherFacts, batch: filterBatch, id: id, owner: func(item types.SecurityGroup) *string { return item.OwnerId },
		wanted: (*unit).securityGroupsNamed,
		fetch: func(ctx context.Context, u *unit, names []string) ([]types.SecurityGroup, error) {
			return readAll(ctx, u, "ec2:DescribeSecurityGroups", id,
				func(ctx context.Context, u *unit, token *string) ([]types.SecurityGroup, *string, error) {
					out, err := u.clients.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{
						Filters:    []types.Filter{{Name: aws.String("group-id"), Values: names}},
						MaxResults: aws.Int32(pageSize), NextToken: token,
					})
					if err != nil {
						return nil, nil, err
					}
					return out.SecurityGroups, out.NextToken, nil
				})
		},
	}.collector()
}
