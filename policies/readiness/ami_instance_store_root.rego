# METADATA
# title: AMI has its root on the instance store
# description: >-
#   Judges the root device type of available and pending images. Only a few previous generation instance types launch
#   such an image; its instances can't be stopped, lose their root when they end, and boot slowly, since the root is
#   copied from S3 first. An image that does not say its type is undecided; images in other states are not applicable.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ComponentsAMIs.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_ConvertingS3toEBS.html
# custom:
#   severity: low
#   resource: ami
#   remediation: |-
#     The root of an image can't be moved; make an image with an EBS root (Linux; rebuild a Windows image anew).
#     On an instance with a fresh volume attached as /dev/sdf, download and unpack the bundle with the AMI tools:
#     ec2-download-bundle, then ec2-unbundle. Write the result to the volume with dd, mount it, and take the lines of
#     instance-store devices out of its etc/fstab. Then detach the volume and register its snapshot:
#     aws ec2 create-snapshot --volume-id VOLUME_ID
#     aws ec2 register-image --cli-input-json file://image.json
#     where image.json is
#     {"Name":"NAME","Architecture":"x86_64","VirtualizationType":"hvm","RootDeviceName":"/dev/xvda",
#     "EnaSupport":true,"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"SnapshotId":"SNAPSHOT_ID"}}]}
#     Try the new image, then deregister this one:
#     aws ec2 deregister-image --image-id IMAGE_ID
#   controls: []
package amiscan.readiness.ami_instance_store_root

import data.amiscan.lib.images

applies if images.upcoming(input.image)

violation contains {"msg": msg, "evidence": evidence} if {
	applies
	input.image.RootDeviceType == "instance-store"
	msg := "the image has its root on the instance store: current instance types do not launch it, and none can be stopped"
	evidence := object.filter(input.image, {"RootDeviceType", "ImageLocation"})
}

undecided contains {"msg": "the image does not say where its root device is"} if {
	applies
	not input.image.RootDeviceType
}
