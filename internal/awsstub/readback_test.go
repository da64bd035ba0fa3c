package awsstub_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/autoscaling"
	scalingtypes "github.com/aws/aws-sdk-go-v2/service/autoscaling/types"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

// readBack is one call: what is served, and how the SDK reads it.
type readBack struct {
	name, kind, id, fact string
	// value is the fact; read returns what the SDK makes of it, as the same type.
	value any
	read  func(context.Context, aws.Config) (any, error)
}

// TestSDKReadsEveryFieldOfRosters serves every fact with all fields set and reads it back with the SDK.
func TestSDKReadsEveryFieldOfRosters(t *testing.T) {
	t.Parallel()
	for round := range rounds {
		for _, test := range readBacks(round) {
			t.Run(fmt.Sprintf("%s, round %d", test.name, round), func(t *testing.T) {
				t.Parallel()
				_, url := serve(t, []inventory.Part{part(ours, ireland, served(test, test.value))})
				got, err := test.read(t.Context(), config(url, ourKey, ireland))
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(test.value, got, ignoreMarker()); diff != "" {
					t.Errorf("served and read differ (-served +read):\n%s", diff)
				}
			})
		}
	}
}

func readBacks(round int) []readBack {
	var all []readBack
	for _, some := range [][]readBack{
		settingReads(round), launcherReads(round), instanceReads(round), networkReads(round), snapshotReads(round),
		imageReads(round), taskReads(round),
	} {
		all = append(all, some...)
	}
	return all
}

// only returns the single member of a list; what is not alone was read wrongly.
func only[T any](list []T, err error) (any, error) {
	if err == nil && len(list) != 1 {
		err = fmt.Errorf("read %d items, want 1", len(list))
	}
	if err != nil {
		return nil, err
	}
	return list[0], nil
}

// The outputs of the settings' calls, without what the SDK adds.
type (
	imageBlock struct {
		ImageBlockPublicAccessState *string
		ManagedBy                   types.ManagedBy
	}
	snapshotBlock struct {
		State     types.SnapshotBlockPublicAccessState
		ManagedBy types.ManagedBy
	}
	ebsEncryption struct {
		EbsEncryptionByDefault *bool
		SseType                types.SSEType
	}
	ebsKey        struct{ KmsKeyId *string }
	allowedImages struct {
		State         *string
		ManagedBy     types.ManagedBy
		ImageCriteria []types.ImageCriterion
	}
	serialConsole struct {
		SerialConsoleAccessEnabled *bool
		ManagedBy                  types.ManagedBy
	}
)

func settingReads(round int) []readBack {
	setting := func(fact string, value any, read func(context.Context, *ec2.Client) (any, error)) readBack {
		return readBack{fact, inventory.Settings, ours + "/" + ireland, fact, value,
			func(ctx context.Context, c aws.Config) (any, error) { return read(ctx, ec2.NewFromConfig(c)) }}
	}
	return []readBack{
		setting("image_block_public_access", filled[imageBlock](round), func(ctx context.Context, c *ec2.Client) (any, error) {
			out, err := c.GetImageBlockPublicAccessState(ctx, &ec2.GetImageBlockPublicAccessStateInput{})
			if err != nil {
				return nil, err
			}
			return imageBlock{out.ImageBlockPublicAccessState, out.ManagedBy}, nil
		}),
		setting("snapshot_block_public_access", filled[snapshotBlock](round), func(ctx context.Context, c *ec2.Client) (any, error) {
			out, err := c.GetSnapshotBlockPublicAccessState(ctx, &ec2.GetSnapshotBlockPublicAccessStateInput{})
			if err != nil {
				return nil, err
			}
			return snapshotBlock{out.State, out.ManagedBy}, nil
		}),
		setting("ebs_encryption_by_default", filled[ebsEncryption](round), func(ctx context.Context, c *ec2.Client) (any, error) {
			out, err := c.GetEbsEncryptionByDefault(ctx, &ec2.GetEbsEncryptionByDefaultInput{})
			if err != nil {
				return nil, err
			}
			return ebsEncryption{out.EbsEncryptionByDefault, out.SseType}, nil
		}),
		setting("ebs_default_kms_key", filled[ebsKey](round), func(ctx context.Context, c *ec2.Client) (any, error) {
			out, err := c.GetEbsDefaultKmsKeyId(ctx, &ec2.GetEbsDefaultKmsKeyIdInput{})
			if err != nil {
				return nil, err
			}
			return ebsKey{out.KmsKeyId}, nil
		}),
		setting("instance_metadata_defaults", filled[types.InstanceMetadataDefaultsResponse](round),
			func(ctx context.Context, c *ec2.Client) (any, error) {
				out, err := c.GetInstanceMetadataDefaults(ctx, &ec2.GetInstanceMetadataDefaultsInput{})
				if err != nil {
					return nil, err
				}
				return *out.AccountLevel, nil
			}),
		setting("allowed_images", filled[allowedImages](round), func(ctx context.Context, c *ec2.Client) (any, error) {
			out, err := c.GetAllowedImagesSettings(ctx, &ec2.GetAllowedImagesSettingsInput{})
			if err != nil {
				return nil, err
			}
			return allowedImages{out.State, out.ManagedBy, out.ImageCriteria}, nil
		}),
		setting("serial_console_access", filled[serialConsole](round), func(ctx context.Context, c *ec2.Client) (any, error) {
			out, err := c.GetSerialConsoleAccessStatus(ctx, &ec2.GetSerialConsoleAccessStatusInput{})
			if err != nil {
				return nil, err
			}
			return serialConsole{out.SerialConsoleAccessEnabled, out.ManagedBy}, nil
		}),
	}
}

func launcherReads(round int) []readBack {
	scaling := filled[scalingtypes.AutoScalingGroup](round)
	scaling.AutoScalingGroupName = ptr("web")
	configuration := filled[scalingtypes.LaunchConfiguration](round)
	configuration.LaunchConfigurationName = ptr("old")
	fleet := filled[types.FleetData](round)
	fleet.FleetId = ptr("fleet-1")
	spot := filled[types.SpotFleetRequestConfig](round)
	spot.SpotFleetRequestId = ptr("sfr-1")
	version := fullTemplateVersion(round)
	return []readBack{
		{"auto scaling group", inventory.AutoScalingGroup, "web", "group", scaling,
			func(ctx context.Context, c aws.Config) (any, error) {
				out, err := autoscaling.NewFromConfig(c).DescribeAutoScalingGroups(ctx, &autoscaling.DescribeAutoScalingGroupsInput{
					IncludeInstances: ptr(false), MaxRecords: ptr(int32(100)), AutoScalingGroupNames: []string{"web"}})
				if err != nil {
					return nil, err
				}
				return only(out.AutoScalingGroups, err)
			}},
		{"launch configuration", inventory.LaunchConfiguration, "old", "launch_configuration", configuration,
			func(ctx context.Context, c aws.Config) (any, error) {
				out, err := autoscaling.NewFromConfig(c).DescribeLaunchConfigurations(ctx,
					&autoscaling.DescribeLaunchConfigurationsInput{LaunchConfigurationNames: []string{"old"}})
				if err != nil {
					return nil, err
				}
				return only(out.LaunchConfigurations, err)
			}},
		{"fleet", inventory.EC2Fleet, "fleet-1", "fleet", fleet, func(ctx context.Context, c aws.Config) (any, error) {
			out, err := ec2.NewFromConfig(c).DescribeFleets(ctx, &ec2.DescribeFleetsInput{FleetIds: []string{"fleet-1"}})
			if err != nil {
				return nil, err
			}
			return only(out.Fleets, err)
		}},
		{"spot fleet", inventory.SpotFleet, "sfr-1", "spot_fleet", spot, func(ctx context.Context, c aws.Config) (any, error) {
			out, err := ec2.NewFromConfig(c).DescribeSpotFleetRequests(ctx, &ec2.DescribeSpotFleetRequestsInput{
				SpotFleetRequestIds: []string{"sfr-1"}, MaxResults: ptr(int32(1000))})
			if err != nil {
				return nil, err
			}
			return only(out.SpotFleetRequestConfigs, err)
		}},
		{"pinned versions", inventory.LaunchTemplate, templateID, "pinned_versions", []types.LaunchTemplateVersion{version},
			func(ctx context.Context, c aws.Config) (any, error) {
				out, err := ec2.NewFromConfig(c).DescribeLaunchTemplateVersions(ctx, &ec2.DescribeLaunchTemplateVersionsInput{
					LaunchTemplateId: ptr(templateID), Versions: []string{fmt.Sprint(*version.VersionNumber)},
					IncludeManagedResources: ptr(true)})
				if err != nil {
					return nil, err
				}
				return out.LaunchTemplateVersions, nil
			}},
	}
}

func instanceReads(round int) []readBack {
	instance := filled[types.InstanceImageMetadata](round)
	instance.InstanceId = ptr("i-1")
	kind := filled[types.InstanceTypeInfo](round)
	kind.InstanceType = "m7i.large"
	offerings := filled[[]types.InstanceTypeOffering](round)
	for i := range offerings {
		offerings[i].InstanceType, offerings[i].LocationType = "m7i.large", types.LocationTypeAvailabilityZone
	}
	profile := filled[iamtypes.InstanceProfile](round)
	profile.InstanceProfileName = ptr("web")
	return []readBack{
		{"instance", inventory.Instance, "i-1", "instance_image", instance, func(ctx context.Context, c aws.Config) (any, error) {
			out, err := ec2.NewFromConfig(c).DescribeInstanceImageMetadata(ctx, &ec2.DescribeInstanceImageMetadataInput{
				InstanceIds: []string{"i-1"}, MaxResults: ptr(int32(1000))})
			if err != nil {
				return nil, err
			}
			return only(out.InstanceImageMetadata, err)
		}},
		{"instance type", inventory.InstanceType, "m7i.large", "instance_type", kind,
			func(ctx context.Context, c aws.Config) (any, error) {
				out, err := ec2.NewFromConfig(c).DescribeInstanceTypes(ctx, &ec2.DescribeInstanceTypesInput{
					InstanceTypes: []types.InstanceType{"m7i.large"}})
				if err != nil {
					return nil, err
				}
				return only(out.InstanceTypes, err)
			}},
		{"offerings", inventory.InstanceType, "m7i.large", "offerings", offerings,
			func(ctx context.Context, c aws.Config) (any, error) {
				out, err := ec2.NewFromConfig(c).DescribeInstanceTypeOfferings(ctx, &ec2.DescribeInstanceTypeOfferingsInput{
					LocationType: types.LocationTypeAvailabilityZone, Filters: filter("instance-type", "m7i.large"),
					MaxResults: ptr(int32(1000))})
				if err != nil {
					return nil, err
				}
				return out.InstanceTypeOfferings, nil
			}},
		{"instance profile", inventory.InstanceProfile, "web", "instance_profile", profile,
			func(ctx context.Context, c aws.Config) (any, error) {
				c.Region = "us-east-1"
				out, err := iam.NewFromConfig(c).GetInstanceProfile(ctx, &iam.GetInstanceProfileInput{InstanceProfileName: ptr("web")})
				if err != nil {
					return nil, err
				}
				return *out.InstanceProfile, nil
			}},
	}
}

func networkReads(round int) []readBack {
	group := filled[types.SecurityGroup](round)
	group.GroupId = ptr("sg-1")
	subnet := filled[types.Subnet](round)
	subnet.SubnetId = ptr("subnet-1")
	pair := filled[types.KeyPairInfo](round)
	pair.KeyName = ptr("ops")
	return []readBack{
		{"security group", inventory.SecurityGroup, "sg-1", "security_group", group,
			func(ctx context.Context, c aws.Config) (any, error) {
				out, err := ec2.NewFromConfig(c).DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{
					Filters: filter("group-id", "sg-1"), MaxResults: ptr(int32(1000))})
				if err != nil {
					return nil, err
				}
				return only(out.SecurityGroups, err)
			}},
		{"subnet", inventory.Subnet, "subnet-1", "subnet", subnet, func(ctx context.Context, c aws.Config) (any, error) {
			out, err := ec2.NewFromConfig(c).DescribeSubnets(ctx, &ec2.DescribeSubnetsInput{
				Filters: filter("subnet-id", "subnet-1"), MaxResults: ptr(int32(1000))})
			if err != nil {
				return nil, err
			}
			return only(out.Subnets, err)
		}},
		{"key pair", inventory.KeyPair, "ops", "key_pair", pair, func(ctx context.Context, c aws.Config) (any, error) {
			out, err := ec2.NewFromConfig(c).DescribeKeyPairs(ctx, &ec2.DescribeKeyPairsInput{Filters: filter("key-name", "ops")})
			if err != nil {
				return nil, err
			}
			return only(out.KeyPairs, err)
		}},
	}
}

func snapshotReads(round int) []readBack {
	tier := filled[types.SnapshotTierStatus](round)
	tier.SnapshotId = ptr(snapshotID)
	lock := filled[types.LockedSnapshotsInfo](round)
	lock.SnapshotId = ptr(snapshotID)
	recycled := filled[types.SnapshotRecycleBinInfo](round)
	recycled.SnapshotId = ptr(snapshotID)
	image := filled[types.ImageRecycleBinInfo](round)
	image.ImageId = ptr(imageID)
	return []readBack{
		{"foreign snapshot", inventory.ForeignSnapshot, snapshotID, "snapshot", fullSnapshot(round),
			func(ctx context.Context, c aws.Config) (any, error) {
				out, err := ec2.NewFromConfig(c).DescribeSnapshots(ctx, &ec2.DescribeSnapshotsInput{
					Filters: filter("snapshot-id", snapshotID)})
				if err != nil {
					return nil, err
				}
				return only(out.Snapshots, err)
			}},
		{"tier", inventory.Snapshot, snapshotID, "snapshot_tier", tier, func(ctx context.Context, c aws.Config) (any, error) {
			out, err := ec2.NewFromConfig(c).DescribeSnapshotTierStatus(ctx, &ec2.DescribeSnapshotTierStatusInput{
				Filters: filter("snapshot-id", snapshotID)})
			if err != nil {
				return nil, err
			}
			return only(out.SnapshotTierStatuses, err)
		}},
		{"lock", inventory.Snapshot, snapshotID, "snapshot_lock", lock, func(ctx context.Context, c aws.Config) (any, error) {
			out, err := ec2.NewFromConfig(c).DescribeLockedSnapshots(ctx, &ec2.DescribeLockedSnapshotsInput{
				SnapshotIds: []string{snapshotID}})
			if err != nil {
				return nil, err
			}
			return only(out.Snapshots, err)
		}},
		{"recycled snapshot", inventory.RecycledSnapshot, snapshotID, "recycled_snapshot", recycled,
			func(ctx context.Context, c aws.Config) (any, error) {
				out, err := ec2.NewFromConfig(c).ListSnapshotsInRecycleBin(ctx, &ec2.ListSnapshotsInRecycleBinInput{})
				if err != nil {
					return nil, err
				}
				return only(out.Snapshots, err)
			}},
		{"recycled image", inventory.RecycledImage, imageID, "recycled_image", image,
			func(ctx context.Context, c aws.Config) (any, error) {
				out, err := ec2.NewFromConfig(c).ListImagesInRecycleBin(ctx, &ec2.ListImagesInRecycleBinInput{ImageIds: []string{imageID}})
				if err != nil {
					return nil, err
				}
				return only(out.Images, err)
			}},
	}
}

func imageReads(round int) []readBack {
	references := filled[[]types.ImageReference](round)
	reports := filled[[]types.ImageUsageReport](round)
	entries := filled[[]types.ImageUsageReportEntry](round)
	for i := range references {
		references[i].ImageId, reports[i].ImageId, entries[i].ImageId = ptr(imageID), ptr(imageID), ptr(imageID)
	}
	return []readBack{
		{"ancestry", inventory.AMI, imageID, "ancestry", filled[[]types.ImageAncestryEntry](round),
			func(ctx context.Context, c aws.Config) (any, error) {
				out, err := ec2.NewFromConfig(c).GetImageAncestry(ctx, &ec2.GetImageAncestryInput{ImageId: ptr(imageID)})
				if err != nil {
					return nil, err
				}
				return out.ImageAncestryEntries, nil
			}},
		{"findings", inventory.AMI, imageID, "image_findings", filled[[]types.ImageFinding](round),
			func(ctx context.Context, c aws.Config) (any, error) {
				out, err := ec2.NewFromConfig(c).GetImageFindings(ctx, &ec2.GetImageFindingsInput{ImageId: ptr(imageID)})
				if err != nil {
					return nil, err
				}
				return out.ImageFindings, nil
			}},
		{"references", inventory.AMI, imageID, "image_references", references,
			func(ctx context.Context, c aws.Config) (any, error) {
				out, err := ec2.NewFromConfig(c).DescribeImageReferences(ctx, &ec2.DescribeImageReferencesInput{
					ImageIds: []string{imageID, "ami-other"}, IncludeAllResourceTypes: ptr(true)})
				if err != nil {
					return nil, err
				}
				return out.ImageReferences, nil
			}},
		{"usage reports", inventory.AMI, imageID, "usage_reports", reports, func(ctx context.Context, c aws.Config) (any, error) {
			out, err := ec2.NewFromConfig(c).DescribeImageUsageReports(ctx, &ec2.DescribeImageUsageReportsInput{})
			if err != nil {
				return nil, err
			}
			return out.ImageUsageReports, nil
		}},
		{"usage report entries", inventory.AMI, imageID, "usage_report_entries", entries,
			func(ctx context.Context, c aws.Config) (any, error) {
				out, err := ec2.NewFromConfig(c).DescribeImageUsageReportEntries(ctx, &ec2.DescribeImageUsageReportEntriesInput{
					ImageIds: []string{imageID}})
				if err != nil {
					return nil, err
				}
				return out.ImageUsageReportEntries, nil
			}},
	}
}

func taskReads(round int) []readBack {
	stores := filled[[]types.StoreImageTaskResult](round)
	exports := filled[[]types.ExportImageTask](round)
	for i := range stores {
		stores[i].AmiId, exports[i].ImageId = ptr(imageID), ptr(imageID)
	}
	launch := filled[types.DescribeFastLaunchImagesSuccessItem](round)
	launch.ImageId = ptr(imageID)
	return []readBack{
		{"store tasks", inventory.AMI, imageID, "store_tasks", stores, func(ctx context.Context, c aws.Config) (any, error) {
			out, err := ec2.NewFromConfig(c).DescribeStoreImageTasks(ctx, &ec2.DescribeStoreImageTasksInput{MaxResults: ptr(int32(200))})
			if err != nil {
				return nil, err
			}
			return out.StoreImageTaskResults, nil
		}},
		{"export tasks", inventory.AMI, imageID, "export_tasks", exports, func(ctx context.Context, c aws.Config) (any, error) {
			out, err := ec2.NewFromConfig(c).DescribeExportImageTasks(ctx, &ec2.DescribeExportImageTasksInput{MaxResults: ptr(int32(500))})
			if err != nil {
				return nil, err
			}
			return out.ExportImageTasks, nil
		}},
		{"fast launch", inventory.AMI, imageID, "fast_launch", launch, func(ctx context.Context, c aws.Config) (any, error) {
			out, err := ec2.NewFromConfig(c).DescribeFastLaunchImages(ctx, &ec2.DescribeFastLaunchImagesInput{
				ImageIds: []string{imageID}, MaxResults: ptr(int32(200))})
			if err != nil {
				return nil, err
			}
			return only(out.FastLaunchImages, err)
		}},
	}
}
