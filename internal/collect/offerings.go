package collect

import (
	"context"
	"reflect"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// offerings collects in which availability zones the types that launches name are offered.
func offerings() collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: ref(inventory.InstanceType, "offerings"), Scope: inventory.UnitScope,
			Action:  "ec2:DescribeInstanceTypeOfferings",
			Calls:   inventory.Calls{Of: inventory.InstanceType, Each: filterBatch},
			Meaning: "The availability zones that offer the instance type: `aws ec2 describe-instance-type-offerings`.",
		},
		after: launcherFacts,
		value: reflect.TypeFor[[]types.InstanceTypeOffering](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		for names := range slices.Chunk(u.instanceTypesNamed(), filterBatch) {
			list, err := u.offeringsOf(ctx, c.Action, names)
			putLists(u, c.FactType, names, list, offeredType, err)
		}
		u.cover(c, nil)
		u.whole(c)
		return cancelled(ctx)
	}
	return c
}

func offeredType(o types.InstanceTypeOffering) *string { return aws.String(string(o.InstanceType)) }

func (u *unit) offeringsOf(ctx context.Context, action string, names []string) ([]types.InstanceTypeOffering, error) {
	list, err := readAll(ctx, u, action, offeredType,
		func(ctx context.Context, u *unit, token *string) ([]types.InstanceTypeOffering, *string, error) {
			out, err := u.clients.DescribeInstanceTypeOfferings(ctx, &ec2.DescribeInstanceTypeOfferingsInput{
				LocationType: types.LocationTypeAvailabilityZone, MaxResults: aws.Int32(pageSize), NextToken: token,
				Filters: []types.Filter{{Name: aws.String("instance-type"), Values: names}},
			})
			if err != nil {
				return nil, nil, err
			}
			return out.InstanceTypeOfferings, out.NextToken, nil
		})
	slices.SortFunc(list, func(a, b types.InstanceTypeOffering) int {
		return slices.Compare([]string{string(a.InstanceType), aws.ToString(a.Location)},
			[]string{string(b.InstanceType), aws.ToString(b.Location)})
	})
	return list, err
}
