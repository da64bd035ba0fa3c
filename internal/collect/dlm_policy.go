package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dlm"
	"github.com/aws/aws-sdk-go-v2/service/dlm/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// dlmPolicies collects each policy of Data Lifecycle Manager whole: schedules, targets and copies are not in the listing.
func dlmPolicies() collector {
	return perResource(inventory.FactType{
		FactRef: ref(inventory.DLMPolicy, "dlm_policy"), Scope: inventory.ResourceScope,
		From: []inventory.FactRef{dlmFact}, Action: "dlm:GetLifecyclePolicy",
		Meaning: "The policy of Data Lifecycle Manager: `aws dlm get-lifecycle-policy`.",
	}, func(ctx context.Context, u *unit, id string) (*types.LifecyclePolicy, error) {
		out, err := u.clients.GetLifecyclePolicy(ctx, &dlm.GetLifecyclePolicyInput{PolicyId: aws.String(id)})
		if err != nil {
			return nil, err
		}
		return out.Policy, nil
	})
}
