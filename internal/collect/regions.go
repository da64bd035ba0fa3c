package collect

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
)

// Regions returns the regions that the account has enabled, sorted.
func (a *Account) Regions(ctx context.Context, trace func(action string, err error)) ([]string, error) {
	limited, cancel := context.WithTimeout(ctx, doorPatience.answer)
	defer cancel()
	client := ec2.NewFromConfig(checked(a.in(a.Region), genuineXML))
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

// Region is a region of the partition.
type Region struct {
	Name string
	// Everywhere says that every account has it enabled from the start.
	Everywhere bool
}

// PartitionRegions returns all regions that accounts of the partition may enable, sorted by name.
func (a *Account) PartitionRegions(ctx context.Context, trace func(action string, err error)) ([]Region, error) {
	limited, cancel := context.WithTimeout(ctx, doorPatience.answer)
	defer cancel()
	client := ec2.NewFromConfig(checked(a.in(a.Region), genuineXML))
	out, err := client.DescribeRegions(limited, &ec2.DescribeRegionsInput{AllRegions: aws.Bool(true)})
	trace("ec2:DescribeRegions", err)
	if err != nil {
		return nil, fmt.Errorf("list the regions of the partition: %w", err)
	}
	var all []Region
	for _, region := range out.Regions {
		if name := aws.ToString(region.RegionName); name != "" {
			all = append(all, Region{Name: name, Everywhere: aws.ToString(region.OptInStatus) == "opt-in-not-required"})
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("list the regions of the partition: the answer names none")
	}
	slices.SortFunc(all, func(a, b Region) int { return strings.Compare(a.Name, b.Name) })
	return all, nil
}
