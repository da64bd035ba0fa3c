package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// instanceImages collects what `aws ec2 describe-instance-image-metadata` lists.
func instanceImages() collector {
	return listed(inventory.FactType{
		FactRef: ref(inventory.Instance, "instance_image"), Action: "ec2:DescribeInstanceImageMetadata",
		Meaning: "The instance with the image that it was launched from, which stays known when the image is gone, as " +
			"`aws ec2 describe-instance-image-metadata` prints it.",
	},
		func(item types.InstanceImageMetadata) *string { return item.InstanceId },
		func(ctx context.Context, u *unit, token *string) ([]types.InstanceImageMetadata, *string, error) {
			out, err := u.clients.DescribeInstanceImageMetadata(ctx, &ec2.DescribeInstanceImageMetadataInput{
				MaxResults: aws.Int32(pageSize), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return out.InstanceImageMetadata, out.NextToken, nil
		})
}
