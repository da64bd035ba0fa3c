package collect

import (
	"context"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
)

// Regions returns the regions that the account has enabled, sorted.
func (a *Account) Regions(ctx context.Context, trace func(action string, err error)) ([]string, error) {
	limited, cancel := context.WithTimeout(ctx, doorPatience.answer)
	defer cancel()
	client := ec2.NewFromConfig(checked(a.config, genuineXML))
	out, err := client.DescribeRegions(limited, &ec2.DescribeRegionsInput{})
	trace("ec2:DescribeRegions", err)
	if err != nil {
		return nil, fmt.Errorf("list the regions of account %s: %w", a.ID, err)
	}
	var names []string
	for _, region := range out.Regions {
		if name := aws.ToString(region.RegionName); name != "" {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("list the regions of account %s: the answer names none", a.ID)
	}
	slices.Sort(names)
	return names, nil
}
