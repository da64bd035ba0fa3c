package main

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

// What the estate's things name one another by.
const (
	estateImage    = "ami-0000000000000aa01"
	estateSnapshot = "snap-0000000000000aa01"
	openSnapshot   = "snap-0000000000000aa02"
	estateTemplate = "lt-0000000000000aa01"
	estateKey      = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-0000000000a1"
	aliasedKey     = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-0000000000a2"
	builder        = "arn:aws:imagebuilder:eu-west-1:111122223333:"
	estateTrail    = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main"
)

// told is one fact of one resource, in the shape in which the AWS CLI prints it.
type told struct{ kind, id, fact, value string }

// ownEstate is what the account has of its own: images, snapshots and keys.
func ownEstate() []told {
	return []told{
		{inventory.Settings, scriptAccount + "/" + scriptRegion, "organization", `{"Id": "o-abcdefghij", "MasterAccountId": "999900001111",
			"Arn": "arn:aws:organizations::999900001111:organization/o-abcdefghij", "FeatureSet": "ALL"}`},
		{inventory.Settings, scriptAccount + "/" + scriptRegion, "ebs_default_kms_key", `{"KmsKeyId": "alias/volumes"}`},
		{inventory.AMI, estateImage, "image", `{"ImageId": "` + estateImage + `", "OwnerId": "111122223333", "Name": "web-20261101",
			"State": "available", "Public": false, "CreationDate": "2026-11-01T06:30:00.000Z", "Architecture": "x86_64",
			"VirtualizationType": "hvm", "EnaSupport": true, "ImdsSupport": "v2.0", "BootMode": "uefi-preferred",
			"RootDeviceType": "ebs", "RootDeviceName": "/dev/xvda", "Platform": "windows", "ImageType": "machine",
			"SourceImageId": "ami-0000000000000aa00", "SourceImageRegion": "eu-west-1",
			"BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": "` + estateSnapshot + `", "Encrypted": true,
				"VolumeType": "gp3", "VolumeSize": 8, "DeleteOnTermination": true}}]}`},
		{inventory.AMI, estateImage, "launch_permissions", `[{"UserId": "444455556666"}]`},
		{inventory.AMI, estateImage, "ancestry", `[{"ImageId": "` + estateImage + `", "SourceImageId": "ami-0000000000000aa00"}]`},
		{inventory.AMI, estateImage, "image_references", `[{"ImageId": "` + estateImage + `", "ResourceType": "ec2:Instance",
			"Arn": "arn:aws:ec2:eu-west-1:111122223333:instance/i-0000000000000aa01"}]`},
		{inventory.AMI, estateImage, "usage_reports", `[{"ImageId": "` + estateImage + `", "ReportId": "amiur-1", "State": "available"}]`},
		{inventory.AMI, estateImage, "usage_report_entries", `[{"ImageId": "` + estateImage + `", "ReportId": "amiur-1",
			"AccountId": "444455556666", "ResourceType": "ec2:Instance", "UsageCount": 3}]`},
		{inventory.AMI, estateImage, "image_findings", `[{"Title": "old OpenSSL", "SeverityLabel": "HIGH"}]`},
		{inventory.AMI, estateImage, "store_tasks", `[{"AmiId": "` + estateImage + `", "Bucket": "backups", "StoreTaskState": "Completed"}]`},
		{inventory.AMI, estateImage, "export_tasks", `[{"ExportImageTaskId": "export-ami-1", "ImageId": "` + estateImage + `",
			"Status": "completed"}]`},
		{inventory.AMI, estateImage, "fast_launch", `{"ImageId": "` + estateImage + `", "State": "enabled", "OwnerId": "111122223333"}`},
		{inventory.Snapshot, estateSnapshot, "snapshot", `{"SnapshotId": "` + estateSnapshot + `", "OwnerId": "111122223333",
			"State": "completed", "Encrypted": true, "KmsKeyId": "` + estateKey + `", "VolumeSize": 8}`},
		{inventory.Snapshot, estateSnapshot, "snapshot_permissions", `[{"UserId": "444455556666"}]`},
		{inventory.Snapshot, estateSnapshot, "snapshot_tier", `{"SnapshotId": "` + estateSnapshot + `", "StorageTier": "standard"}`},
		{inventory.Snapshot, estateSnapshot, "snapshot_lock", `{"SnapshotId": "` + estateSnapshot + `", "LockState": "governance"}`},
		{inventory.Snapshot, openSnapshot, "snapshot", `{"SnapshotId": "` + openSnapshot + `", "OwnerId": "111122223333",
			"State": "completed", "Encrypted": false, "VolumeSize": 8}`},
		{inventory.Snapshot, openSnapshot, "snapshot_permissions", `[{"Group": "all"}]`},
		{inventory.KMSKey, estateKey, "key", keyDocument(estateKey)},
		{inventory.KMSKey, estateKey, "key_policy", ownersPolicy},
		{inventory.KMSKey, estateKey, "key_rotation", `{"KeyRotationEnabled": true, "RotationPeriodInDays": 365}`},
		{inventory.KMSKey, estateKey, "grants", `[{"GrantId": "1", "KeyId": "` + estateKey + `", "Operations": ["Decrypt"],
			"GranteePrincipal": "arn:aws:iam::111122223333:role/restore"}]`},
		{inventory.KMSKey, aliasedKey, "key", keyDocument(aliasedKey)},
		{inventory.KMSKey, aliasedKey, "key_policy", ownersPolicy},
		{inventory.KMSKey, aliasedKey, "key_rotation", `{"KeyRotationEnabled": false}`},
		{inventory.KMSAlias, "alias/volumes", "target", `{"KmsKeyId": "alias/volumes", "Arn": "` + aliasedKey + `"}`},
		{inventory.RecycledImage, "ami-0000000000000aa0d", "recycled_image", `{"ImageId": "ami-0000000000000aa0d", "Name": "old"}`},
		{inventory.RecycledSnapshot, "snap-0000000000000aa0d", "recycled_snapshot", `{"SnapshotId": "snap-0000000000000aa0d"}`},
	}
}

// ownersPolicy leaves a key to the IAM policies of its account.
const ownersPolicy = `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["kms:*"], "Resource": ["*"],
	"Principal": {"AWS": ["arn:aws:iam::111122223333:root"], "Service": [], "Federated": [], "CanonicalUser": []}}]}`

func keyDocument(arn string) string {
	return `{"Arn": "` + arn + `", "KeyId": "` + arn[len(arn)-36:] + `", "AWSAccountId": "111122223333", "Enabled": true,
		"KeyState": "Enabled", "KeyManager": "CUSTOMER", "KeySpec": "SYMMETRIC_DEFAULT", "KeyUsage": "ENCRYPT_DECRYPT",
		"Origin": "AWS_KMS", "MultiRegion": false}`
}

// launchingEstate is what launches images, and all that a launch may name: an image by parameter and one of a stranger, a
// key by its alias, a stranger's snapshot, a pinned version that is neither the default nor the latest.
func launchingEstate() []told {
	version := func(number, image string, isDefault string) string {
		return `{"LaunchTemplateId": "` + estateTemplate + `", "LaunchTemplateName": "web", "VersionNumber": ` + number + `,
			"DefaultVersion": ` + isDefault + `, "LaunchTemplateData": {"ImageId": "` + image + `", "InstanceType": "m7i.large",
			"KeyName": "ops", "UserData": "ZWNobyBoZWxsbw==", "IamInstanceProfile": {"Name": "web"},
			"MetadataOptions": {"HttpTokens": "required"}, "SecurityGroupIds": ["sg-0000000000000aa01"],
			"NetworkInterfaces": [{"DeviceIndex": 0, "SubnetId": "subnet-0000000000000aa01", "Groups": ["sg-0000000000000aa01"]}],
			"BlockDeviceMappings": [{"DeviceName": "/dev/sdf", "Ebs": {"KmsKeyId": "alias/volumes", "Encrypted": true,
				"SnapshotId": "snap-0000000000000bb01"}}]}}`
	}
	fleet := `[{"LaunchTemplateSpecification": {"LaunchTemplateId": "` + estateTemplate + `", "Version": "2"},
		"Overrides": [{"InstanceType": "m7i.large"}]}]`
	return []told{
		{inventory.LaunchTemplate, estateTemplate, "template_versions", `[` + version("2", "resolve:ssm:/golden/web", "true") + `, ` +
			version("3", estateImage, "false") + `]`},
		{inventory.LaunchTemplate, estateTemplate, "pinned_versions", `[` + version("1", "ami-0000000000000bb01", "false") + `]`},
		{inventory.AutoScalingGroup, "web", "group", `{"AutoScalingGroupName": "web", "MinSize": 1, "MaxSize": 2, "DesiredCapacity": 1,
			"LaunchTemplate": {"LaunchTemplateId": "` + estateTemplate + `", "LaunchTemplateName": "web", "Version": "1"},
			"VPCZoneIdentifier": "subnet-0000000000000aa01", "ServiceLinkedRoleARN": "arn:aws:iam::111122223333:role/` +
			`aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"}`},
		{inventory.LaunchConfiguration, "old", "launch_configuration", `{"LaunchConfigurationName": "old",
			"ImageId": "ami-0000000000000bb01", "InstanceType": "t3.micro", "UserData": "ZWNobyBoZWxsbw==",
			"CreatedTime": "2020-01-01T00:00:00Z", "IamInstanceProfile": "web", "SecurityGroups": ["sg-0000000000000aa01"]}`},
		{inventory.EC2Fleet, "fleet-0000000000000aa01", "fleet", `{"FleetId": "fleet-0000000000000aa01", "Type": "maintain",
			"FleetState": "active", "LaunchTemplateConfigs": ` + fleet + `}`},
		{inventory.SpotFleet, "sfr-0000000000000aa01", "spot_fleet", `{"SpotFleetRequestId": "sfr-0000000000000aa01",
			"SpotFleetRequestState": "active", "SpotFleetRequestConfig": {"IamFleetRole": "arn:aws:iam::111122223333:role/fleet",
			"TargetCapacity": 1, "LaunchSpecifications": [{"ImageId": "` + estateImage + `", "InstanceType": "t3.micro"}]}}`},
		{inventory.Instance, "i-0000000000000aa01", "instance_image", `{"InstanceId": "i-0000000000000aa01", "InstanceType": "m7i.large",
			"State": {"Code": 16, "Name": "running"}, "OwnerId": "111122223333",
			"ImageMetadata": {"ImageId": "` + estateImage + `", "OwnerId": "111122223333", "State": "available"}}`},
		{inventory.InstanceType, "m7i.large", "instance_type", `{"InstanceType": "m7i.large", "Hypervisor": "nitro"}`},
		{inventory.InstanceType, "m7i.large", "offerings", `[{"InstanceType": "m7i.large", "LocationType": "availability-zone",
			"Location": "eu-west-1a"}]`},
		{inventory.SecurityGroup, "sg-0000000000000aa01", "security_group", `{"GroupId": "sg-0000000000000aa01", "GroupName": "web",
			"VpcId": "vpc-1", "OwnerId": "111122223333"}`},
		{inventory.Subnet, "subnet-0000000000000aa01", "subnet", `{"SubnetId": "subnet-0000000000000aa01", "VpcId": "vpc-1",
			"AvailabilityZone": "eu-west-1a", "State": "available"}`},
		{inventory.KeyPair, "ops", "key_pair", `{"KeyName": "ops", "KeyPairId": "key-0000000000000aa01"}`},
		{inventory.InstanceProfile, "web", "instance_profile", `{"InstanceProfileName": "web", "Path": "/",
			"Arn": "arn:aws:iam::111122223333:instance-profile/web", "InstanceProfileId": "AIPA1", "Roles": []}`},
		{inventory.SSMParameter, "/golden/web", "parameter", parameterDocument("/golden/web")},
		{inventory.SSMParameter, "/golden/data", "parameter_metadata", `{"Name": "/golden/data", "DataType": "aws:ec2:image", "Type": "String"}`},
		{inventory.SSMParameter, "/golden/data", "image_parameter", parameterDocument("/golden/data")},
	}
}

func parameterDocument(name string) string {
	return `{"Name": "` + name + `", "Type": "String", "DataType": "aws:ec2:image", "Value": "` + estateImage + `", "Version": 1}`
}

// keepingEstate is what bakes, removes, keeps and records.
func keepingEstate() []told {
	recipe, container := builder+"image-recipe/web/1.0.0", builder+"container-recipe/web/1.0.0"
	pipeline, lifecycle := builder+"image-pipeline/web", builder+"lifecycle-policy/web"
	distribution, infrastructure := builder+"distribution-configuration/web", builder+"infrastructure-configuration/web"
	named := func(arn string) string { return `{"Arn": "` + arn + `", "Name": "web"}` }
	const policy, rule = "policy-0000000000000aa01", "AbCdEfGhIjK"
	return []told{
		{inventory.ImageRecipe, recipe, "image_recipe_summary", named(recipe)},
		{inventory.ImageRecipe, recipe, "image_recipe", named(recipe)},
		{inventory.ContainerRecipe, container, "container_recipe_summary", named(container)},
		{inventory.ImagePipeline, pipeline, "image_pipeline", named(pipeline)},
		{inventory.DistributionConfiguration, distribution, "distribution_summary", named(distribution)},
		{inventory.DistributionConfiguration, distribution, "distribution_configuration", named(distribution)},
		{inventory.InfrastructureConfiguration, infrastructure, "infrastructure_summary", named(infrastructure)},
		{inventory.InfrastructureConfiguration, infrastructure, "infrastructure_configuration", named(infrastructure)},
		{inventory.ImageLifecyclePolicy, lifecycle, "image_lifecycle_policy", named(lifecycle)},
		{inventory.DLMPolicy, policy, "dlm_policy_summary", `{"PolicyId": "` + policy + `", "State": "ENABLED"}`},
		{inventory.DLMPolicy, policy, "dlm_policy", `{"PolicyId": "` + policy + `", "State": "ENABLED"}`},
		{inventory.RecycleBinRule, rule, "recycle_bin_rule_summary", `{"Identifier": "` + rule + `"}`},
		{inventory.RecycleBinRule, rule, "recycle_bin_rule", `{"Identifier": "` + rule + `", "ResourceType": "EC2_IMAGE"}`},
		{inventory.Trail, estateTrail, "trail", `{"TrailARN": "` + estateTrail + `", "Name": "main", "HomeRegion": "eu-west-1",
			"IsMultiRegionTrail": true}`},
		{inventory.Trail, estateTrail, "trail_status", `{"IsLogging": true}`},
		{inventory.Trail, estateTrail, "trail_event_selectors", `{"TrailARN": "` + estateTrail + `", "EventSelectors": []}`},
	}
}

// strangers are the image and the snapshot of another account that launches name.
func strangers() []told {
	return []told{
		{inventory.ForeignImage, "ami-0000000000000bb01", "image", `{"ImageId": "ami-0000000000000bb01", "OwnerId": "999988887777",
			"State": "available", "Public": true, "Name": "elsewhere", "RootDeviceType": "ebs", "RootDeviceName": "/dev/xvda"}`},
		{inventory.ForeignSnapshot, "snap-0000000000000bb01", "snapshot", `{"SnapshotId": "snap-0000000000000bb01",
			"OwnerId": "999988887777", "State": "completed", "Encrypted": false}`},
	}
}

// estate is an account in a region with at least one resource of every kind that amiscan reads, so that every call that
// some policy takes has a reason to be made.
func estate() inventory.Part {
	unit := inventory.Unit{Partition: "aws", Account: scriptAccount, Region: scriptRegion}
	part := inventory.Part{Unit: unit, Observed: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
	for _, some := range [][]told{ownEstate(), launchingEstate(), keepingEstate()} {
		for _, t := range some {
			tell(&part, unit, t)
		}
	}
	unit.Account = "999988887777"
	for _, t := range strangers() {
		tell(&part, unit, t)
	}
	return part
}

// tell adds a fact to the resource that has it.
func tell(part *inventory.Part, owner inventory.Unit, t told) {
	for _, r := range part.Resources {
		if r.Kind == t.kind && r.ID == t.id {
			r.Facts[t.fact] = inventory.Fact{Status: inventory.Known, Value: json.RawMessage(t.value)}
			return
		}
	}
	part.Resources = append(part.Resources, inventory.NewResource(t.kind, owner, t.id))
	tell(part, owner, t)
}

// startStub serves parts for the length of a test.
func startStub(t testing.TB, parts []inventory.Part, options ...awsstub.Option) (*awsstub.Stub, endpoint) {
	t.Helper()
	stub, err := awsstub.New(parts, options...)
	if err != nil {
		t.Fatal(err)
	}
	return stub, endpoint{url: urlOf(t, stub), region: scriptRegion, key: "dummy", secret: "dummy"}
}

// urlOf serves a stub for the length of a test.
func urlOf(t testing.TB, stub *awsstub.Stub) string {
	t.Helper()
	url, stop, err := stub.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return url
}
