# METADATA
# title: Account does not require IMDSv2 of new instances by default
# description: >-
#   Judges the account's default for the instance metadata service in this Region. Without required tokens, a launch that
#   does not ask for IMDSv2 and whose image does not either allows IMDSv1; a default of optional even overrules the image.
#   A field that is not there has no preference. Accepted is a default that switches the service off, and enforcement, which
#   refuses every launch that would allow IMDSv1. What single launches come to is judged by launch/imds-effective.
# scope: package
# schemas:
#   - input: schema.settings
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
# custom:
#   severity: high
#   resource: settings
#   remediation: |-
#     First see that nothing that is launched here uses IMDSv1 (CloudWatch metric MetadataNoToken), then require tokens;
#     running instances stay as they are:
#     aws ec2 modify-instance-metadata-defaults --http-tokens required
#     Where a declarative policy manages the setting, change the policy in the organization instead.
#   controls: []
package amiscan.account.imds_default_weak

violation contains {"msg": concat(" ", [problem, consequence]), "evidence": input.instance_metadata_defaults} if {
	problem := problems[tokens]
	not accepted
}

undecided contains {"msg": "EC2 does not say in a known way whether the account requires IMDSv2 by default"} if {
	not told
	not accepted
}

told if problems[tokens]

tokens := object.get(input.instance_metadata_defaults, "HttpTokens", "no-preference")

problems := {
	"no-preference": "the account has no default for metadata tokens:",
	"optional": "the account's default makes metadata tokens optional, whatever the image says:",
}

consequence := "new instances allow IMDSv1 unless their launch requires tokens"

accepted if tokens == "required"

accepted if input.instance_metadata_defaults.HttpEndpoint == "disabled"

accepted if input.instance_metadata_defaults.HttpTokensEnforced == "enabled"
