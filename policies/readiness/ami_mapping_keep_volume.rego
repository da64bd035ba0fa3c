# METADATA
# title: AMI maps a volume that outlives its instance
# description: >-
#   Judges DeleteOnTermination of each EBS mapping, the root among them. Where it is false, every instance that ends
#   leaves a volume behind, which costs money, holds data and which nobody owns. Launches that set the flag themselves
#   are not looked at. Images of AWS Backup and Data Lifecycle Manager repeat the instance that they were made of and are
#   not applicable; nor are images that are neither available nor pending. A mapping without the flag is undecided.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/preserving-volumes-on-termination.html
# custom:
#   severity: low
#   resource: ami
#   remediation: |-
#     Mappings of an image can't be changed. Set the flag where the image is made:
#     aws ec2 create-image --instance-id INSTANCE_ID --name NAME --cli-input-json file://mappings.json
#     where mappings.json is
#     {"BlockDeviceMappings":[{"DeviceName":"DEVICE","Ebs":{"DeleteOnTermination":true}}]}
#     Packer: delete_on_termination. Until then, set it in the launch template.
#     Where the data is to be kept, keep it on a volume that is not part of the image.
#   controls: []
package amiscan.readiness.ami_mapping_keep_volume

import data.amiscan.lib.backups
import data.amiscan.lib.images
import data.amiscan.lib.mappings

applies if {
	images.upcoming(input.image)
	not backups.made(input.image)
}

violation contains {"msg": msg, "subject": device, "evidence": {"DeleteOnTermination": false}} if {
	applies
	some mapping in mappings.ebs(input.image)
	mapping.Ebs.DeleteOnTermination == false
	device := mappings.device(mapping)
	msg := sprintf("%s: its volume stays when the instance is terminated", [device])
}

undecided contains {"msg": msg, "subject": device} if {
	applies
	some mapping in mappings.ebs(input.image)
	not stated(mapping)
	device := mappings.device(mapping)
	msg := sprintf("%s: the image does not say whether its volume is deleted with the instance", [device])
}

stated(mapping) if is_boolean(mapping.Ebs.DeleteOnTermination)
