# METADATA
# title: Launch allows IMDSv1
# description: >-
#   Judges what each launch of a template (default and latest version), group, configuration or fleet ends up with: its own
#   metadata options, else the account's default, else the image (ImdsSupport v2.0), else optional tokens. Where a default
#   or latest version or a configuration says optional itself, lt-imdsv1-allowed and lc-imdsv1-allowed say so. A launch with
#   the metadata service off is in order; one whose image does not resolve is left to lt-image-gone.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
# custom:
#   severity: high
#   resource: launcher
#   remediation: |-
#     First see that the instances don't use IMDSv1 (CloudWatch metric MetadataNoToken). Then require tokens for the whole
#     account in this Region, for an own image where the account has no default, or in the launch itself:
#     aws ec2 modify-instance-metadata-defaults --http-tokens required
#     aws ec2 modify-image-attribute --image-id IMAGE_ID --imds-support v2.0
#   controls:
#     - FSBP/EC2.170
#     - Config/ec2-launch-template-imdsv2-check
package amiscan.launch.imds_effective

import data.amiscan.lib.boot
import data.amiscan.lib.launch_tokens

violation contains boot.finding(launch, layers[tokens.from], {"HttpTokens": tokens}) if {
	some launch in input.launches
	not reported(launch)
	tokens := launch_tokens.without_image(launch, input.instance_metadata_defaults)
	tokens.value == "optional"
}

violation contains boot.finding(launch, layers["default"], {"HttpTokens": tokens}) if {
	some launch in input.launches
	tokens := launch_tokens.with_image(launch, input.images, input.instance_metadata_defaults)
	tokens.value == "optional"
}

undecided contains boot.doubt(launch, "the image decides whether tokens are required, and is not seen in full") if {
	some launch in input.launches
	launch_tokens.with_image(launch, input.images, input.instance_metadata_defaults).value == "unknown"
	some image in input.images
	image.ImageId == launch.image_id
}

undecided contains boot.doubt(launch, "the image decides whether tokens are required, and it names none") if {
	some launch in input.launches
	not launch.image_reference
	launch_tokens.image_decides(launch, input.instance_metadata_defaults)
}

# Auto Scaling's reference says optional where EC2's order of precedence says required.
undecided contains boot.doubt(launch, "its launch configuration does not say whether tokens are required") if {
	some launch in input.launches
	not launch.template_id
	input.kind != "spot_fleet"
	launch_tokens.is_silent(launch)
	"required" in launch_tokens.values(launch, input.images, input.instance_metadata_defaults)
}

layers := {
	"launch": "it makes metadata tokens optional: its instances allow IMDSv1",
	"account": "metadata tokens are optional by the account's default: its instances allow IMDSv1",
	"default": "neither launch, account nor image requires metadata tokens: its instances allow IMDSv1",
}

reported(launch) if {
	launch.data.MetadataOptions.HttpTokens == "optional"
	true in {launch.default, launch.latest, object.get(launch, "template_id", "") == ""}
}
