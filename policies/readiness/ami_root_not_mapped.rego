# METADATA
# title: AMI with an EBS root does not map its root device to a snapshot
# description: >-
#   Judges available images whose root device type is ebs: RootDeviceName must be one of the mapped devices, and that
#   mapping must have a snapshot, else there is nothing to boot from. A pending image may still lack mappings and is
#   undecided; other states are not applicable, as are instance-store roots. Whether the snapshot is there and readable
#   is not judged here.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-device-mapping-concepts.html
# custom:
#   severity: critical
#   resource: ami
#   remediation: |-
#     Mappings of an image can't be changed. Register the root volume's snapshot anew.
#     That loses a billing code (Windows, RHEL, SUSE, Marketplace): bake such images from an instance instead.
#     For others, save this as image.json, with the same device name in both places:
#     {"Name":"NAME","Architecture":"x86_64","VirtualizationType":"hvm","RootDeviceName":"/dev/xvda",
#     "EnaSupport":true,"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"SnapshotId":"SNAPSHOT_ID"}}]}
#     aws ec2 register-image --cli-input-json file://image.json
#   controls: []
package amiscan.readiness.ami_root_not_mapped

import data.amiscan.lib.images

applies if {
	images.upcoming(input.image)
	input.image.RootDeviceType == "ebs"
}

violation contains {"msg": "the image names no root device, so it can't boot"} if {
	applies
	not images.pending(input.image)
	not input.image.RootDeviceName
}

violation contains {"msg": msg, "subject": root, "evidence": {"RootDeviceName": root, "mapped": mapped}} if {
	applies
	not images.pending(input.image)
	root := input.image.RootDeviceName
	mapped := [mapping.DeviceName | some mapping in input.image.BlockDeviceMappings]
	not root in mapped
	msg := sprintf("the root device %s is not among the mapped devices, so the image can't boot", [root])
}

violation contains {"msg": msg, "subject": root, "evidence": {"mapping": mapping}} if {
	applies
	not images.pending(input.image)
	some mapping in input.image.BlockDeviceMappings
	root := mapping.DeviceName
	root == input.image.RootDeviceName
	not mapping.Ebs.SnapshotId
	msg := sprintf("the root device %s has no snapshot, so the image can't boot", [root])
}

undecided contains {"msg": images.not_ready(input.image)} if {
	applies
	images.pending(input.image)
}
