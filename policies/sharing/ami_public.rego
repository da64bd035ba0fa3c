# METADATA
# title: AMI is public
# description: >-
#   Judges whether every AWS account may launch the image (Image.Public: its launch permission names the group all).
#   Recipients can read everything in the image by launching it. Block public access for AMIs refuses new public
#   sharing in its Region; it does not withdraw what is public already, so it is no remedy for this finding and is not
#   looked at here. The backing snapshots have permissions of their own, which sharing/snapshot-public judges.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-intro.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html
# custom:
#   severity: critical
#   resource: ami
#   remediation: |-
#     Withdraw the public launch permission:
#     aws ec2 modify-image-attribute --image-id IMAGE_ID --launch-permission "Remove=[{Group=all}]"
#     Or, to withdraw every other grantee as well:
#     aws ec2 reset-image-attribute --image-id IMAGE_ID --attribute launchPermission
#     Then refuse new public sharing in the Region:
#     aws ec2 enable-image-block-public-access --image-block-public-access-state block-new-sharing
#     Treat every secret in the image as known to others.
#   controls: [CIS-Compute-1.0.0/2.1.5]
package amiscan.sharing.ami_public

violation contains {"msg": msg, "evidence": evidence} if {
	input.image.Public == true
	msg := sprintf("every AWS account may launch this image%s", [published])
	evidence := object.filter(input.image, {"Public", "PublicSsmParameterName"})
}

undecided contains {"msg": "the image does not say whether it is public"} if not stated

stated if is_boolean(input.image.Public)

default published := ""

published := sprintf("; the public SSM parameter %q leads to it", [input.image.PublicSsmParameterName])
