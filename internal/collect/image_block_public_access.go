package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
)

// imageBlockPublicAccess collects what `aws ec2 get-image-block-public-access-state` answers.
func imageBlockPublicAccess() collector {
	return setting("image_block_public_access", "ec2:GetImageBlockPublicAccessState",
		"Whether new public sharing of images is blocked, and who manages that: `aws ec2 get-image-block-public-access-state`.",
		func(ctx context.Context, u *unit) (*ec2.GetImageBlockPublicAccessStateOutput, error) {
			return u.clients.GetImageBlockPublicAccessState(ctx, &ec2.GetImageBlockPublicAccessStateInput{})
		})
}
