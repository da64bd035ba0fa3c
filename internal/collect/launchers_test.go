package collect

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/autoscaling"
	astypes "github.com/aws/aws-sdk-go-v2/service/autoscaling/types"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

const (
	keyOfFleet = "arn:aws:kms:eu-west-1:111122223333:key/of-fleet"
	roleOfASG  = "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling_team"
)

// launching answers for one launcher of each kind, each of which names things of its own, at several depths.
func launching(t *testing.T) clients {
	t.Helper()
	c := noCalls(t)
	c.DescribeLaunchTemplateVersions = serveVersions(nil, []types.LaunchTemplateVersion{templateVersion()})
	scripted(t, &c, "DescribeAutoScalingGroups", &autoscaling.DescribeAutoScalingGroupsOutput{
		AutoScalingGroups: []astypes.AutoScalingGroup{scalingGroup()},
	})
	scripted(t, &c, "DescribeLaunchConfigurations", &autoscaling.DescribeLaunchConfigurationsOutput{
		LaunchConfigurations: []astypes.LaunchConfiguration{launchConfiguration()},
	})
	scripted(t, &c, "DescribeFleets", &ec2.DescribeFleetsOutput{Fleets: []types.FleetData{fleet()}})
	scripted(t, &c, "DescribeSpotFleetRequests", &ec2.DescribeSpotFleetRequestsOutput{
		SpotFleetRequestConfigs: []types.SpotFleetRequestConfig{spotFleet()},
	})
	return c
}

// withLaunchers are facts together with all launchers.
func withLaunchers(t *testing.T, facts ...string) []inventory.FactRef {
	t.Helper()
	return closure(t, append(facts, "launch_template.template_versions", "auto_scaling_group.group",
		"launch_configuration.launch_configuration", "ec2_fleet.fleet", "spot_fleet.spot_fleet")...)
}

func templateVersion() types.LaunchTemplateVersion {
	return types.LaunchTemplateVersion{
		LaunchTemplateId: aws.String("lt-1"), LaunchTemplateName: aws.String("web"), VersionNumber: aws.Int64(2),
		DefaultVersion: aws.Bool(true),
		LaunchTemplateData: &types.ResponseLaunchTemplateData{
			ImageId: aws.String("resolve:ssm:/golden"), InstanceType: "m7i.large", KeyName: aws.String("of-template"),
			SecurityGroupIds: []string{"sg-template", "sg-both"}, SecurityGroups: []string{"by name"},
			NetworkInterfaces: []types.LaunchTemplateInstanceNetworkInterfaceSpecification{
				{Groups: []string{"sg-interface"}, SubnetId: aws.String("subnet-interface")},
			},
			IamInstanceProfile: &types.LaunchTemplateIamInstanceProfileSpecification{
				Arn: aws.String("arn:aws:iam::111122223333:instance-profile/team/of-template"),
			},
			BlockDeviceMappings: []types.LaunchTemplateBlockDeviceMapping{{Ebs: &types.LaunchTemplateEbsBlockDevice{
				SnapshotId: aws.String("snap-template"), KmsKeyId: aws.String("alias/of-template"),
			}}},
			Placement: &types.LaunchTemplatePlacement{GroupId: aws.String("pg-1")},
		},
	}
}

func scalingGroup() astypes.AutoScalingGroup {
	return astypes.AutoScalingGroup{
		AutoScalingGroupName: aws.String("group"), VPCZoneIdentifier: aws.String("subnet-g1, subnet-g2"),
		ServiceLinkedRoleARN: aws.String(roleOfASG),
		MixedInstancesPolicy: &astypes.MixedInstancesPolicy{LaunchTemplate: &astypes.LaunchTemplate{
			LaunchTemplateSpecification: &astypes.LaunchTemplateSpecification{
				LaunchTemplateId: aws.String("lt-1"), LaunchTemplateName: aws.String("web"), Version: aws.String("3"),
			},
			Overrides: []astypes.LaunchTemplateOverrides{
				{
					InstanceType: aws.String("c7g.large"), ImageId: aws.String(ami3),
					LaunchTemplateSpecification: &astypes.LaunchTemplateSpecification{
						LaunchTemplateName: aws.String("web"), Version: aws.String("5"),
					},
				},
				{LaunchTemplateSpecification: &astypes.LaunchTemplateSpecification{
					LaunchTemplateId: aws.String("lt-1"), Version: aws.String("$Latest"),
				}},
			},
		}},
	}
}

func launchConfiguration() astypes.LaunchConfiguration {
	return astypes.LaunchConfiguration{
		LaunchConfigurationName: aws.String("configuration"), ImageId: aws.String(ami2), InstanceType: aws.String("t3.nano"),
		KeyName: aws.String("of-configuration"), SecurityGroups: []string{"sg-configuration", "classic"},
		IamInstanceProfile:  aws.String("of-configuration"),
		BlockDeviceMappings: []astypes.BlockDeviceMapping{{Ebs: &astypes.Ebs{SnapshotId: aws.String("snap-configuration")}}},
	}
}

func fleet() types.FleetData {
	return types.FleetData{
		FleetId: aws.String("fleet-1"),
		LaunchTemplateConfigs: []types.FleetLaunchTemplateConfig{{
			LaunchTemplateSpecification: &types.FleetLaunchTemplateSpecification{
				LaunchTemplateName: aws.String("web"), Version: aws.String("3"),
			},
			Overrides: []types.FleetLaunchTemplateOverrides{{
				ImageId: aws.String("ami-0000000f"), InstanceType: "u-6tb1.metal", SubnetId: aws.String("subnet-fleet"),
				BlockDeviceMappings: []types.BlockDeviceMappingResponse{{Ebs: &types.EbsBlockDeviceResponse{
					KmsKeyId: aws.String(keyOfFleet), SnapshotId: aws.String("snap-template"),
				}}},
			}},
		}},
	}
}

func spotFleet() types.SpotFleetRequestConfig {
	return types.SpotFleetRequestConfig{
		SpotFleetRequestId: aws.String("sfr-1"),
		SpotFleetRequestConfig: &types.SpotFleetRequestConfigData{
			LaunchSpecifications: []types.SpotFleetLaunchSpecification{{
				ImageId: aws.String("ami-0000000e"), InstanceType: "m7i.large", KeyName: aws.String("of-spot"),
				SecurityGroups:     []types.GroupIdentifier{{GroupId: aws.String("sg-spot"), GroupName: aws.String("sg-name")}},
				SubnetId:           aws.String("subnet-s1,subnet-s2"),
				IamInstanceProfile: &types.IamInstanceProfileSpecification{Name: aws.String("of-spot")},
			}},
			LaunchTemplateConfigs: []types.LaunchTemplateConfig{{
				LaunchTemplateSpecification: &types.FleetLaunchTemplateSpecification{
					LaunchTemplateId: aws.String("lt-1"), Version: aws.String("2"),
				},
				Overrides: []types.LaunchTemplateOverrides{{InstanceType: "c7g.large"}},
			}},
		},
	}
}
