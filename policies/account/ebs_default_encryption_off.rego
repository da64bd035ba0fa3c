# METADATA
# title: EBS encryption by default is off
# description: >-
#   Judges the setting of the account in this Region. While it is off, a launch from an AMI with snapshots in clear makes
#   volumes in clear, unless the launch itself asks for encryption. Which key is used is not judged, nor is what exists
#   already: switching it on changes neither volumes nor snapshots.
# scope: package
# schemas:
#   - input: schema.settings
# related_resources:
#   - ref: https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html
# custom:
#   severity: high
#   resource: settings
#   remediation: |-
#     First see that the roles which launch may use the default key, then switch it on:
#     aws ec2 get-ebs-default-kms-key-id
#     aws ec2 enable-ebs-encryption-by-default
#   controls:
#     - FSBP/EC2.7
#     - Config/ec2-ebs-encryption-by-default
#     - CIS-Foundations-3.0.0/2.2.1
#     - CIS-Foundations-5.0.0/5.1.1
#     - NIST-800-53-r5/CA-9(1)
#     - NIST-800-53-r5/CM-3(6)
#     - NIST-800-53-r5/SC-13
#     - NIST-800-53-r5/SC-28
#     - NIST-800-53-r5/SC-28(1)
#     - NIST-800-53-r5/SC-7(10)
#     - NIST-800-53-r5/SI-7(6)
package amiscan.account.ebs_default_encryption_off

violation contains {"msg": msg, "evidence": input.ebs_encryption_by_default} if {
	input.ebs_encryption_by_default.EbsEncryptionByDefault == false
	msg := "EBS encryption by default is off: launches from AMIs in clear make volumes in clear in this Region"
}

undecided contains {"msg": "EC2 does not say whether EBS encryption by default is on"} if not told

told if is_boolean(input.ebs_encryption_by_default.EbsEncryptionByDefault)
