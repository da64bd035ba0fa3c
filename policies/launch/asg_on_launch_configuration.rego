# METADATA
# title: Auto Scaling group uses a launch configuration
# description: >-
#   Judges whether the group names a launch configuration instead of a launch template. Launch configurations can't be
#   changed or versioned, get no new features of EC2, and accounts that are new can't make any. What the configuration
#   launches is judged by policies on launch configurations.
# scope: package
# schemas:
#   - input: schema.auto_scaling_group
# related_resources:
#   - ref: https://docs.aws.amazon.com/autoscaling/ec2/userguide/launch-configurations.html
#   - ref: https://docs.aws.amazon.com/autoscaling/ec2/userguide/migrate-to-launch-templates.html
# custom:
#   severity: medium
#   resource: auto_scaling_group
#   remediation: |-
#     Make a launch template of the configuration and let the group use that; instances that run stay as they are:
#     aws autoscaling describe-launch-configurations --launch-configuration-names CONFIGURATION
#     aws ec2 create-launch-template --launch-template-name NAME --launch-template-data file://data.json
#     aws autoscaling update-auto-scaling-group --auto-scaling-group-name GROUP --launch-template LaunchTemplateName=NAME
#   controls:
#     - FSBP/AutoScaling.9
#     - Config/autoscaling-launch-template
#     - ControlTower/CT.AUTOSCALING.PR.8
#     - NIST-800-53-r5/CA-9(1)
#     - NIST-800-53-r5/CM-2
#     - NIST-800-53-r5/CM-2(2)
package amiscan.launch.asg_on_launch_configuration

violation contains {"msg": msg, "evidence": {"LaunchConfigurationName": name}} if {
	name := input.group.LaunchConfigurationName
	name != ""
	msg := sprintf("the group launches from launch configuration %q, not from a launch template", [name])
}
