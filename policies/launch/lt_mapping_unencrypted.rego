# METADATA
# title: Launch makes an unencrypted EBS volume
# description: >-
#   Judges each volume that a template (default and latest version), group, configuration or fleet makes, as EC2 settles it:
#   the launch's mapping goes over the image's of the same device, an encrypted snapshot stays encrypted, and one in clear,
#   or no snapshot, becomes a volume in clear only if neither the launch nor the account (encryption by default) asks for
#   more. So a mapping with Encrypted false is in order where the account encrypts. Which key is used is not judged; a launch
#   whose image does not resolve or is not available is left to the policies on those.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html
#   - ref: https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html
# custom:
#   severity: medium
#   resource: launcher
#   remediation: |-
#     Let EBS encrypt every new volume of the account in this Region:
#     aws ec2 enable-ebs-encryption-by-default
#     Or ask for it in the launch, for each device by its name (an override is changed in its group or fleet). As version.json:
#     {"LaunchTemplateId":"TEMPLATE_ID","SourceVersion":"VERSION",
#     "LaunchTemplateData":{"BlockDeviceMappings":[{"DeviceName":"DEVICE","Ebs":{"Encrypted":true}}]}}
#     aws ec2 create-launch-template-version --cli-input-json file://version.json
#   controls:
#     - FSBP/EC2.181
#     - FSBP/EC2.173
#     - Config/ec2-launch-templates-ebs-volume-encrypted
#     - Config/ec2-launchtemplate-ebs-encrypted
#     - ControlTower/CT.AUTOSCALING.PR.9
#   aliases: [launch/asg-image-unencrypted, launch/lc-mapping-unencrypted, launch/spot-fleet-mapping-unencrypted]
package amiscan.launch.lt_mapping_unencrypted

import data.amiscan.lib.boot
import data.amiscan.lib.volumes

violation contains boot.at(volume.device, boot.finding(launch, problem, evidence)) if {
	# Asked first: where the account encrypts, nothing else need be known.
	input.ebs_encryption_by_default.EbsEncryptionByDefault == false
	some launch in input.launches
	some volume in made(launch)
	volume.destination == "clear"
	problem := sprintf("volume %s is in clear: nothing asks for its encryption", [volume.device])
	evidence := {"DeviceName": volume.device, "SnapshotId": volume.snapshot}
}

undecided contains boot.at(volume.device, boot.doubt(launch, question)) if {
	not by_default
	some launch in input.launches
	some volume in made(launch)
	volume.destination == "unknown"
	volume.encrypted != "true"
	not volume.asked
	question := sprintf("whether volume %s is encrypted can't be told", [volume.device])
}

undecided contains boot.doubt(launch, "it names no image, so what its volumes are made from is not known") if {
	not by_default
	some launch in input.launches
	not launch.missing
	not launch.image_reference
}

by_default if input.ebs_encryption_by_default.EbsEncryptionByDefault

made(launch) := volumes.made(object.union(account, {
	"image_mappings": object.get(image, "BlockDeviceMappings", []),
	"mappings": object.get(launch, ["data", "BlockDeviceMappings"], []),
	"snapshots": input.snapshots,
})) if {
	image := [image | some image in input.images; boot.uses(launch, image)][0]
	encrypts := {"encryption_by_default": on | on := input.ebs_encryption_by_default.EbsEncryptionByDefault}
	account := object.union(encrypts, {"account": input.account})
}
