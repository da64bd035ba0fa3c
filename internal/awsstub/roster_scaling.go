package awsstub

import "github.com/amiscan/amiscan/internal/inventory"

// scalingPages is how Auto Scaling's listings are read: 50 a page where nothing is asked for, 100 at most (Auto Scaling
// API Reference, DescribeAutoScalingGroups and DescribeLaunchConfigurations).
func scalingPages() paging {
	return paging{size: "MaxRecords", token: "NextToken", largest: 100, unpaged: 50,
		badSize: "ValidationError", badToken: "InvalidNextToken"}
}

// scalingRosters are the listings of Auto Scaling. A name that does not exist is left out of an answer without a word.
func scalingRosters() []roster {
	return []roster{
		{action: "autoscaling:DescribeAutoScalingGroups", kind: inventory.AutoScalingGroup, fact: "group",
			idField: "AutoScalingGroupName", fields: scalingGroupShape, element: "AutoScalingGroups", pages: scalingPages(),
			names: []naming{{parameter: "AutoScalingGroupNames.member", field: "AutoScalingGroupName", most: 100}},
			more:  []string{"IncludeInstances", "IncludeManagedResources"}},
		{action: "autoscaling:DescribeLaunchConfigurations", kind: inventory.LaunchConfiguration, fact: "launch_configuration",
			idField: "LaunchConfigurationName", fields: launchConfigurationShape, element: "LaunchConfigurations",
			pages: scalingPages(),
			names: []naming{{parameter: "LaunchConfigurationNames.member", field: "LaunchConfigurationName", most: 50}}},
	}
}
