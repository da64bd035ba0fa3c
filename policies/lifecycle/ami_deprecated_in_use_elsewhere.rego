# METADATA
# title: Another account launches a deprecated AMI
# description: >-
#   Judges, from the image's deprecation date on, what launches it in other accounts of the audit in the same Region, as
#   lifecycle/ami-deprecated-in-use does in the owner's: launch templates, groups, launch configurations and fleets,
#   directly or through an SSM parameter of their account. Instances are not judged. Sharing does not end with the date:
#   launches still work, unless the other account's Allowed AMIs setting refuses the image, so its teams may not have
#   noticed. It passes for certain only if every account that may launch the image was seen.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-deprecate.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharing-amis.html
# custom:
#   severity: medium
#   resource: ami
#   remediation: |-
#     Tell the owners of the account which image takes this one's place. There, where a version names the image itself:
#     aws ec2 create-launch-template-version --launch-template-id TEMPLATE_ID --cli-input-json file://version.json
#     aws ec2 modify-launch-template --launch-template-id TEMPLATE_ID --default-version NEW_VERSION
#     Where it goes through an SSM parameter:
#     aws ssm put-parameter --name NAME --value NEW_IMAGE_ID --overwrite
#     Withdraw the share, or deregister the image, only when nothing is named here any more.
#   controls: []
#   partial: [references_elsewhere]
package amiscan.lifecycle.ami_deprecated_in_use_elsewhere

import data.amiscan.lib.references
import data.amiscan.lib.when

violation contains when.shown(member) if {
	some member in due
	when.come(member, input.now)
}

due contains {"msg": msg, "subject": subject, "evidence": evidence, "from": from} if {
	from := input.image.DeprecationTime
	some reference in input.references_elsewhere
	reference.kind == "launch_template"
	subject := sprintf("%s %s", [reference.account, references.template_subject(reference)])
	msg := naming(from, reference.account, references.template_label(reference))
	evidence := {"DeprecationTime": from, "reference": reference}
}

due contains {"msg": msg, "subject": subject, "evidence": evidence, "from": from} if {
	from := input.image.DeprecationTime
	some reference in input.references_elsewhere
	references.named_besides(reference)
	subject := sprintf("%s %s", [reference.account, references.subject(reference)])
	msg := naming(from, reference.account, references.label(reference))
	evidence := {"DeprecationTime": from, "reference": references.shown(reference)}
}

naming(from, account, launcher) := sprintf(
	"in account %s %s names this image, which is deprecated from %s on",
	[account, launcher, from],
)
