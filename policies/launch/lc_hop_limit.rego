# METADATA
# title: Launch configuration lets metadata tokens travel further than allowed
# description: >-
#   Judges the HttpPutResponseHopLimit that the launch configuration sets itself; where it sets none, it is not judged. With
#   1, a container or a proxy on the instance gets no token; containers with a network of their own need 2. So this is
#   opinion: where containers run, set max_hop_limit to 2. A configuration that switches the metadata service off is not
#   judged.
# scope: package
# schemas:
#   - input: schema.launch_configuration
# related_resources:
#   - ref: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstanceMetadataOptions.html
#   - ref: https://docs.aws.amazon.com/autoscaling/ec2/userguide/migrate-to-launch-templates.html
# custom:
#   severity: medium
#   resource: launch_configuration
#   remediation: |-
#     A launch configuration can't be changed. Make a launch template of it with the lowest limit that the workload needs
#     (metadata option HttpPutResponseHopLimit), and let the group use that:
#     aws ec2 create-launch-template --launch-template-name NAME --launch-template-data file://data.json
#     aws autoscaling update-auto-scaling-group --auto-scaling-group-name GROUP --launch-template LaunchTemplateName=NAME
#   controls:
#     - FSBP/AutoScaling.4
#     - Config/autoscaling-launch-config-hop-limit
#     - NIST-800-53-r5/CA-9(1)
#     - NIST-800-53-r5/CM-2
#     - NIST-800-53-r5/CM-2(2)
#   params:
#     - name: max_hop_limit
#       type: number
#       default: 1
#       meaning: how many network hops a metadata token may travel; containers with a network of their own need 2
#   default: false
package amiscan.launch.lc_hop_limit

violation contains {"msg": msg, "evidence": {"HttpPutResponseHopLimit": limit}} if {
	options := input.launch_configuration.MetadataOptions
	limit := options.HttpPutResponseHopLimit
	limit > data.params.max_hop_limit
	not options.HttpEndpoint == "disabled"
	msg := sprintf(
		"the launch configuration lets metadata tokens travel %d hops, more than %d",
		[limit, data.params.max_hop_limit],
	)
}
