package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// storeTasks collects what `aws ec2 describe-store-image-tasks` lists.
func storeTasks() collector {
	return overlayAll(ofImage("store_tasks", "ec2:DescribeStoreImageTasks",
		"Tasks of the last 31 days that stored the image in S3, as `aws ec2 describe-store-image-tasks` prints it."),
		func(item types.StoreImageTaskResult) *string { return item.AmiId },
		func(ctx context.Context, u *unit, token *string) ([]types.StoreImageTaskResult, *string, error) {
			out, err := u.clients.DescribeStoreImageTasks(ctx, &ec2.DescribeStoreImageTasksInput{
				MaxResults: aws.Int32(200), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return out.StoreImageTaskResults, out.NextToken, nil
		})
}
