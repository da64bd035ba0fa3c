# METADATA
# title: Launch template, group, launch configuration or fleet names a deprecated AMI
# description: >-
#   Judges, from the image's deprecation date on, what launches it in the same account and Region, directly or through an
#   SSM parameter: default and latest versions of templates, launch configurations, and groups and fleets by overrides,
#   specifications and versions that they name by number. One that takes the image from a default or latest version, or from
#   a launch configuration, is not named besides. Instances and other versions are not seen; other accounts are left to
#   lifecycle/ami-deprecated-in-use-elsewhere. Launches from a deprecated image still work, unless the account's Allowed
#   AMIs setting refuses it: this is about moving on in time.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-deprecate.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-allowed-amis.html
# custom:
#   severity: medium
#   resource: ami
#   remediation: |-
#     Where the version names the image itself, save this as version.json:
#     {"LaunchTemplateId":"TEMPLATE_ID","SourceVersion":"VERSION","LaunchTemplateData":{"ImageId":"NEW_IMAGE_ID"}}
#     aws ec2 create-launch-template-version --cli-input-json file://version.json
#     aws ec2 modify-launch-template --launch-template-id TEMPLATE_ID --default-version NEW_VERSION
#     Where it goes through an SSM parameter, put the newer image into that instead:
#     aws ssm put-parameter --name NAME --value NEW_IMAGE_ID --overwrite
#     An override or a version number is changed in its group or fleet; a launch configuration is replaced.
#   controls: []
#   partial: [references]
package amiscan.lifecycle.ami_deprecated_in_use

import data.amiscan.lib.references
import data.amiscan.lib.when

violation contains when.shown(member) if {
	some member in due
	when.come(member, input.now)
}

due contains {"msg": msg, "subject": subject, "evidence": evidence, "from": from} if {
	from := input.image.DeprecationTime
	some reference in input.references
	reference.kind == "launch_template"
	subject := references.template_subject(reference)
	msg := sprintf("%s %s", [references.template_label(reference), naming(from)])
	evidence := {"DeprecationTime": from, "reference": reference}
}

due contains {"msg": msg, "subject": subject, "evidence": evidence, "from": from} if {
	from := input.image.DeprecationTime
	some reference in input.references
	references.named_besides(reference)
	subject := references.subject(reference)
	msg := sprintf("%s %s", [references.label(reference), naming(from)])
	evidence := {"DeprecationTime": from, "reference": references.shown(reference)}
}

naming(from) := sprintf("names this image, which is deprecated from %s on", [from])
