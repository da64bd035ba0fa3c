# METADATA
# title: User data of a launch configuration holds a secret
# description: >-
#   Judges the user data, unpacked as cloud-init would. Whoever may describe the launch configuration or reach an instance's
#   metadata service reads it. What is found are patterns of keys, tokens and passwords: a placeholder may look like one, and
#   a secret without a pattern is not seen. Secrets themselves are never kept, only rule and place. It is judged whether or
#   not a group uses it.
# scope: package
# schemas:
#   - input: schema.launch_configuration
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
#   - ref: https://docs.aws.amazon.com/autoscaling/ec2/userguide/migrate-to-launch-templates.html
# custom:
#   severity: critical
#   resource: launch_configuration
#   remediation: |-
#     Revoke the secret where it was issued; it counts as known. Keep the new one in Secrets Manager, let the instance's
#     role read it, and fetch it while booting:
#     aws secretsmanager create-secret --name NAME --secret-string file://secret.txt
#     A launch configuration can't be changed: make a launch template without the secret, use that, and delete this one:
#     aws ec2 create-launch-template --launch-template-name NAME --launch-template-data file://data.json
#     aws autoscaling update-auto-scaling-group --auto-scaling-group-name GROUP --launch-template LaunchTemplateName=NAME
#     aws autoscaling delete-launch-configuration --launch-configuration-name CONFIGURATION
#   controls: []
package amiscan.content.lc_userdata_secret

import data.amiscan.lib.user_data

violation contains object.union(finding, {"subject": user_data.place(secret)}) if {
	some secret in input.user_data.Secrets
	finding := user_data.finding("the launch configuration", secret)
}

undecided contains {"msg": user_data.unread("the launch configuration", input.user_data)}
