package collect

import (
	"context"
	"reflect"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// launchPermissions collects to whom each own image is open. No listing carries it: one call an image.
func launchPermissions() collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: ref(inventory.AMI, "launch_permissions"), Scope: inventory.ResourceScope,
			From: []inventory.FactRef{ref(inventory.AMI, "image")}, Action: "ec2:DescribeImageAttribute",
			Calls:   inventory.Calls{Of: inventory.AMI, Each: 1},
			Meaning: "To whom the image is open: the LaunchPermissions of `aws ec2 describe-image-attribute`.",
		},
		value: reflect.TypeFor[[]types.LaunchPermission](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		err := each(ctx, u.ids(inventory.AMI), func(ctx context.Context, id string) {
			u.put(c.FactRef, id, u.launchPermissions(ctx, c.FactType, id))
		})
		u.cover(c, nil)
		return err
	}
	return c
}

func (u *unit) launchPermissions(ctx context.Context, c inventory.FactType, id string) inventory.Fact {
	var image types.Image
	if u.value(ref(inventory.AMI, "image"), id, &image) && image.State == types.ImageStateDisabled {
		// Disabling an image removes all its launch permissions (EC2 User Guide, "Disable an Amazon EC2 AMI").
		return inventory.Fact{Status: inventory.Known, Value: []byte("[]"), Derived: true, Action: c.Action}
	}
	out, err := call(ctx, u, c.Action, func(ctx context.Context) (*ec2.DescribeImageAttributeOutput, error) {
		return u.clients.DescribeImageAttribute(ctx, &ec2.DescribeImageAttributeInput{
			ImageId: aws.String(id), Attribute: types.ImageAttributeNameLaunchPermission,
		})
	})
	switch {
	case ErrorCode(err) == "AuthFailure":
		// EC2 answers AuthFailure for the attributes of an image that is not the caller's.
		return inventory.Fact{Status: inventory.NotVisible, Action: c.Action, Code: ErrorCode(err)}
	case err != nil:
		return gap(c, err)
	}
	return known(c, append([]types.LaunchPermission{}, out.LaunchPermissions...))
}
