package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
)

// allowedImages collects what `aws ec2 get-allowed-images-settings` answers.
func allowedImages() collector {
	return setting("allowed_images", "ec2:GetAllowedImagesSettings",
		"Which images may be found and launched, and who manages that, as `aws ec2 get-allowed-images-settings` prints it.",
		func(ctx context.Context, u *unit) (*ec2.GetAllowedImagesSettingsOutput, error) {
			return u.clients.GetAllowedImagesSettings(ctx, &ec2.GetAllowedImagesSettingsInput{})
		})
}
