# METADATA
# title: Launches, the images that they launch and the types that they launch on
# description: >-
#   Policies on whether a launch boots go over launches, images and instance types member by member and keep the pairs that
#   belong together. They judge images that are available: others are left to the policies on the state of an image, and
#   images that the account does not see to launch/lt-image-gone.
# scope: package
package amiscan.lib.boot

import data.amiscan.lib.images
import data.amiscan.lib.launch_names

# uses holds for a launch and the image that it launches, where that can be launched at all.
uses(launch, image) if {
	launch.image_id == image.ImageId
	images.available(image)
}

# runs_on holds for a launch and the instance type that it names.
runs_on(launch, type) if launch.instance_type == type.InstanceType

# open holds for a launch that leaves its instance type to requirements or to whoever launches.
open(launch) if {
	not launch.missing
	not launch.instance_type
}

# unknown_type says that the type is not known and what therefore stays open.
unknown_type(launch, question) := doubt(
	launch,
	sprintf("%s, so %s is not known before it launches", [chooser(launch), question]),
)

default chooser(_) := "it names no instance type"

chooser(launch) := "its requirements choose the instance type" if launch.requirements

# finding is one thing that is wrong with a launch.
finding(launch, problem, evidence) := {
	"msg": sprintf("%s: %s", [launch_names.name(launch), problem]),
	"subject": launch.subject,
	"evidence": evidence,
}

# doubt is one thing of a launch that cannot be decided.
doubt(launch, question) := {"msg": sprintf("%s: %s", [launch_names.name(launch), question]), "subject": launch.subject}

# at tells the findings on several devices or places of one launch apart.
at(place, member) := object.union(member, {"subject": concat(" ", [word |
	some word in [member.subject, place]
	word != ""
])})

# whole holds for an image with the fields that EC2 gives of every image: of one that was cut down, a field that is missing
# says nothing.
whole(image) if {
	every field in ["Architecture", "Hypervisor", "RootDeviceType", "State", "VirtualizationType"] {
		image[field]
	}
}

# common is a launch as far as its image and its template go: what is wrong with these is wrong with all overrides of a group
# alike, and told once.
common(launch) := object.union_n(array.concat([launch], [change |
	launch.override
	change := {"override": false, "subject": object.get(launch, "image_id", object.get(launch, "image_reference", ""))}
]))
