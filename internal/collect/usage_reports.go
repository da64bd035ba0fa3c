package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// usageReports collects what `aws ec2 describe-image-usage-reports` lists.
func usageReports() collector {
	return overlayAll(ofImage("usage_reports", "ec2:DescribeImageUsageReports",
		"The existing reports on which other accounts use the image; none is ever made: "+
			"`aws ec2 describe-image-usage-reports`."),
		func(item types.ImageUsageReport) *string { return item.ImageId },
		func(ctx context.Context, u *unit, token *string) ([]types.ImageUsageReport, *string, error) {
			out, err := u.clients.DescribeImageUsageReports(ctx, &ec2.DescribeImageUsageReportsInput{
				MaxResults: aws.Int32(pageSize), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return out.ImageUsageReports, out.NextToken, nil
		})
}
