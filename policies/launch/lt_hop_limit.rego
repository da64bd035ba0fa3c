# METADATA
# title: Default or latest version of a launch template lets metadata tokens travel further than allowed
# description: >-
#   Judges the HttpPutResponseHopLimit that the template's default and latest version set themselves; where they set none,
#   the account's default or the image's holds and is not judged here. With 1, a container or a proxy on the instance gets
#   no token; containers with a network of their own need 2, which images with ImdsSupport v2.0 ask for as well. So this is
#   opinion: where containers run, set max_hop_limit to 2. Versions that switch the metadata service off are not judged.
# scope: package
# schemas:
#   - input: schema.launch_template
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
# custom:
#   severity: medium
#   resource: launch_template
#   remediation: |-
#     Save this as version.json, with the lowest limit that the workload needs:
#     {"LaunchTemplateId":"TEMPLATE_ID","SourceVersion":"VERSION",
#     "LaunchTemplateData":{"MetadataOptions":{"HttpTokens":"required","HttpPutResponseHopLimit":1}}}
#     aws ec2 create-launch-template-version --cli-input-json file://version.json
#     aws ec2 modify-launch-template --launch-template-id TEMPLATE_ID --default-version NEW_VERSION
#   controls:
#     - ControlTower/CT.EC2.PR.2
#   params:
#     - name: max_hop_limit
#       type: number
#       default: 1
#       meaning: how many network hops a metadata token may travel; containers with a network of their own need 2
#   default: false
package amiscan.launch.lt_hop_limit

import data.amiscan.lib.templates

violation contains finding(version, limit) if {
	some version in templates.launched(input.template_versions)
	options := version.LaunchTemplateData.MetadataOptions
	limit := options.HttpPutResponseHopLimit
	limit > data.params.max_hop_limit
	not options.HttpEndpoint == "disabled"
}

finding(version, limit) := {
	"msg": sprintf(
		"version %d lets metadata tokens travel %d hops, more than %d",
		[version.VersionNumber, limit, data.params.max_hop_limit],
	),
	"subject": format_int(version.VersionNumber, 10),
	"evidence": {"HttpPutResponseHopLimit": limit},
}
