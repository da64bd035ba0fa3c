# METADATA
# title: Launch names a security group, subnet, key pair or instance profile that is gone
# description: >-
#   Judges what a launch names beside its image: security groups by id, subnets, the key pair and the instance profile must
#   exist, or be shared with this account. Any one that does not makes the launch fail. Security groups given by name are not
#   judged, nor are the subnets of an Auto Scaling group (launch/asg-launch-path-broken).
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-instancelaunchfailure.html
# custom:
#   severity: high
#   resource: launcher
#   remediation: |-
#     Make what is missing again under its name, or name one that exists. Save this as version.json:
#     {"LaunchTemplateId":"TEMPLATE_ID","SourceVersion":"VERSION","LaunchTemplateData":{"SecurityGroupIds":["GROUP_ID"]}}
#     aws ec2 create-launch-template-version --cli-input-json file://version.json
#     aws ec2 modify-launch-template --launch-template-id TEMPLATE_ID --default-version NEW_VERSION
#   controls: []
package amiscan.launch.lt_dangling_reference

import data.amiscan.lib.boot

violation contains gone(launch, "security group", id) if {
	some launch in input.launches
	some id in groups(launch)
	not there("security group", id)
}

violation contains gone(launch, "subnet", interface.SubnetId) if {
	some launch in input.launches
	some interface in launch.data.NetworkInterfaces
	interface.SubnetId != ""
	not there("subnet", interface.SubnetId)
}

violation contains gone(launch, "key pair", launch.data.KeyName) if {
	some launch in input.launches
	launch.data.KeyName != ""
	not there("key pair", launch.data.KeyName)
}

violation contains gone(launch, "instance profile", profile) if {
	some launch in input.launches
	some profile in launch.data.IamInstanceProfile
	profile != ""
	not there("instance profile", profile)
}

groups(launch) := {id | some id in launch.data.SecurityGroupIds} | {id |
	some interface in launch.data.NetworkInterfaces
	some id in interface.Groups
}

there("security group", id) if listed(input.security_groups, "GroupId", id)

there("subnet", id) if listed(input.subnets, "SubnetId", id)

there("key pair", name) if listed(input.key_pairs, "KeyName", name)

# An instance profile is named by its name or its ARN.
there("instance profile", name) if listed(input.instance_profiles, "InstanceProfileName", name)

there("instance profile", arn) if listed(input.instance_profiles, "Arn", arn)

# listed holds where one of the list has this in the field.
listed(list, field, value) if {
	some member in list
	member[field] == value
}

gone(launch, kind, name) := boot.at(name, boot.finding(
	launch,
	sprintf("names %s %s, which does not exist for this account: the launch fails", [kind, name]),
	{"kind": kind, "name": name},
))
