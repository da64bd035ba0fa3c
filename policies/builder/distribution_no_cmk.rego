# METADATA
# title: Image Builder distributes an AMI without a customer managed key
# description: >-
#   Judges every AMI distribution of a distribution configuration: one that names no KMS key. Its copies are encrypted, if
#   at all, under the EBS default key of the Region, and under the AWS managed key nobody else can be given the image.
#   Container distributions are not judged. Whether the key can be used by the accounts that the image is shared with is
#   judged on the image.
# scope: package
# schemas:
#   - input: schema.distribution_configuration
# related_resources:
#   - ref: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_AmiDistributionConfiguration.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html
# custom:
#   severity: medium
#   resource: distribution_configuration
#   default: false
#   remediation: |-
#     Name a customer managed key for each Region, in the amiDistributionConfiguration of the distribution:
#     aws imagebuilder update-distribution-configuration --cli-input-json file://distribution.json
#   controls: []
package amiscan.builder.distribution_no_cmk

violation contains {"msg": msg, "subject": distribution.Region, "evidence": {"Region": distribution.Region}} if {
	some distribution in input.distribution_configuration.Distributions
	distribution.AmiDistributionConfiguration
	not names_key(distribution)
	msg := sprintf("images distributed to %s are encrypted under no customer managed key", [distribution.Region])
}

names_key(distribution) if distribution.AmiDistributionConfiguration.KmsKeyId != ""
