# METADATA
# title: Account enforces IMDSv2 and the launch does not require it
# description: >-
#   Where the account's HttpTokensEnforced is enabled, EC2 launches nothing whose effective HttpTokens is not required: as the
#   launch says, else the account's default, else required for an image with ImdsSupport v2.0, else optional. Undecided where
#   the image decides and is not seen, for launch configurations that leave it open, and where the metadata service is off.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html
# custom:
#   severity: high
#   resource: launcher
#   remediation: |-
#     Require tokens in the launch, or in the account's default. Save this as version.json:
#     {"LaunchTemplateId":"ID","SourceVersion":"VERSION","LaunchTemplateData":{"MetadataOptions":{"HttpTokens":"required"}}}
#     aws ec2 create-launch-template-version --cli-input-json file://version.json
#     aws ec2 modify-instance-metadata-defaults --http-tokens required
#   controls: []
package amiscan.launch.lt_imds_enforcement_conflict

import data.amiscan.lib.boot
import data.amiscan.lib.metadata_service

# Where the launch or the account decides, the image does not matter.
violation contains finding(launch, tokens) if {
	some launch in input.launches
	tokens := judged(launch, null)
	tokens.value == "optional"
}

violation contains finding(launch, tokens) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	tokens := judged(launch, image)
	tokens.value == "optional"
}

undecided contains boot.doubt(launch, "whether its image requires IMDSv2, which the account enforces, can't be seen") if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	judged(launch, image).value == "unknown"
}

undecided contains boot.doubt(launch, "whether its image will require IMDSv2, which the account enforces, is open") if {
	some launch in input.launches
	not launch.image_id
	judged(launch, null).value == "unknown"
}

undecided contains boot.doubt(launch, "turns the metadata service off and does not require IMDSv2, which the account enforces") if {
	some launch in input.launches
	tokens := metadata_service.unserved(launch, input.instance_metadata_defaults)
	tokens.value != "required"
}

# Amazon EC2 Auto Scaling's reference says optional where EC2's order of precedence says required.
undecided contains boot.doubt(launch, "its launch configuration leaves open whether IMDSv2 is required, which the account enforces") if {
	some launch in input.launches
	not launch.template_id
	input.kind != "spot_fleet"
	some image in input.images
	boot.uses(launch, image)
	tokens := judged(launch, image)
	tokens.from != "launch"
	tokens.value == "required"
}

judged(launch, image) := metadata_service.enforced(launch, image, input.instance_metadata_defaults).HttpTokens

finding(launch, tokens) := boot.finding(
	launch,
	sprintf("HttpTokens is optional by %s, but the account enforces IMDSv2: the launch fails", [said_by[tokens.from]]),
	{"HttpTokens": tokens, "HttpTokensEnforced": "enabled"},
)

said_by := {"launch": "the launch itself", "account": "the account's default", "default": "EC2's default"}
