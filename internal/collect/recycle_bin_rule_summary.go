package collect

import (
	"context"
	"reflect"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/rbin"
	"github.com/aws/aws-sdk-go-v2/service/rbin/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

var ruleFact = ref(inventory.RecycleBinRule, "recycle_bin_rule_summary")

// ruleSummaries collects the retention rules of the Recycle Bin for images and for snapshots: a listing takes one type
// of resource (ListRules, ResourceType).
func ruleSummaries() collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: ruleFact, ListedBy: ruleFact, Scope: inventory.UnitScope, Action: "rbin:ListRules",
			Calls:   inventory.Calls{Least: 2, Of: inventory.RecycleBinRule, Each: pageSize},
			Meaning: "A retention rule of the Recycle Bin for images or snapshots, as `aws rbin list-rules` prints it.",
		},
		value: reflect.TypeFor[types.RuleSummary](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		var failed error
		for _, kind := range []types.ResourceType{types.ResourceTypeEc2Image, types.ResourceTypeEbsSnapshot} {
			list, err := u.listRules(ctx, c.Action, kind)
			for _, rule := range list {
				u.put(c.FactRef, aws.ToString(rule.Identifier), known(c.FactType, rule))
			}
			if err != nil {
				failed = err
			}
		}
		u.cover(c, failed)
		u.whole(c)
		return cancelled(ctx)
	}
	return c
}

func (u *unit) listRules(ctx context.Context, action string, kind types.ResourceType) ([]types.RuleSummary, error) {
	return readAll(ctx, u, action, func(rule types.RuleSummary) *string { return rule.Identifier },
		func(ctx context.Context, u *unit, token *string) ([]types.RuleSummary, *string, error) {
			out, err := u.clients.ListRules(ctx, &rbin.ListRulesInput{
				ResourceType: kind, MaxResults: aws.Int32(pageSize), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return listOf(out.Rules, out.NextToken)
		})
}
