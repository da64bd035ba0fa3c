package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// spotFleets collects what `aws ec2 describe-spot-fleet-requests` lists.
func spotFleets() collector {
	return listed(inventory.FactType{
		FactRef: ref(inventory.SpotFleet, "spot_fleet"), Action: "ec2:DescribeSpotFleetRequests",
		Meaning: "The Spot Fleet request, without user data, as `aws ec2 describe-spot-fleet-requests` prints it.",
	},
		func(item types.SpotFleetRequestConfig) *string { return item.SpotFleetRequestId },
		func(ctx context.Context, u *unit, token *string) ([]types.SpotFleetRequestConfig, *string, error) {
			out, err := u.clients.DescribeSpotFleetRequests(ctx, &ec2.DescribeSpotFleetRequestsInput{
				MaxResults: aws.Int32(pageSize), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return out.SpotFleetRequestConfigs, out.NextToken, nil
		})
}
