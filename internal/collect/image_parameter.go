package collect

import (
	"context"
	"reflect"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/ssm/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// imageParameters collects the values of the account's own parameters that hold an image by their data type.
func imageParameters() collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: ref(inventory.SSMParameter, "image_parameter"), Scope: inventory.UnitScope,
			From: []inventory.FactRef{metadataFact}, Action: "ssm:GetParameters",
			Calls:   inventory.Calls{Of: inventory.SSMParameter, Each: parameterBatch},
			Meaning: "An own parameter of the data type aws:ec2:image with its value, as `aws ssm get-parameters` prints it.",
		},
		value: reflect.TypeFor[types.Parameter](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		var names []string
		for _, name := range u.ids(inventory.SSMParameter) {
			if u.fact(metadataFact, name).Status == inventory.Known {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		for batch := range slices.Chunk(names, parameterBatch) {
			u.getParameters(ctx, c.FactType, batch)
		}
		u.cover(c, nil)
		u.whole(c)
		return cancelled(ctx)
	}
	return c
}
