# METADATA
# title: Allowed AMIs is not enforced
# description: >-
#   Judges whether the account restricts, in this Region, whose AMIs may be found and launched. Without it a launch takes
#   any AMI that an id or a name search leads to, a stranger's lookalike among them. Audit mode only marks what would be
#   refused. Own AMIs are always allowed. Which criteria are set is not judged.
# scope: package
# schemas:
#   - input: schema.settings
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-allowed-amis.html
# custom:
#   severity: medium
#   resource: settings
#   remediation: |-
#     Write the owners that are used into criteria.json and try them in audit mode:
#     aws ec2 replace-image-criteria-in-allowed-images-settings --cli-input-json file://criteria.json
#     aws ec2 enable-allowed-images-settings --allowed-images-settings-state audit-mode
#     Once nothing that is needed would be refused, enforce them:
#     aws ec2 enable-allowed-images-settings --allowed-images-settings-state enabled
#     Where a declarative policy manages the setting, change the policy in the organization instead.
#   controls: []
#   default: false
package amiscan.account.allowed_images_off

violation contains {"msg": msg, "evidence": evidence} if {
	msg := problems[input.allowed_images.State]
	evidence := object.filter(input.allowed_images, {"State", "ManagedBy"})
}

undecided contains {"msg": "EC2 does not say in a known way whether Allowed AMIs is on"} if not told

told if input.allowed_images.State in {"disabled", "audit-mode", "enabled"}

problems := {
	"disabled": "Allowed AMIs is off: AMIs of any owner can be found and launched in this Region",
	"audit-mode": "Allowed AMIs is in audit mode: AMIs that do not meet its criteria are marked and launched all the same",
}
