package collect

import (
	"context"
	"reflect"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

var trailFact = ref(inventory.Trail, "trail")

// trails collects the trails that record a region: its own, and the shadows of trails of other regions and of the
// organization (DescribeTrails, IncludeShadowTrails). Each stands under its own ARN and belongs to the account in it.
func trails() collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: trailFact, ListedBy: trailFact, Scope: inventory.UnitScope, Action: "cloudtrail:DescribeTrails",
			Calls:   inventory.Calls{Least: 1},
			Meaning: "A trail that covers the region, wherever it was made, as `aws cloudtrail describe-trails` prints it.",
		},
		value: reflect.TypeFor[types.Trail](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		list, err := u.describeTrails(ctx, c.Action)
		for _, trail := range list {
			id := aws.ToString(trail.TrailARN)
			u.putOwned(c.FactRef, id, ownerOf(id, u.Account), known(c.FactType, trail))
		}
		u.cover(c, err)
		u.whole(c)
		return cancelled(ctx)
	}
	return c
}

// describeTrails is one call: the operation has no pages.
func (u *unit) describeTrails(ctx context.Context, action string) ([]types.Trail, error) {
	return readAll(ctx, u, action, func(t types.Trail) *string { return t.TrailARN },
		func(ctx context.Context, u *unit, _ *string) ([]types.Trail, *string, error) {
			out, err := u.clients.DescribeTrails(ctx, &cloudtrail.DescribeTrailsInput{IncludeShadowTrails: aws.Bool(true)})
			if err != nil {
				return nil, nil, err
			}
			return listOf(out.TrailList, nil)
		})
}
