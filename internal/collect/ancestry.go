package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// ancestries collects the chain of images that each own image was made from, back to the first that EC2 knows.
func ancestries() collector {
	return perResource(ofImage("ancestry", "ec2:GetImageAncestry",
		"The images that the image was made from, itself first: `aws ec2 get-image-ancestry`."),
		func(ctx context.Context, u *unit, id string) ([]types.ImageAncestryEntry, error) {
			out, err := u.clients.GetImageAncestry(ctx, &ec2.GetImageAncestryInput{ImageId: aws.String(id)})
			if err != nil {
				return nil, err
			}
			return append([]types.ImageAncestryEntry{}, out.ImageAncestryEntries...), nil
		})
}
