# METADATA
# title: AMI is shared although its key is one that AWS manages
# description: >-
#   Nobody outside its account can ever use a key such as aws/ebs, and its key policy cannot be changed. EC2 refuses to share
#   such an image; one that is shared all the same cannot be launched by those that it is shared with. A key of which KMS
#   does not tell who manages it is undecided.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html
# custom:
#   severity: critical
#   resource: ami
#   remediation: |-
#     Copy the image under a customer managed key, open that to the grantees, share the copy and withdraw this share:
#     aws ec2 copy-image --source-image-id IMAGE_ID --source-region REGION --region REGION --name NAME \
#       --encrypted --kms-key-id KEY_ID
#     aws ec2 modify-image-attribute --image-id IMAGE_ID --launch-permission "Remove=[{UserId=ACCOUNT_ID}]"
#   controls: []
package amiscan.encryption.ami_shared_aws_managed_key

import data.amiscan.lib.image_keys
import data.amiscan.lib.keys

violation contains {"msg": msg, "subject": grantee.name, "evidence": evidence} if {
	some grantee in grantees
	some arn in image_keys.arns(input.image, input.snapshots)
	keys.managed_by_aws(image_keys.key(input.keys, arn))
	msg := sprintf("%s cannot launch this image: AWS manages its key %s for this account alone", [grantee.name, arn])
	evidence := {"launch_permission": grantee.permission, "KmsKeyId": arn}
}

undecided contains {"msg": msg, "subject": arn} if {
	count(grantees) > 0
	some arn in image_keys.arns(input.image, input.snapshots)
	not tells(image_keys.key(input.keys, arn))
	msg := sprintf("key %s: KMS does not tell who manages it", [arn])
}

undecided contains {"msg": sprintf("%s: not seen under which key, so not who manages that", [id]), "subject": id} if {
	count(grantees) > 0
	some id in image_keys.hidden(input.image, input.snapshots)
}

grantees := image_keys.grantees(input.launch_permissions, input.account, input.partition, input.region)

tells(key) if key.KeyManager in {"AWS", "CUSTOMER"}
