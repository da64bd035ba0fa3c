package collect

import (
	"context"
	"reflect"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// usageReportEntries collects what `aws ec2 describe-image-usage-report-entries` lists.
func usageReportEntries() collector {
	return overlay(inventory.FactType{
		FactRef: ref(inventory.AMI, "usage_report_entries"), Scope: inventory.ResourceScope,
		From: []inventory.FactRef{ref(inventory.AMI, "image")}, Action: "ec2:DescribeImageUsageReportEntries",
		Meaning: "Which other accounts use the image, in what and how often, from the existing reports, as " +
			"`aws ec2 describe-image-usage-report-entries` prints it.",
	},
		func(item types.ImageUsageReportEntry) *string { return item.ImageId },
		func(ctx context.Context, u *unit, token *string) ([]types.ImageUsageReportEntry, *string, error) {
			out, err := u.clients.DescribeImageUsageReportEntries(ctx, &ec2.DescribeImageUsageReportEntriesInput{
				MaxResults: aws.Int32(pageSize), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return out.ImageUsageReportEntries, out.NextToken, nil
		}, all[types.ImageUsageReportEntry], reflect.TypeFor[[]types.ImageUsageReportEntry]())
}
