package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// fastLaunch collects what `aws ec2 describe-fast-launch-images` lists.
func fastLaunch() collector {
	return overlayOne(ofImage("fast_launch", "ec2:DescribeFastLaunchImages",
		"How fast launch is set up for a Windows image; not_found where it is off: `aws ec2 describe-fast-launch-images`."),
		func(item types.DescribeFastLaunchImagesSuccessItem) *string { return item.ImageId },
		func(ctx context.Context, u *unit, token *string) ([]types.DescribeFastLaunchImagesSuccessItem, *string, error) {
			out, err := u.clients.DescribeFastLaunchImages(ctx, &ec2.DescribeFastLaunchImagesInput{
				MaxResults: aws.Int32(200), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return out.FastLaunchImages, out.NextToken, nil
		})
}
