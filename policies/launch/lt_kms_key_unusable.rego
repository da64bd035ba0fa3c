# METADATA
# title: Launch names a KMS key that it can't use
# description: >-
#   Judges the KmsKeyId of each volume that a launch maps itself: of a launch template's default and latest version, of
#   groups, launch configurations and fleets with their overrides. The key must exist, be of this Region, symmetric, for
#   encryption, and in a state in which it can be used; and EC2 refuses a key without Encrypted set to true. Whether the
#   key's policy lets the launching role in is not judged here, nor are the keys of the image's snapshots and the default.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
# custom:
#   severity: critical
#   resource: launcher
#   remediation: |-
#     If the key is disabled or to be deleted and still wanted, bring it back:
#     aws kms cancel-key-deletion --key-id KEY
#     aws kms enable-key --key-id KEY
#     Otherwise name another for the device, with Encrypted true, in a new template version or in the override:
#     aws ec2 create-launch-template-version --cli-input-json file://version.json
#   controls: []
package amiscan.launch.lt_kms_key_unusable

import data.amiscan.lib.boot
import data.amiscan.lib.launch_keys

violation contains finding(launch, mapping, problem) if {
	some launch in input.launches
	some mapping in launch_keys.named(launch)
	some problem in launch_keys.refusals(mapping, input.region)
}

violation contains finding(launch, mapping, "which does not exist: the launch fails") if {
	some launch in input.launches
	some mapping in launch_keys.named(launch)
	here(mapping)
	own(mapping)
	not found(mapping)
}

violation contains finding(launch, mapping, sprintf("but %s: the launch fails", [reason])) if {
	some launch in input.launches
	some mapping in launch_keys.named(launch)
	some reason in against(mapping, "closed")
}

undecided contains finding(launch, mapping, "of another account, which is not shown or does not exist") if {
	some launch in input.launches
	some mapping in launch_keys.named(launch)
	here(mapping)
	not own(mapping)
	not found(mapping)
}

undecided contains finding(launch, mapping, sprintf("but %s", [reason])) if {
	some launch in input.launches
	some mapping in launch_keys.named(launch)
	some reason in against(mapping, "undecided")
}

here(mapping) if launch_keys.is_here(mapping.Ebs.KmsKeyId, input.region)

own(mapping) if launch_keys.owner(mapping.Ebs.KmsKeyId, input.account) == input.account

found(mapping) if count(launch_keys.meant(mapping.Ebs.KmsKeyId, input.keys, input.key_names)) > 0

against(mapping, access) := [obstacle.reason |
	some key in launch_keys.meant(mapping.Ebs.KmsKeyId, input.keys, input.key_names)
	some obstacle in launch_keys.obstacles(key, {"account": input.account, "region": input.region})
	obstacle.access == access
]

finding(launch, mapping, problem) := boot.at(mapping.DeviceName, boot.finding(
	launch,
	sprintf("volume %s is to use key %s, %s", [mapping.DeviceName, mapping.Ebs.KmsKeyId, problem]),
	{"BlockDeviceMapping": mapping},
))
