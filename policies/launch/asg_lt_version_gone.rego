# METADATA
# title: Group or fleet launches from a template, version or configuration that is gone
# description: >-
#   Judges each launch of an Auto Scaling group, EC2 Fleet or Spot Fleet: the launch template, the version that it pins and
#   the launch configuration must exist. What runs goes on running; nothing more is launched. Fleets that were deleted or
#   cancelled launch nothing and are not judged.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-launch-template.html
# custom:
#   severity: critical
#   resource: launcher
#   remediation: |-
#     Point the group at a version that exists:
#     aws ec2 describe-launch-template-versions --launch-template-id TEMPLATE_ID
#     aws autoscaling update-auto-scaling-group --auto-scaling-group-name NAME --cli-input-json file://group.json
#   controls: []
#   partial: [launches]
package amiscan.launch.asg_lt_version_gone

violation contains {"msg": msg, "subject": launch.subject, "evidence": evidence} if {
	some launch in input.launches
	launch.missing
	msg := sprintf("%s that this launches from does not exist any more: nothing can be launched", [gone(launch)])
	evidence := object.filter(launch, {"missing", "template_id", "template_name", "version"})
}

gone(launch) := concat("", [text |
	some missing, text in {
		"template": sprintf("launch template %s", [template(launch)]),
		"version": sprintf("version %s of launch template %s", [version(launch), template(launch)]),
		"launch_configuration": "the launch configuration",
	}
	missing == launch.missing
])

# template is the name or, where that is not written, the id.
template(launch) := [name |
	some name in [object.get(launch, "template_name", ""), object.get(launch, "template_id", ""), "without a name"]
	name != ""
][0]

# version is the number that is pinned; an alias has none.
version(launch) := [number |
	some number in [sprintf("%v", [object.get(launch, "version", "")]), "$Default or $Latest"]
	number != ""
][0]
