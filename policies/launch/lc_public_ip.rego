# METADATA
# title: Launch configuration gives instances a public IP address
# description: >-
#   Judges whether AssociatePublicIpAddress is true. Where the configuration says nothing of it, the subnet decides, which
#   is not judged here; neither is what security groups let in. It is judged whether or not a group uses it.
# scope: package
# schemas:
#   - input: schema.launch_configuration
# related_resources:
#   - ref: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateLaunchConfiguration.html
#   - ref: https://docs.aws.amazon.com/autoscaling/ec2/userguide/migrate-to-launch-templates.html
# custom:
#   severity: high
#   resource: launch_configuration
#   remediation: |-
#     A launch configuration can't be changed. Make a launch template of it without the public address, reach the instances
#     through a load balancer, a NAT gateway or Session Manager, and let the group use that:
#     aws ec2 create-launch-template --launch-template-name NAME --launch-template-data file://data.json
#     aws autoscaling update-auto-scaling-group --auto-scaling-group-name GROUP --launch-template LaunchTemplateName=NAME
#   controls:
#     - FSBP/AutoScaling.5
#     - Config/autoscaling-launch-config-public-ip-disabled
#     - ControlTower/CT.AUTOSCALING.PR.5
#     - NIST-800-53-r5/AC-3
#     - NIST-800-53-r5/AC-3(7)
#     - NIST-800-53-r5/AC-4
#     - NIST-800-53-r5/AC-4(21)
#     - NIST-800-53-r5/AC-6
#     - NIST-800-53-r5/AC-21
#     - NIST-800-53-r5/SC-7
package amiscan.launch.lc_public_ip

violation contains {"msg": msg, "evidence": {"AssociatePublicIpAddress": true}} if {
	input.launch_configuration.AssociatePublicIpAddress
	msg := "the launch configuration gives its instances a public IP address"
}
