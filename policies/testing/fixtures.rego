# METADATA
# title: Whole objects for the policies' tests
# description: >-
#   Each object is what the AWS CLI prints for a sound resource; tests override what they are about with object.union
#   and object.remove. Only tests import this package.
# scope: package
package amiscan.testing.fixtures

account := "111122223333"

region := "eu-west-1"

now := "2026-11-22T12:00:00Z"

# image is private, encrypted, current and available.
image := {
	"Architecture": "x86_64",
	"BlockDeviceMappings": [root_mapping, data_mapping],
	"BootMode": "uefi-preferred",
	"CreationDate": "2026-10-01T08:30:00.000Z",
	"DeprecationTime": "2027-10-01T08:30:00.000Z",
	"DeregistrationProtection": "disabled",
	"Description": "web server, baked nightly",
	"EnaSupport": true,
	"Hypervisor": "xen",
	"ImageId": "ami-0a1b2c3d4e5f60718",
	"ImageLocation": "111122223333/web-20261001",
	"ImageType": "machine",
	"ImdsSupport": "v2.0",
	"Name": "web-20261001",
	"OwnerId": account,
	"PlatformDetails": "Linux/UNIX",
	"Public": false,
	"RootDeviceName": "/dev/xvda",
	"RootDeviceType": "ebs",
	"SourceImageId": "ami-0f0e0d0c0b0a09080",
	"SourceImageRegion": region,
	"SourceInstanceId": "i-00112233445566778",
	"SriovNetSupport": "simple",
	"State": "available",
	"Tags": [{"Key": "Name", "Value": "web"}, {"Key": "Owner", "Value": "team-web"}],
	"UsageOperation": "RunInstances",
	"VirtualizationType": "hvm",
}

root_mapping := {
	"DeviceName": "/dev/xvda",
	"Ebs": {
		"DeleteOnTermination": true,
		"Encrypted": true,
		"Iops": 3000,
		"SnapshotId": "snap-0a0a0a0a0a0a0a0a0",
		"Throughput": 125,
		"VolumeSize": 8,
		"VolumeType": "gp3",
	},
}

data_mapping := {
	"DeviceName": "/dev/sdf",
	"Ebs": {
		"DeleteOnTermination": true,
		"Encrypted": true,
		"SnapshotId": "snap-0b0b0b0b0b0b0b0b0",
		"VolumeSize": 100,
		"VolumeType": "gp3",
	},
}

# snapshot is the one behind the image's root.
snapshot := {
	"Description": "Created by CreateImage(i-00112233445566778) for ami-0a1b2c3d4e5f60718",
	"Encrypted": true,
	"KmsKeyId": key.Arn,
	"OwnerId": account,
	"Progress": "100%",
	"SnapshotId": "snap-0a0a0a0a0a0a0a0a0",
	"StartTime": "2026-10-01T08:31:00Z",
	"State": "completed",
	"StorageTier": "standard",
	"VolumeId": "vol-0c0c0c0c0c0c0c0c0",
	"VolumeSize": 8,
}

key := {
	"AWSAccountId": account,
	"Arn": "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
	"CreationDate": "2025-01-15T10:00:00Z",
	"Description": "golden images",
	"Enabled": true,
	"KeyId": "1234abcd-12ab-34cd-56ef-1234567890ab",
	"KeyManager": "CUSTOMER",
	"KeySpec": "SYMMETRIC_DEFAULT",
	"KeyState": "Enabled",
	"KeyUsage": "ENCRYPT_DECRYPT",
	"MultiRegion": false,
	"Origin": "AWS_KMS",
}

organization := {
	"Arn": "arn:aws:organizations::999999999999:organization/o-a1b2c3d4e5",
	"FeatureSet": "ALL",
	"Id": "o-a1b2c3d4e5",
	"MasterAccountArn": "arn:aws:organizations::999999999999:account/o-a1b2c3d4e5/999999999999",
	"MasterAccountEmail": "aws@example.com",
	"MasterAccountId": "999999999999",
}

# template_version is the default version of a template that names the image.
template_version := {
	"CreateTime": "2026-10-02T06:00:00Z",
	"CreatedBy": "arn:aws:iam::111122223333:role/deploy",
	"DefaultVersion": true,
	"LaunchTemplateData": {
		"ImageId": image.ImageId,
		"InstanceType": "m7i.large",
		"MetadataOptions": {"HttpEndpoint": "enabled", "HttpTokens": "required", "State": "applied"},
	},
	"LaunchTemplateId": "lt-0d0d0d0d0d0d0d0d0",
	"LaunchTemplateName": "web",
	"VersionNumber": 3,
}

# reference says that template_version names the image.
reference := {
	"kind": "launch_template",
	"id": "lt-0d0d0d0d0d0d0d0d0",
	"name": "web",
	"version": 3,
	"default": true,
	"latest": true,
}

parameter := {
	"ARN": "arn:aws:ssm:eu-west-1:111122223333:parameter/golden/web",
	"DataType": "aws:ec2:image",
	"LastModifiedDate": "2026-10-02T05:55:00Z",
	"Name": "/golden/web",
	"Type": "String",
	"Value": image.ImageId,
	"Version": 7,
}

# ami is the document of the image with these facts, all of them known.
ami(facts) := document("ami", image.ImageId, "arn:aws:ec2:eu-west-1::image/ami-0a1b2c3d4e5f60718", facts)

# kms_key is the document of the key with these facts, all of them known.
kms_key(facts) := document("kms_key", key.Arn, key.Arn, facts)

# launch_template is the document of the template with these facts, all of them known.
launch_template(facts) := document(
	"launch_template",
	template_version.LaunchTemplateId,
	"arn:aws:ec2:eu-west-1:111122223333:launch-template/lt-0d0d0d0d0d0d0d0d0",
	facts,
)

# launch is what the default version of the template launches.
launch := {
	"subject": "3",
	"template_id": template_version.LaunchTemplateId,
	"template_name": "web",
	"version": 3,
	"default": true,
	"latest": true,
	"override": false,
	"image_reference": image.ImageId,
	"image_id": image.ImageId,
	"instance_type": "m7i.large",
	"requirements": false,
	"service_roles": [],
	"zones": [],
	"data": template_version.LaunchTemplateData,
}

auto_scaling_role := concat("", [
	"arn:aws:iam::111122223333:role/aws-service-role/",
	"autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
])

group := {
	"AutoScalingGroupARN": concat(":", [
		"arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup",
		"0e0e0e0e-1111-2222-3333-444455556666:autoScalingGroupName/web",
	]),
	"AutoScalingGroupName": "web",
	"AvailabilityZones": ["eu-west-1a", "eu-west-1b"],
	"CreatedTime": "2026-01-10T09:00:00Z",
	"DesiredCapacity": 2,
	"LaunchTemplate": {
		"LaunchTemplateId": template_version.LaunchTemplateId,
		"LaunchTemplateName": "web",
		"Version": "$Default",
	},
	"MaxSize": 6,
	"MinSize": 2,
	"ServiceLinkedRoleARN": auto_scaling_role,
	"VPCZoneIdentifier": "subnet-0a1a1a1a1a1a1a1a1,subnet-0b1b1b1b1b1b1b1b1",
}

# group_launch is what the group launches.
group_launch := object.union(launch, {
	"subject": "",
	"service_roles": [auto_scaling_role],
	"zones": ["eu-west-1a", "eu-west-1b"],
})

# instance_type is a current Nitro type for x86.
instance_type := {
	"BareMetal": false,
	"BurstablePerformanceSupported": false,
	"CurrentGeneration": true,
	"DedicatedHostsSupported": true,
	"EbsInfo": {
		"EbsOptimizedSupport": "default",
		"EncryptionSupport": "supported",
		"NvmeSupport": "required",
		"MaximumEbsAttachments": 32,
		"AttachmentLimitType": "shared",
	},
	"HibernationSupported": true,
	"Hypervisor": "nitro",
	"InstanceStorageSupported": false,
	"InstanceType": "m7i.large",
	"NetworkInfo": {"EnaSupport": "required", "MaximumNetworkInterfaces": 3},
	"NitroEnclavesSupport": "supported",
	"NitroTpmInfo": {"SupportedVersions": ["2.0"]},
	"NitroTpmSupport": "supported",
	"ProcessorInfo": {"SupportedArchitectures": ["x86_64"]},
	"SupportedBootModes": ["legacy-bios", "uefi"],
	"SupportedRootDeviceTypes": ["ebs"],
	"SupportedUsageClasses": ["on-demand", "spot"],
	"SupportedVirtualizationTypes": ["hvm"],
}

# sound are the facts of a launcher whose launches are sound.
sound := {
	"launches": [launch],
	"images": [image],
	"recycled_images": [],
	"parameters": [],
	"snapshots": [snapshot, data_snapshot],
	"keys": [key],
	"key_names": [],
	"instance_types": [instance_type],
	"ebs_encryption_by_default": {"EbsEncryptionByDefault": true},
	"ebs_default_kms_key": {"KmsKeyId": key.Arn},
	"instance_metadata_defaults": {"HttpTokens": "required", "HttpPutResponseHopLimit": 2},
	"allowed_images": {"State": "disabled", "ManagedBy": "account"},
}

# data_snapshot is the one behind the image's second device.
data_snapshot := object.union(snapshot, {
	"SnapshotId": "snap-0b0b0b0b0b0b0b0b0",
	"VolumeId": "vol-0d0d0d0d0d0d0d0d0",
	"VolumeSize": 100,
})

# launcher is the document of the template as what launches it, with these facts over those of a sound one.
launcher(facts) := launch_template(object.union(sound, facts))

# auto_scaling_group is the document of the group with these facts over those of a sound one.
auto_scaling_group(facts) := document(
	"auto_scaling_group",
	"web",
	"arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:*:autoScalingGroupName/web",
	object.union(object.union(sound, {"group": group, "launches": [group_launch]}), facts),
)

# settings is the document of the unit's settings with these facts, all of them known.
settings(facts) := document("settings", "111122223333/eu-west-1", "", facts)

# ebs_snapshot is the document of the snapshot with these facts, all of them known.
ebs_snapshot(facts) := document(
	"snapshot",
	snapshot.SnapshotId,
	"arn:aws:ec2:eu-west-1::snapshot/snap-0a0a0a0a0a0a0a0a0",
	facts,
)

# document is what a policy sees of one resource.
document(kind, id, arn, facts) := object.union(facts, {
	"kind": kind,
	"id": id,
	"arn": arn,
	"account": account,
	"unit_account": account,
	"partition": "aws",
	"region": region,
	"now": now,
	"status": {name: "known" | some name, _ in facts},
})

# not_found is a document without the fact, of which AWS said that it is not there.
not_found(whole, fact) := object.union(object.remove(whole, [fact]), {"status": {fact: "not_found"}})

# with_image is the image's document as with_image({…fields…}): the sound image with these fields.
with_image(fields) := ami({"image": object.union(image, fields)})

# without_image is the image's document, the image lacking these fields.
without_image(fields) := ami({"image": object.remove(image, fields)})
