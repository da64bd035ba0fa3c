package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// exportTasks collects what `aws ec2 describe-export-image-tasks` lists.
func exportTasks() collector {
	return overlayAll(ofImage("export_tasks", "ec2:DescribeExportImageTasks",
		"Tasks that exported the image, as `aws ec2 describe-export-image-tasks` prints it."),
		func(item types.ExportImageTask) *string { return item.ImageId },
		func(ctx context.Context, u *unit, token *string) ([]types.ExportImageTask, *string, error) {
			out, err := u.clients.DescribeExportImageTasks(ctx, &ec2.DescribeExportImageTasksInput{
				MaxResults: aws.Int32(500), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return out.ExportImageTasks, out.NextToken, nil
		})
}
