package collect_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/amiscan/amiscan/internal/inventory"
)

// The accounts of the organization: its management account, from which the other is entered.
const (
	hub    = "999900001111"
	member = "111122223333"
	region = "eu-west-1"
)

var observed = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// thing is a resource of which there are three: a # in its id and its facts is 1, 2 or 3. Facts may differ from one to the
// next: then they are three texts.
type thing struct {
	kind, id string
	facts    map[string][]string
}

// three are facts of which each resource has its own.
func three(texts ...string) []string { return texts }

// alike are facts that all three have alike.
func alike(text string) []string { return []string{text, text, text} }

const (
	keyOf      = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-0000000000a"
	aliasedKey = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-0000000000b"
	builder    = "arn:aws:imagebuilder:eu-west-1:111122223333:"
)

// owned are images, snapshots and keys. The second of each is shared or open, the third is at its end.
func owned() []thing {
	return []thing{
		{inventory.AMI, "ami-0000000000000aa0#", map[string][]string{
			"image": alike(`{"ImageId": "ami-0000000000000aa0#", "OwnerId": "111122223333", "Name": "web-2026110#", "State": "available",
				"Public": false, "CreationDate": "2026-11-0#T06:30:00.000Z", "Architecture": "x86_64", "VirtualizationType": "hvm",
				"EnaSupport": true, "ImdsSupport": "v2.0", "BootMode": "uefi-preferred", "RootDeviceType": "ebs", "RootDeviceName": "/dev/xvda",
				"ImageType": "machine", "SourceImageId": "ami-0000000000000aa00", "SourceImageRegion": "eu-west-1",
				"BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": "snap-0000000000000aa0#", "Encrypted": true,
				"VolumeType": "gp3", "VolumeSize": 8, "DeleteOnTermination": true}}]}`),
			"launch_permissions": three(`[]`, `[{"UserId": "444455556666"}]`,
				`[{"Group": "all"}, {"UserId": "444455556666"}]`),
			"ancestry": alike(`[{"ImageId": "ami-0000000000000aa0#", "SourceImageId": "ami-0000000000000aa00"}]`),
			"image_references": alike(`[{"ImageId": "ami-0000000000000aa0#", "ResourceType": "ec2:Instance",
				"Arn": "arn:aws:ec2:eu-west-1:111122223333:instance/i-0000000000000aa0#"}]`),
			"usage_reports": alike(`[{"ImageId": "ami-0000000000000aa0#", "ReportId": "amiur-#", "State": "available"}]`),
			"usage_report_entries": alike(`[{"ImageId": "ami-0000000000000aa0#", "ReportId": "amiur-#", "AccountId": "444455556666",
				"ResourceType": "ec2:Instance", "UsageCount": 3}]`),
			"image_findings": alike(`[{"Title": "old OpenSSL", "SeverityLabel": "HIGH"}, {"Title": "old zlib", "SeverityLabel": "LOW"},
				{"Title": "old curl", "SeverityLabel": "LOW"}]`),
			"store_tasks": alike(`[{"AmiId": "ami-0000000000000aa0#", "Bucket": "backups", "StoreTaskState": "Completed"}]`),
			"export_tasks": alike(`[{"ExportImageTaskId": "export-ami-#", "ImageId": "ami-0000000000000aa0#",
				"Status": "completed"}]`),
			"fast_launch": alike(`{"ImageId": "ami-0000000000000aa0#", "State": "enabled", "OwnerId": "111122223333"}`),
		}},
		{inventory.Snapshot, "snap-0000000000000aa0#", map[string][]string{
			"snapshot": alike(`{"SnapshotId": "snap-0000000000000aa0#", "OwnerId": "111122223333", "State": "completed",
				"Encrypted": true, "KmsKeyId": "` + keyOf + `#", "VolumeSize": 8}`),
			"snapshot_permissions": three(`[]`, `[{"UserId": "444455556666"}]`, `[{"UserId": "999900001111"}]`),
			"snapshot_tier":        alike(`{"SnapshotId": "snap-0000000000000aa0#", "StorageTier": "standard"}`),
			"snapshot_lock":        alike(`{"SnapshotId": "snap-0000000000000aa0#", "LockState": "governance"}`),
		}},
		{inventory.Snapshot, "snap-0000000000000ac0#", map[string][]string{
			"snapshot": alike(`{"SnapshotId": "snap-0000000000000ac0#", "OwnerId": "111122223333", "State": "completed",
				"Encrypted": false, "VolumeSize": 8}`),
			"snapshot_permissions": three(`[]`, `[{"Group": "all"}]`, `[]`),
		}},
		{inventory.KMSKey, aliasedKey + "#", map[string][]string{
			"key":          alike(keyText(aliasedKey, "Enabled")),
			"key_policy":   three(policyText("111122223333"), policyText("444455556666"), policyText("*")),
			"key_rotation": alike(`{"KeyRotationEnabled": false}`),
		}},
		{inventory.KMSKey, keyOf + "#", map[string][]string{
			"key":          three(keyText(keyOf, "Enabled"), keyText(keyOf, "Disabled"), keyText(keyOf, "PendingDeletion")),
			"key_policy":   three(policyText("111122223333"), policyText("444455556666"), policyText("*")),
			"key_rotation": three(`{"KeyRotationEnabled": true, "RotationPeriodInDays": 365}`, `{"KeyRotationEnabled": false}`, `{"KeyRotationEnabled": false}`),
			"grants": alike(`[{"GrantId": "#1", "KeyId": "` + keyOf + `#", "Operations": ["Decrypt"],
				"GranteePrincipal": "arn:aws:iam::111122223333:role/restore"}, {"GrantId": "#2", "KeyId": "` + keyOf + `#",
				"Operations": ["Decrypt"], "GranteePrincipal": "arn:aws:iam::444455556666:root"}, {"GrantId": "#3", "KeyId": "` + keyOf + `#",
				"Operations": ["CreateGrant"], "GranteePrincipal": "arn:aws:iam::111122223333:role/aws-service-role/` +
				`autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"}]`),
		}},
		{inventory.KMSAlias, "alias/volumes-#", map[string][]string{
			"target": alike(`{"KmsKeyId": "alias/volumes-#", "Arn": "` + aliasedKey + `#"}`),
		}},
		{inventory.RecycledImage, "ami-0000000000000ad0#", map[string][]string{
			"recycled_image": alike(`{"ImageId": "ami-0000000000000ad0#", "Name": "old"}`),
		}},
		{inventory.RecycledSnapshot, "snap-0000000000000ad0#", map[string][]string{
			"recycled_snapshot": alike(`{"SnapshotId": "snap-0000000000000ad0#"}`),
		}},
	}
}

func keyText(arn, state string) string {
	end := ""
	if state == "PendingDeletion" {
		end = `"DeletionDate": "2026-12-01T00:00:00Z", `
	}
	enabled := map[bool]string{true: "true", false: "false"}[state == "Enabled"]
	return `{` + end + `"Arn": "` + arn + `#", "KeyId": "` + arn[len(arn)-35:] + `#", "AWSAccountId": "111122223333",
		"Enabled": ` + enabled + `, "KeyState": "` + state + `", "KeyManager": "CUSTOMER", "KeySpec": "SYMMETRIC_DEFAULT",
		"KeyUsage": "ENCRYPT_DECRYPT", "Origin": "AWS_KMS", "MultiRegion": false}`
}

// policyText is a key policy that leaves the key to an account, or to everybody.
func policyText(to string) string {
	if to != "*" {
		to = "arn:aws:iam::" + to + ":root"
	}
	return `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["kms:*"], "Resource": ["*"],
		"Principal": {"AWS": ["` + to + `"], "Service": [], "Federated": [], "CanonicalUser": []}}]}`
}

// launching are what launches images, and all that a launch may name: an image by parameter and one of a stranger, a key by
// its alias, a stranger's snapshot, a pinned version that is neither the default nor the latest.
func launching() []thing {
	version := func(number, image string, isDefault string) string {
		return `{"LaunchTemplateId": "lt-0000000000000aa0#", "LaunchTemplateName": "web-#", "VersionNumber": ` + number + `,
			"DefaultVersion": ` + isDefault + `, "LaunchTemplateData": {"ImageId": "` + image + `", "InstanceType": "m7i.#xlarge",
			"KeyName": "ops-#", "UserData": "ZWNobyBoZWxsbw==", "IamInstanceProfile": {"Name": "web-#"},
			"MetadataOptions": {"HttpTokens": "required"}, "SecurityGroupIds": ["sg-0000000000000aa0#"],
			"NetworkInterfaces": [{"DeviceIndex": 0, "SubnetId": "subnet-0000000000000aa0#", "Groups": ["sg-0000000000000aa0#"]}],
			"BlockDeviceMappings": [{"DeviceName": "/dev/sdf", "Ebs": {"KmsKeyId": "alias/volumes-#", "Encrypted": true,
				"SnapshotId": "snap-0000000000000bb0#"}}]}}`
	}
	return []thing{
		{inventory.LaunchTemplate, "lt-0000000000000aa0#", map[string][]string{
			"template_versions": alike(`[` + version("2", "resolve:ssm:/golden/web-#", "true") + `, ` + version("3", "ami-0000000000000aa0#", "false") + `]`),
			"pinned_versions":   alike(`[` + version("1", "ami-0000000000000bb0#", "false") + `]`),
		}},
		{inventory.AutoScalingGroup, "web-#", map[string][]string{
			"group": alike(`{"AutoScalingGroupName": "web-#", "MinSize": 1, "MaxSize": 2, "DesiredCapacity": 1,
				"LaunchTemplate": {"LaunchTemplateId": "lt-0000000000000aa0#", "LaunchTemplateName": "web-#", "Version": "1"},
				"VPCZoneIdentifier": "subnet-0000000000000aa0#", "ServiceLinkedRoleARN": "arn:aws:iam::111122223333:role/` +
				`aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"}`),
		}},
		{inventory.LaunchConfiguration, "old-#", map[string][]string{
			"launch_configuration": alike(`{"LaunchConfigurationName": "old-#", "ImageId": "ami-0000000000000bb0#",
				"InstanceType": "t3.#xlarge", "UserData": "ZWNobyBoZWxsbw==", "CreatedTime": "2020-01-01T00:00:00Z",
				"IamInstanceProfile": "web-#", "SecurityGroups": ["sg-0000000000000aa0#"]}`),
		}},
		{inventory.EC2Fleet, "fleet-0000000000000aa0#", map[string][]string{
			"fleet": alike(`{"FleetId": "fleet-0000000000000aa0#", "Type": "maintain", "FleetState": "active", "LaunchTemplateConfigs":
				[{"LaunchTemplateSpecification": {"LaunchTemplateId": "lt-0000000000000aa0#", "Version": "2"},
				"Overrides": [{"InstanceType": "m7i.#xlarge"}]}]}`),
		}},
		{inventory.SpotFleet, "sfr-0000000000000aa0#", map[string][]string{
			"spot_fleet": alike(`{"SpotFleetRequestId": "sfr-0000000000000aa0#", "SpotFleetRequestState": "active",
				"SpotFleetRequestConfig": {"IamFleetRole": "arn:aws:iam::111122223333:role/fleet", "TargetCapacity": 1,
				"LaunchSpecifications": [{"ImageId": "ami-0000000000000aa0#", "InstanceType": "t3.#xlarge"}]}}`),
		}},
		{inventory.Instance, "i-0000000000000aa0#", map[string][]string{
			"instance_image": alike(`{"InstanceId": "i-0000000000000aa0#", "InstanceType": "m7i.#xlarge", "OwnerId": "111122223333",
				"State": {"Code": 16, "Name": "running"},
				"ImageMetadata": {"ImageId": "ami-0000000000000aa0#", "OwnerId": "111122223333", "State": "available"}}`),
		}},
		{inventory.InstanceType, "m7i.#xlarge", typeFacts("m7i.#xlarge", "nitro")},
		{inventory.InstanceType, "t3.#xlarge", typeFacts("t3.#xlarge", "nitro")},
		{inventory.SecurityGroup, "sg-0000000000000aa0#", map[string][]string{
			"security_group": alike(`{"GroupId": "sg-0000000000000aa0#", "GroupName": "web", "VpcId": "vpc-1", "OwnerId": "111122223333"}`),
		}},
		{inventory.Subnet, "subnet-0000000000000aa0#", map[string][]string{
			"subnet": alike(`{"SubnetId": "subnet-0000000000000aa0#", "VpcId": "vpc-1", "AvailabilityZone": "eu-west-1a", "State": "available"}`),
		}},
		{inventory.KeyPair, "ops-#", map[string][]string{
			"key_pair": alike(`{"KeyName": "ops-#", "KeyPairId": "key-0000000000000aa0#"}`),
		}},
		{inventory.InstanceProfile, "web-#", map[string][]string{
			"instance_profile": alike(`{"InstanceProfileName": "web-#", "Path": "/", "InstanceProfileId": "AIPA#", "Roles": [],
				"Arn": "arn:aws:iam::111122223333:instance-profile/web-#"}`),
		}},
		{inventory.SSMParameter, "/golden/web-#", map[string][]string{"parameter": alike(parameterText("/golden/web-#"))}},
		{inventory.SSMParameter, "/golden/data-#", map[string][]string{
			"parameter_metadata": alike(`{"Name": "/golden/data-#", "DataType": "aws:ec2:image", "Type": "String"}`),
			"image_parameter":    alike(parameterText("/golden/data-#")),
		}},
		{inventory.ForeignImage, "ami-0000000000000bb0#", map[string][]string{
			"image": alike(`{"ImageId": "ami-0000000000000bb0#", "OwnerId": "999988887777", "State": "available", "Public": true,
				"Name": "elsewhere", "RootDeviceType": "ebs", "RootDeviceName": "/dev/xvda", "Architecture": "x86_64"}`),
		}},
		{inventory.ForeignSnapshot, "snap-0000000000000bb0#", map[string][]string{
			"snapshot": alike(`{"SnapshotId": "snap-0000000000000bb0#", "OwnerId": "999988887777", "State": "completed", "Encrypted": false}`),
		}},
	}
}

func typeFacts(name, hypervisor string) map[string][]string {
	return map[string][]string{
		"instance_type": alike(`{"InstanceType": "` + name + `", "Hypervisor": "` + hypervisor + `"}`),
		"offerings":     alike(`[{"InstanceType": "` + name + `", "LocationType": "availability-zone", "Location": "eu-west-1a"}]`),
	}
}

func parameterText(name string) string {
	return `{"Name": "` + name + `", "Type": "String", "DataType": "aws:ec2:image", "Value": "ami-0000000000000aa0#", "Version": 1}`
}

// keeping are what bakes, removes, keeps and records.
func keeping() []thing {
	alone := func(kind, id, fact, text string) thing {
		return thing{kind, id, map[string][]string{fact: alike(text)}}
	}
	both := func(kind, id, summary, fact, text string) thing {
		return thing{kind, id, map[string][]string{summary: alike(text), fact: alike(text)}}
	}
	named := func(arn string) string { return `{"Arn": "` + arn + `", "Name": "web-#"}` }
	recipe, container := builder+"image-recipe/web-#/1.0.0", builder+"container-recipe/web-#/1.0.0"
	pipeline, lifecycle := builder+"image-pipeline/web-#", builder+"lifecycle-policy/web-#"
	distribution, infrastructure := builder+"distribution-configuration/web-#", builder+"infrastructure-configuration/web-#"
	const policy, rule, trail = "policy-0000000000000aa0#", "AbCdEfGhIj#", "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main-#"
	return []thing{
		both(inventory.ImageRecipe, recipe, "image_recipe_summary", "image_recipe", named(recipe)),
		alone(inventory.ContainerRecipe, container, "container_recipe_summary", named(container)),
		alone(inventory.ImagePipeline, pipeline, "image_pipeline", named(pipeline)),
		both(inventory.DistributionConfiguration, distribution, "distribution_summary", "distribution_configuration", named(distribution)),
		both(inventory.InfrastructureConfiguration, infrastructure, "infrastructure_summary", "infrastructure_configuration",
			named(infrastructure)),
		alone(inventory.ImageLifecyclePolicy, lifecycle, "image_lifecycle_policy", named(lifecycle)),
		both(inventory.DLMPolicy, policy, "dlm_policy_summary", "dlm_policy", `{"PolicyId": "`+policy+`", "State": "ENABLED"}`),
		{inventory.RecycleBinRule, rule, map[string][]string{
			"recycle_bin_rule_summary": alike(`{"Identifier": "` + rule + `"}`),
			"recycle_bin_rule":         alike(`{"Identifier": "` + rule + `", "ResourceType": "EC2_IMAGE"}`),
		}},
		{inventory.Trail, trail, map[string][]string{
			"trail":                 alike(`{"TrailARN": "` + trail + `", "Name": "main-#", "HomeRegion": "eu-west-1", "IsMultiRegionTrail": true}`),
			"trail_status":          three(`{"IsLogging": true}`, `{"IsLogging": false}`, `{"IsLogging": false}`),
			"trail_event_selectors": alike(`{"TrailARN": "` + trail + `", "EventSelectors": []}`),
		}},
	}
}

// estate is an organization of two accounts, of which one has three resources of every kind in one region.
func estate(t testing.TB) []inventory.Part {
	t.Helper()
	part := inventory.Part{Unit: unit, Observed: observed}
	settings := inventory.NewResource(inventory.Settings, unit, member+"/"+region)
	settings.Facts["organization"] = fact(`{"Id": "o-abcdefghij", "MasterAccountId": "999900001111", "FeatureSet": "ALL",
		"Arn": "arn:aws:organizations::999900001111:organization/o-abcdefghij"}`)
	settings.Facts["ebs_default_kms_key"] = fact(`{"KmsKeyId": "alias/volumes-1"}`)
	part.Resources = append(part.Resources, settings)
	for _, things := range [][]thing{owned(), launching(), keeping()} {
		for _, some := range things {
			part.Resources = append(part.Resources, some.made(unit)...)
		}
	}
	return []inventory.Part{roll(), part}
}

// made are the three resources.
func (s thing) made(owner inventory.Unit) (all []inventory.Resource) {
	if s.kind == inventory.ForeignImage || s.kind == inventory.ForeignSnapshot {
		owner.Account = "999988887777"
	}
	for i, number := range []string{"1", "2", "3"} {
		r := inventory.NewResource(s.kind, owner, strings.ReplaceAll(s.id, "#", number))
		for name, texts := range s.facts {
			r.Facts[name] = fact(strings.ReplaceAll(texts[i], "#", number))
		}
		all = append(all, r)
	}
	return all
}

func fact(text string) inventory.Fact {
	return inventory.Fact{Status: inventory.Known, Value: json.RawMessage(text)}
}

// roll is the organization: its two accounts, and one that is closed.
func roll() inventory.Part {
	part := inventory.Part{Unit: inventory.Unit{Partition: "aws", Account: hub, Region: inventory.Global}, Observed: observed}
	for account, state := range map[string]string{hub: "ACTIVE", member: "ACTIVE", "444455556666": "SUSPENDED"} {
		own := inventory.Unit{Partition: "aws", Account: account, Region: inventory.Global}
		r := inventory.NewResource(inventory.Account, own, account)
		r.Facts["account"] = fact(`{"Id": "` + account + `", "Name": "a", "State": "` + state + `", "Arn": "arn:aws:organizations::` + hub +
			`:account/o-abcdefghij/` + account + `", "Paths": ["o-abcdefghij/r-ab12/ou-ab12-11111111/"]}`)
		r.Facts["tags"] = fact(`[{"Key": "team", "Value": "web"}]`)
		part.Resources = append(part.Resources, r)
	}
	part.Sort()
	return part
}
