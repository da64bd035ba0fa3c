package collect

import (
	"context"
	"reflect"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// storeTasks collects what `aws ec2 describe-store-image-tasks` lists.
func storeTasks() collector {
	return overlay(inventory.FactType{
		FactRef: ref(inventory.AMI, "store_tasks"), Scope: inventory.ResourceScope,
		From: []inventory.FactRef{ref(inventory.AMI, "image")}, Action: "ec2:DescribeStoreImageTasks",
		Meaning: "Tasks of the last 31 days that stored the image in S3, as `aws ec2 describe-store-image-tasks` prints it.",
	},
		func(item types.StoreImageTaskResult) *string { return item.AmiId },
		func(ctx context.Context, u *unit, token *string) ([]types.StoreImageTaskResult, *string, error) {
			out, err := u.clients.DescribeStoreImageTasks(ctx, &ec2.DescribeStoreImageTasksInput{
				MaxResults: aws.Int32(200), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return out.StoreImageTaskResults, out.NextToken, nil
		}, all[types.StoreImageTaskResult], reflect.TypeFor[[]types.StoreImageTaskResult]())
}
