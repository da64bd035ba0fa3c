# METADATA
# title: AMI is public although block public access is on
# description: >-
#   Judges whether the image is public while the Region's block public access for AMIs is block-new-sharing. That setting
#   refuses new public sharing only: an account check that shows it as on says nothing of the images that were public
#   before. sharing/ami-public reports the same image whatever the setting is; this policy is off by default, and for
#   those who look at the setting first.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html
# custom:
#   severity: critical
#   resource: ami
#   remediation: |-
#     Withdraw the public launch permission. The setting keeps it from being given again:
#     aws ec2 modify-image-attribute --image-id IMAGE_ID --launch-permission "Remove=[{Group=all}]"
#     Treat every secret in the image as known to others.
#   controls: []
#   default: false
package amiscan.sharing.ami_public_despite_bpa

violation contains {"msg": msg, "evidence": evidence} if {
	input.image.Public == true
	input.image_block_public_access.ImageBlockPublicAccessState == "block-new-sharing"
	msg := "the image is public: block public access is on, but does not touch what was public before"
	evidence := {"Public": true, "image_block_public_access": input.image_block_public_access}
}

undecided contains {"msg": "the image does not say whether it is public"} if not stated

undecided contains {"msg": "the image is public, and block public access does not say its state"} if {
	input.image.Public == true
	not input.image_block_public_access.ImageBlockPublicAccessState
}

stated if is_boolean(input.image.Public)
