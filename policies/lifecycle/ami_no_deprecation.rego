# METADATA
# title: AMI has no deprecation date
# description: >-
#   Judges available images: each should name the day from which it is no longer to be chosen. A deprecated image stays
#   usable; it is hidden from the listings of others, never from its owner's. Images that AWS Backup or Data Lifecycle
#   Manager made are not applicable, they are removed by a plan. Whether the date is sensible is not judged.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-deprecate.html
# custom:
#   severity: low
#   resource: ami
#   remediation: |-
#     Set a date, for instance 2027-06-30T00:00:00Z:
#     aws ec2 enable-image-deprecation --image-id IMAGE_ID --deprecate-at DATE_AND_TIME
#     Better, let the builder do it (Packer: deprecate_at; Image Builder: a lifecycle policy that deprecates).
#   controls: []
package amiscan.lifecycle.ami_no_deprecation

import data.amiscan.lib.backups
import data.amiscan.lib.images

applies if {
	images.available(input.image)
	not backups.made(input.image)
}

violation contains {"msg": msg, "evidence": evidence} if {
	applies
	not input.image.DeprecationTime
	msg := "the image has no deprecation date, so nothing tells its users when to move on"
	evidence := object.filter(input.image, {"CreationDate"})
}
