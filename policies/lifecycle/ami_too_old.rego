# METADATA
# title: AMI is older than allowed and not deprecated
# description: >-
#   Judges the age of each available image by its creation date. An image whose deprecation date has passed is being
#   retired already and passes, so an older version that is kept for rollback passes once it is deprecated. Images that
#   are not available, and those that AWS Backup or Data Lifecycle Manager made, are not applicable. Whether the image
#   is in use, and how old the image is that it was made from, is not judged.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Image.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-deprecate.html
# custom:
#   severity: medium
#   resource: ami
#   remediation: |-
#     Bake a new image with current patches and move launch templates and parameters to it.
#     Deprecate this one until nothing uses it and it can be deregistered:
#     aws ec2 enable-image-deprecation --image-id IMAGE_ID --deprecate-at DATE_AND_TIME
#   controls: [CIS-Compute-1.0.0/2.1.4]
#   params:
#     - name: max_age_days
#       type: number
#       default: 90
#       meaning: days after its creation from which an image counts as too old; a whole number
package amiscan.lifecycle.ami_too_old

import data.amiscan.lib.backups
import data.amiscan.lib.images
import data.amiscan.lib.when

applies if {
	images.available(input.image)
	not backups.made(input.image)
}

violation contains when.shown(member) if {
	some member in due
	when.come(member, input.now)
}

due contains object.union(aged, until) if {
	applies
	from := when.after_days(input.image.CreationDate, data.params.max_age_days)
	aged := {
		"msg": sprintf("the image of %s is more than %v days old", [input.image.CreationDate, data.params.max_age_days]),
		"evidence": {"CreationDate": input.image.CreationDate, "max_age_days": data.params.max_age_days},
		"from": from,
	}
	until := {"until": time_text | time_text := input.image.DeprecationTime}
}

undecided contains {"msg": "the image does not say when it was created"} if {
	applies
	not input.image.CreationDate
}
