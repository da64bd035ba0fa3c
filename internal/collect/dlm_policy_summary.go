package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/dlm"
	"github.com/aws/aws-sdk-go-v2/service/dlm/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

var dlmFact = ref(inventory.DLMPolicy, "dlm_policy_summary")

// dlmPolicySummaries collects the policies of Data Lifecycle Manager. The operation has no pages.
func dlmPolicySummaries() collector {
	return listed(inventory.FactType{
		FactRef: dlmFact, Action: "dlm:GetLifecyclePolicies",
		Calls:   inventory.Calls{Least: 1},
		Meaning: "A policy of Data Lifecycle Manager in short, as `aws dlm get-lifecycle-policies` prints it.",
	},
		func(item types.LifecyclePolicySummary) *string { return item.PolicyId },
		func(ctx context.Context, u *unit, _ *string) ([]types.LifecyclePolicySummary, *string, error) {
			out, err := u.clients.GetLifecyclePolicies(ctx, &dlm.GetLifecyclePoliciesInput{})
			if err != nil {
				return nil, nil, err
			}
			return listOf(out.Policies, nil)
		})
}
