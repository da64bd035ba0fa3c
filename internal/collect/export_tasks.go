package collect

import (
	"context"
	"reflect"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// exportTasks collects what `aws ec2 describe-export-image-tasks` lists.
func exportTasks() collector {
	return overlay(inventory.FactType{
		FactRef: ref(inventory.AMI, "export_tasks"), Scope: inventory.ResourceScope,
		From: []inventory.FactRef{ref(inventory.AMI, "image")}, Action: "ec2:DescribeExportImageTasks",
		Meaning: "Tasks that exported the image, as `aws ec2 describe-export-image-tasks` prints it.",
	},
		func(item types.ExportImageTask) *string { return item.ImageId },
		func(ctx context.Context, u *unit, token *string) ([]types.ExportImageTask, *string, error) {
			out, err := u.clients.DescribeExportImageTasks(ctx, &ec2.DescribeExportImageTasksInput{
				MaxResults: aws.Int32(500), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return out.ExportImageTasks, out.NextToken, nil
		}, all[types.ExportImageTask], reflect.TypeFor[[]types.ExportImageTask]())
}
