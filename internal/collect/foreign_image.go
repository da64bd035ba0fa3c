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

// foreignImages collects the images that templates name and that the account does not own. They are linked, never judged.
func foreignImages() collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: ref(inventory.ForeignImage, "image"), Scope: inventory.UnitScope, Action: "ec2:DescribeImages",
			From: []inventory.FactRef{
				ref(inventory.AMI, "image"), ref(inventory.LaunchTemplate, "template_versions"),
				ref(inventory.SSMParameter, "parameter"),
			},
			Meaning: "An image of another owner that a launch template names, as `aws ec2 describe-images` prints it.",
		},
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

// foreignIDs are the images that templates name, directly or through a parameter, and that were not collected with the
// own, sorted.
func (u *unit) foreignIDs() []string {
	var ids []string
	u.eachImageID(func(imageID string) {
		if name, ok := inventory.ParameterReference(imageID); ok {
			var p ssmtypes.Parameter
			u.value(ref(inventory.SSMParameter, "parameter"), name, &p)
			imageID = aws.ToString(p.Value)
		}
		if imageIDPattern.MatchString(imageID) {
			ids = append(ids, imageID)
		}
	})
	slices.Sort(ids)
	// A single image that was named may be a foreign one, and is there already.
	there := append(u.ids(inventory.AMI), u.ids(inventory.ForeignImage)...)
	return slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return slices.Contains(there, id) })
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
