package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/autoscaling"
	"github.com/aws/aws-sdk-go-v2/service/autoscaling/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// autoScalingPage is the largest page that Auto Scaling gives.
const autoScalingPage = 100

// autoScalingGroups collects the groups without their instances, which are the bulk of the answer.
func autoScalingGroups() collector {
	return listed(inventory.FactType{
		FactRef: groupFact, Action: "autoscaling:DescribeAutoScalingGroups",
		Calls:   inventory.Calls{Least: 1, Of: inventory.AutoScalingGroup, Each: autoScalingPage},
		Meaning: "The Auto Scaling group as `aws autoscaling describe-auto-scaling-groups --no-include-instances` prints it.",
	},
		func(group types.AutoScalingGroup) *string { return group.AutoScalingGroupName },
		func(ctx context.Context, u *unit, token *string) ([]types.AutoScalingGroup, *string, error) {
			out, err := u.clients.DescribeAutoScalingGroups(ctx, &autoscaling.DescribeAutoScalingGroupsInput{
				IncludeInstances: aws.Bool(false), MaxRecords: aws.Int32(autoScalingPage), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return out.AutoScalingGroups, out.NextToken, nil
		})
}
