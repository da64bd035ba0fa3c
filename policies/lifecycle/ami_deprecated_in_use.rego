# METADATA
# title: Default or latest version of a launch template names a deprecated AMI
# description: >-
#   Judges, from the image's deprecation date on, each launch template version of the same account and Region that names
#   the image, directly or through an SSM parameter, and is its template's default or latest version. Other versions,
#   instances, launch configurations and fleets with an image of their own, and other accounts are not seen. Launches
#   from a deprecated image still work, unless the launching account's Allowed AMIs setting refuses it: this is about
#   moving on in time.
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
#   controls: []
#   partial: [references]
package amiscan.lifecycle.ami_deprecated_in_use

import data.amiscan.lib.when

violation contains when.shown(member) if {
	some member in due
	when.come(member, input.now)
}

due contains {"msg": msg, "subject": subject, "evidence": evidence, "from": from} if {
	from := input.image.DeprecationTime
	some reference in input.references
	reference.kind == "launch_template"
	subject := sprintf("%s:%d", [reference.id, reference.version])
	msg := sprintf(
		"version %d of launch template %q names this image, which is deprecated from %s on",
		[reference.version, reference.name, from],
	)
	evidence := {"DeprecationTime": from, "reference": reference}
}
