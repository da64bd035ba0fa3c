package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// recycledImages collects what `aws ec2 list-images-in-recycle-bin` lists.
func recycledImages() collector {
	return listed(inventory.FactType{
		FactRef: ref(inventory.RecycledImage, "recycled_image"), Action: "ec2:ListImagesInRecycleBin",
		Meaning: "An image in the Recycle Bin, as `aws ec2 list-images-in-recycle-bin` prints it.",
	},
		func(item types.ImageRecycleBinInfo) *string { return item.ImageId },
		func(ctx context.Context, u *unit, token *string) ([]types.ImageRecycleBinInfo, *string, error) {
			out, err := u.clients.ListImagesInRecycleBin(ctx, &ec2.ListImagesInRecycleBinInput{
				MaxResults: aws.Int32(pageSize), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return out.Images, out.NextToken, nil
		})
}
