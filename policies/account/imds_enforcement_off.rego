# METADATA
# title: Account does not enforce IMDSv2 at launch
# description: >-
#   Judges whether the account refuses launches that would allow IMDSv1 (HttpTokensEnforced) in this Region. A default of
#   required alone can be overruled by any launch. A field that is not there counts as not enforced; AWS CLI versions that
#   do not know it leave it out as well.
# scope: package
# schemas:
#   - input: schema.settings
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMetadataDefaults.html
# custom:
#   severity: low
#   resource: settings
#   remediation: |-
#     First let launch/imds-effective and the policies it names find no launch that would be refused, then enforce it:
#     aws ec2 modify-instance-metadata-defaults --http-tokens required --http-tokens-enforced enabled
#     Where a declarative policy manages the setting, change the policy in the organization instead.
#   controls: []
#   default: false
package amiscan.account.imds_enforcement_off

violation contains {"msg": msg, "evidence": input.instance_metadata_defaults} if {
	enforcement in {"disabled", "no-preference"}
	msg := "the account does not enforce IMDSv2: a launch that asks for optional metadata tokens gets them"
}

undecided contains {"msg": "EC2 does not say in a known way whether the account enforces IMDSv2"} if {
	not told
}

told if enforcement in {"enabled", "disabled", "no-preference"}

enforcement := object.get(input.instance_metadata_defaults, "HttpTokensEnforced", "no-preference")
