# METADATA
# title: EBS default key is the AWS managed key
# description: >-
#   Judges which key EBS takes where nobody names one. The AWS managed key aws/ebs can't be shared with another account, and
#   its policy can't be changed: an image under it can't be given away, nor can anybody in the account be kept from it. A
#   default key that does not exist any more was not AWS managed, since those can't be deleted; its state is not judged here.
# scope: package
# schemas:
#   - input: schema.settings
# related_resources:
#   - ref: https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html
# custom:
#   severity: medium
#   resource: settings
#   remediation: |-
#     Choose a symmetric customer managed key of this Region whose policy lets in the roles that launch, and name it:
#     aws ec2 modify-ebs-default-kms-key-id --kms-key-id KEY_ARN
#     Volumes and snapshots that exist keep their key.
#   controls: []
#   default: false
package amiscan.account.ebs_default_key_weak

violation contains {"msg": msg, "evidence": {"KmsKeyId": input.ebs_default_kms_key.KmsKeyId}} if {
	managed_by_aws
	msg := "EBS encrypts with the AWS managed key by default: what is under it can't be shared with another account"
}

undecided contains {"msg": "KMS does not say who manages the EBS default key"} if {
	not managed_by_aws
	some key in input.default_keys
	manager(key) != "CUSTOMER"
}

undecided contains {"msg": "EC2 does not say which key EBS takes by default"} if not input.ebs_default_kms_key.KmsKeyId

managed_by_aws if regex.match(`(^|:)alias/aws/ebs$`, input.ebs_default_kms_key.KmsKeyId)

managed_by_aws if {
	some key in input.default_keys
	manager(key) == "AWS"
}

manager(key) := object.get(key, "KeyManager", "")
