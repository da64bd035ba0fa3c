# METADATA
# title: User data of a launch template holds a secret
# description: >-
#   Judges the user data of the template's default and latest version, unpacked as cloud-init would. Whoever may describe
#   the template or reach an instance's metadata service reads it. What is found are patterns of keys, tokens and passwords:
#   a placeholder may look like one, and a secret without a pattern is not seen. Secrets themselves are never kept, only rule
#   and place. Older versions hold what they held: delete them as well.
# scope: package
# schemas:
#   - input: schema.launch_template
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/intro.html
# custom:
#   severity: critical
#   resource: launch_template
#   remediation: |-
#     Revoke the secret where it was issued; it counts as known. Keep the new one in Secrets Manager, let the instance's
#     role read it, and fetch it while booting:
#     aws secretsmanager create-secret --name NAME --secret-string file://secret.txt
#     Then make a version without it, and delete all versions that hold it:
#     aws ec2 create-launch-template-version --cli-input-json file://version.json
#     aws ec2 modify-launch-template --launch-template-id TEMPLATE_ID --default-version NEW_VERSION
#     aws ec2 delete-launch-template-versions --launch-template-id TEMPLATE_ID --versions VERSION
#   controls: []
package amiscan.content.lt_userdata_secret

import data.amiscan.lib.user_data

violation contains object.union(finding, {"subject": subject}) if {
	some version in input.user_data
	some secret in version.Secrets
	finding := user_data.finding(sprintf("version %d", [version.VersionNumber]), secret)
	subject := sprintf("%d %s", [version.VersionNumber, user_data.place(secret)])
}

undecided contains {"msg": msg, "subject": format_int(version.VersionNumber, 10)} if {
	some version in input.user_data
	msg := user_data.unread(sprintf("version %d", [version.VersionNumber]), version)
}
