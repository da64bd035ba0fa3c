# METADATA
# title: Launch names an instance type that the Region does not have
# description: >-
#   Judges each launch that names an instance type: EC2 must know it in this Region. A type that is misspelt, retired or only
#   offered elsewhere launches nothing. In which availability zones a type is offered is judged by
#   launch/type-not-offered-in-az.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-discovery.html
# custom:
#   severity: critical
#   resource: launcher
#   remediation: |-
#     Find the types of the same family that this Region has, and name one of them:
#     aws ec2 describe-instance-types --filters "Name=instance-type,Values=FAMILY.*" --query "InstanceTypes[].InstanceType"
#   controls: []
package amiscan.launch.lt_type_unknown

import data.amiscan.lib.boot

violation contains boot.finding(launch, problem, {"InstanceType": launch.instance_type}) if {
	some launch in input.launches
	launch.instance_type
	not there(launch.instance_type)
	problem := sprintf("%s is no instance type of this Region: the launch fails", [launch.instance_type])
}

violation contains boot.finding(launch, problem, object.filter(type, {"InstanceType", "SupportedInRegion"})) if {
	some launch in input.launches
	some type in input.instance_types
	boot.runs_on(launch, type)
	type.SupportedInRegion == false
	problem := sprintf("%s is not supported in this Region: the launch fails", [type.InstanceType])
}

there(name) if {
	some type in input.instance_types
	type.InstanceType == name
}
