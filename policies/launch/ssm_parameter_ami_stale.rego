# METADATA
# title: SSM parameter holds an AMI that can't be launched or is deprecated
# description: >-
#   Judges the account's own parameters of the data type aws:ec2:image: whoever launches through one gets what it holds.
#   The image must resolve for this account in this Region, be available, and not be deprecated; that is wrong from the
#   deprecation date on. Parameters of the data type text are not looked at, since they may hold anything, and neither are
#   public ones and other accounts'. Whether a newer image exists is not judged, nor are older versions of the parameter.
# scope: package
# schemas:
#   - input: schema.ssm_parameter
# related_resources:
#   - ref: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-ec2-aliases.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-deprecate.html
# custom:
#   severity: high
#   resource: ssm_parameter
#   remediation: |-
#     Put an image that is in order into the parameter; launch templates that name it follow:
#     aws ssm put-parameter --name NAME --value NEW_IMAGE_ID --overwrite
#     To go back to what it held before:
#     aws ssm get-parameter-history --name NAME
#   controls: []
package amiscan.launch.ssm_parameter_ami_stale

import data.amiscan.lib.images
import data.amiscan.lib.ssm
import data.amiscan.lib.when

# Only own parameters are listed; a name with a version or label, an ARN and a public name are others' or no list's.
applies if {
	not regex.match(`:|^/aws/`, input.id)
	input.parameter_metadata
}

violation contains when.shown(member) if {
	some member in due
	when.come(member, input.now)
}

violation contains {"msg": "the parameter holds no image id: launches through it fail"} if {
	not ssm.holds_image_id(input.image_parameter)
}

violation contains finding(sprintf("which %s", [images.unresolved])) if {
	ssm.holds_image_id(input.image_parameter)
	not listed
}

violation contains finding(sprintf("which is in the state %s: launches through it fail", [state])) if {
	some state in states
	state in refused
}

due contains object.union(finding(sprintf("which is deprecated from %s on", [from])), {"from": from}) if {
	some image in input.images
	from := image.DeprecationTime
}

undecided contains {"msg": msg} if {
	some state in states
	not state in ({"available"} | refused)
	msg := sprintf("image %s is in the state %s; judge it later", [input.image_parameter.Value, state])
}

refused := {"disabled", "error", "failed", "invalid"}

listed if count(states) > 0

states contains state if {
	some image in input.images
	state := object.get(image, "State", "available")
	state != "deregistered"
}

finding(problem) := {
	"msg": sprintf("the parameter holds image %s, %s", [input.image_parameter.Value, problem]),
	"evidence": {"Value": input.image_parameter.Value},
}
