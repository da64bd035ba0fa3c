package collect

import (
	"context"
	"reflect"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	ssmtypes "github.com/aws/aws-sdk-go-v2/service/ssm/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// foreignImages collects the images that launches and parameters name and that the account does not own. They are linked,
// never judged.
func foreignImages() collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: ref(inventory.ForeignImage, "image"), Scope: inventory.UnitScope, Action: "ec2:DescribeImages",
			Calls:   inventory.Calls{Of: inventory.ForeignImage, Each: filterBatch},
			From:    []inventory.FactRef{ref(inventory.AMI, "image")},
			Meaning: "An image of another owner that a launch or a parameter names, as `aws ec2 describe-images` prints it.",
		},
		after: append([]inventory.FactRef{
			ref(inventory.SSMParameter, "parameter"), ref(inventory.SSMParameter, "image_parameter"),
		}, launcherFacts...),
		value: reflect.TypeFor[types.Image](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		for batch := range slices.Chunk(u.foreignIDs(), filterBatch) {
			u.describeForeign(ctx, c.FactType, batch)
		}
		u.cover(c, nil)
		u.whole(c)
		return cancelled(ctx)
	}
	return c
}

// foreignIDs are the images that launches and parameters name and that were not collected with the own, sorted.
func (u *unit) foreignIDs() []string {
	ids := u.named("ImageId")
	for _, name := range u.ids(inventory.SSMParameter) {
		for _, fact := range []string{"parameter", "image_parameter"} {
			var p ssmtypes.Parameter
			u.value(ref(inventory.SSMParameter, fact), name, &p)
			ids = append(ids, aws.ToString(p.Value))
		}
	}
	slices.Sort(ids)
	// A single image that was named may be a foreign one, and is there already.
	there := append(u.ids(inventory.AMI), u.ids(inventory.ForeignImage)...)
	return slices.DeleteFunc(slices.Compact(ids), func(id string) bool {
		return !imageIDPattern.MatchString(id) || slices.Contains(there, id)
	})
}

// describeForeign looks images up. Absence says that this account cannot see the image, not why.
func (u *unit) describeForeign(ctx context.Context, c inventory.FactType, ids []string) {
	list, err := u.imagesNamed(ctx, ids)
	for _, id := range ids {
		i := slices.IndexFunc(list, func(image types.Image) bool { return aws.ToString(image.ImageId) == id })
		switch {
		case i >= 0:
			u.putOwned(c.FactRef, id, aws.ToString(list[i].OwnerId), known(c, list[i]))
		case err != nil:
			u.putOwned(c.FactRef, id, "", gap(c, err))
		default:
			u.putOwned(c.FactRef, id, "", inventory.Fact{Status: inventory.NotVisible, Action: c.Action})
		}
	}
}
