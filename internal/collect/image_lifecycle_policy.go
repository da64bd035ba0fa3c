package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/imagebuilder"
	"github.com/aws/aws-sdk-go-v2/service/imagebuilder/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// imageLifecyclePolicies collects the lifecycle policies that deprecate, disable and delete baked images.
func imageLifecyclePolicies() collector {
	return listed(inventory.FactType{
		FactRef: ref(inventory.ImageLifecyclePolicy, "image_lifecycle_policy"), Action: "imagebuilder:ListLifecyclePolicies",
		Calls:   inventory.Calls{Least: 1, Of: inventory.ImageLifecyclePolicy, Each: builderPage},
		Meaning: "An Image Builder lifecycle policy in short, as `aws imagebuilder list-lifecycle-policies` prints it.",
	},
		func(item types.LifecyclePolicySummary) *string { return item.Arn },
		func(ctx context.Context, u *unit, token *string) ([]types.LifecyclePolicySummary, *string, error) {
			out, err := u.clients.ListLifecyclePolicies(ctx, &imagebuilder.ListLifecyclePoliciesInput{
				MaxResults: aws.Int32(builderPage), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return listOf(out.LifecyclePolicySummaryList, out.NextToken)
		})
}
