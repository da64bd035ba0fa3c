package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// launchPermissions collects to whom each own image is open. No listing carries it: one call an image.
func launchPermissions() collector {
	return readEach[[]types.LaunchPermission](ofImage("launch_permissions", "ec2:DescribeImageAttribute",
		"To whom the image is open: the LaunchPermissions of `aws ec2 describe-image-attribute`."), launchPermissionsOf)
}

func launchPermissionsOf(ctx context.Context, u *unit, t inventory.FactType, id string) inventory.Fact {
	var image types.Image
	if u.value(ref(inventory.AMI, "image"), id, &image) && image.State == types.ImageStateDisabled {
		// Disabling an image removes all its launch permissions (EC2 User Guide, "Disable an Amazon EC2 AMI").
		return inventory.Fact{Status: inventory.Known, Value: []byte("[]"), Derived: true, Action: t.Action}
	}
	out, err := call(ctx, u, t.Action, func(ctx context.Context) (*ec2.DescribeImageAttributeOutput, error) {
		return u.clients.DescribeImageAttribute(ctx, &ec2.DescribeImageAttributeInput{
			ImageId: aws.String(id), Attribute: types.ImageAttributeNameLaunchPermission,
		})
	})
	if err != nil {
		// EC2 answers AuthFailure for the attributes of another's image. These are one's own, so it means lost credentials.
		return gap(t, err)
	}
	return known(t, append([]types.LaunchPermission{}, out.LaunchPermissions...))
}
