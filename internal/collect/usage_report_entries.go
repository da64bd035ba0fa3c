package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// usageReportEntries collects what `aws ec2 describe-image-usage-report-entries` lists.
func usageReportEntries() collector {
	return overlayAll(ofImage("usage_report_entries", "ec2:DescribeImageUsageReportEntries",
		"Which other accounts use the image, in what and how often, from the existing reports, as "+
			"`aws ec2 describe-image-usage-report-entries` prints it."),
		func(item types.ImageUsageReportEntry) *string { return item.ImageId },
		func(ctx context.Context, u *unit, token *string) ([]types.ImageUsageReportEntry, *string, error) {
			out, err := u.clients.DescribeImageUsageReportEntries(ctx, &ec2.DescribeImageUsageReportEntriesInput{
				MaxResults: aws.Int32(pageSize), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return out.ImageUsageReportEntries, out.NextToken, nil
		})
}
