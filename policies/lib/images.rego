# METADATA
# title: Images and their states
# description: >-
#   EC2's ImageState is pending, available, invalid, deregistered, transient, failed, error or disabled. An image whose
#   State is missing, which EC2 never leaves out, counts as available: so it is judged rather than skipped.
# scope: package
package amiscan.lib.images

# available holds for an image that can be used now.
available(image) if object.get(image, "State", "available") == "available"

# pending holds for an image that is still being made: EC2 may not have filled in all of its fields.
pending(image) if image.State == "pending"

# upcoming holds for an image that can be used now or will be once it is made.
upcoming(image) if object.get(image, "State", "available") in {"available", "pending"}

# not_ready says that a pending image is to be judged later.
not_ready(image) := sprintf(
	"image %s is still pending; judge it after: aws ec2 wait image-available --image-ids %s",
	[image.ImageId, image.ImageId],
)

# listed holds when the list of images has the id. EC2 goes on listing an image for a while after it was deregistered:
# that one is gone all the same.
listed(images, id) if {
	some image in images
	image.ImageId == id
	object.get(image, "State", "available") != "deregistered"
}

# unresolved says what it means that an image id is not listed; EC2 does not tell which of the three it is.
unresolved := concat(" ", [
	"does not resolve here: deregistered, not shared with this account or hidden by its Allowed AMIs setting;",
	"the launch fails either way",
])
