# METADATA
# title: Auto Scaling group has a subnet that is gone
# description: >-
#   Judges the subnets of the group itself (VPCZoneIdentifier): each must exist, or be shared with this account, as the group
#   fails to launch in one that does not. What its template, configuration and overrides name is judged by the other
#   policies on launches: launch/lt-image-gone, launch/lt-dangling-reference, launch/asg-lt-version-gone.
# scope: package
# schemas:
#   - input: schema.auto_scaling_group
# related_resources:
#   - ref: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-instancelaunchfailure.html
# custom:
#   severity: high
#   resource: auto_scaling_group
#   remediation: |-
#     Give the group subnets that exist, in every zone that it is to use:
#     aws autoscaling update-auto-scaling-group --auto-scaling-group-name NAME --vpc-zone-identifier SUBNET_ID,SUBNET_ID
#   controls: []
package amiscan.launch.asg_launch_path_broken

violation contains {"msg": msg, "subject": id, "evidence": {"SubnetId": id}} if {
	some id in regex.split(`[, ]+`, input.group.VPCZoneIdentifier)
	id != ""
	not there(id)
	msg := sprintf("subnet %s of the group does not exist for this account: launches there fail", [id])
}

there(id) if {
	some subnet in input.subnets
	subnet.SubnetId == id
}
