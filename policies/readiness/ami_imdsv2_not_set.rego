# METADATA
# title: AMI does not ask for IMDSv2
# description: >-
#   Judges ImdsSupport of available images: with v2.0, what is launched of the image requires IMDSv2 wherever neither the
#   launch nor the account says otherwise. Where the account's default requires IMDSv2, an image that is shared with
#   nobody needs no setting of its own and passes; for one that is shared, the recipients' accounts decide, which cannot
#   be seen from here. Images of AWS Backup and Data Lifecycle Manager are not applicable, nor are images that are not
#   available; pending ones are undecided. What a launch really gets is left to launch/imds-effective.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html
# custom:
#   severity: medium
#   resource: ami
#   remediation: |-
#     Make sure that the software in the image uses IMDSv2: the setting can't be taken back. It sets the hop limit to 2.
#     aws ec2 modify-image-attribute --image-id IMAGE_ID --imds-support v2.0
#     In the builder, set it from the start (Packer: imds_support; register-image: --imds-support v2.0).
#     For the account's own launches, its default does as well:
#     aws ec2 modify-instance-metadata-defaults --http-tokens required
#   controls: []
package amiscan.readiness.ami_imdsv2_not_set

import data.amiscan.lib.backups
import data.amiscan.lib.images

applies if {
	images.upcoming(input.image)
	object.get(input.image, "ImageType", "machine") == "machine"
	not backups.made(input.image)
}

violation contains {"msg": msg} if {
	open
	not images.pending(input.image)
	not required_here
	msg := "the image does not ask for IMDSv2, and the account's default does not require it: IMDSv1 may be used"
}

violation contains {"msg": msg, "subject": "recipients", "evidence": {"launch_permission": permission}} if {
	open
	not images.pending(input.image)
	required_here
	some permission in input.launch_permissions
	permission != {"UserId": input.account}
	msg := "the image does not ask for IMDSv2 and is shared: the account's default does not hold for its recipients"
}

undecided contains {"msg": images.not_ready(input.image)} if {
	open
	images.pending(input.image)
}

open if {
	applies
	not input.image.ImdsSupport == "v2.0"
}

required_here if input.instance_metadata_defaults.HttpTokens == "required"
