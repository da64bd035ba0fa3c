package collect

import (
	"context"
	"reflect"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// fastLaunch collects what `aws ec2 describe-fast-launch-images` lists.
func fastLaunch() collector {
	return overlay(inventory.FactType{
		FactRef: ref(inventory.AMI, "fast_launch"), Scope: inventory.ResourceScope,
		From: []inventory.FactRef{ref(inventory.AMI, "image")}, Action: "ec2:DescribeFastLaunchImages",
		Meaning: "How fast launch is set up for a Windows image; not_found where it is off: `aws ec2 describe-fast-launch-images`.",
	},
		func(item types.DescribeFastLaunchImagesSuccessItem) *string { return item.ImageId },
		func(ctx context.Context, u *unit, token *string) ([]types.DescribeFastLaunchImagesSuccessItem, *string, error) {
			out, err := u.clients.DescribeFastLaunchImages(ctx, &ec2.DescribeFastLaunchImagesInput{
				MaxResults: aws.Int32(200), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return out.FastLaunchImages, out.NextToken, nil
		}, only[types.DescribeFastLaunchImagesSuccessItem], reflect.TypeFor[types.DescribeFastLaunchImagesSuccessItem]())
}
