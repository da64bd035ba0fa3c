package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// ec2Fleets collects what `aws ec2 describe-fleets` lists.
func ec2Fleets() collector {
	return listed(inventory.FactType{
		FactRef: ref(inventory.EC2Fleet, "fleet"), Action: "ec2:DescribeFleets",
		Meaning: "The EC2 Fleet; instant fleets are listed by id alone and are not here, as `aws ec2 describe-fleets` prints it.",
	},
		func(item types.FleetData) *string { return item.FleetId },
		func(ctx context.Context, u *unit, token *string) ([]types.FleetData, *string, error) {
			out, err := u.clients.DescribeFleets(ctx, &ec2.DescribeFleetsInput{
				MaxResults: aws.Int32(pageSize), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return out.Fleets, out.NextToken, nil
		})
}
