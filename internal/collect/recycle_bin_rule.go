package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/rbin"

	"github.com/amiscan/amiscan/internal/inventory"
)

// recycleBinRules collects each retention rule whole: the type of resource, the tags and the status are not in the
// listing.
func recycleBinRules() collector {
	return perResource(inventory.FactType{
		FactRef: ref(inventory.RecycleBinRule, "recycle_bin_rule"), Scope: inventory.ResourceScope,
		From: []inventory.FactRef{ruleFact}, Action: "rbin:GetRule",
		Meaning: "The retention rule of the Recycle Bin: `aws rbin get-rule`.",
	}, func(ctx context.Context, u *unit, id string) (*rbin.GetRuleOutput, error) {
		return u.clients.GetRule(ctx, &rbin.GetRuleInput{Identifier: aws.String(id)})
	})
}
