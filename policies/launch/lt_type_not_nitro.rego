# METADATA
# title: Launch asks for an instance type that is not built on Nitro or is of a previous generation
# description: >-
#   Judges the type of each launch: of a launch template's default and latest version, of groups, launch configurations and
#   fleets with their overrides. Xen types lack NitroTPM, UEFI Secure Boot and Nitro's isolation; types of a previous
#   generation run out of capacity. Bare metal types run without a hypervisor on Nitro cards. A launch without a type and a
#   type that does not exist here are not judged; types that EC2 chooses by requirements can't be told.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-nitro-instances.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resize-limitations.html
# custom:
#   severity: low
#   resource: launcher
#   remediation: |-
#     Find a current type, see that the image declares ENA support and has NVMe drivers:
#     aws ec2 describe-instance-types --filters Name=hypervisor,Values=nitro Name=current-generation,Values=true
#     Save this as version.json and make a template version of it; an override is changed in its group or fleet:
#     {"LaunchTemplateId":"TEMPLATE_ID","SourceVersion":"VERSION","LaunchTemplateData":{"InstanceType":"TYPE"}}
#     aws ec2 create-launch-template-version --cli-input-json file://version.json
#   controls:
#     - ControlTower/CT.AUTOSCALING.PR.10
#   default: false
package amiscan.launch.lt_type_not_nitro

import data.amiscan.lib.boot

violation contains boot.finding(launch, problem, evidence) if {
	some launch in input.launches
	some type in input.instance_types
	boot.runs_on(launch, type)
	flaws := flaws_of(type)
	count(flaws) > 0
	problem := sprintf("instance type %s %s", [type.InstanceType, concat(" and ", flaws)])
	evidence := object.filter(type, {"InstanceType", "Hypervisor", "CurrentGeneration"})
}

undecided contains boot.doubt(launch, "its requirements choose the instance type") if {
	some launch in input.launches
	launch.requirements
}

undecided contains boot.doubt(launch, question) if {
	some launch in input.launches
	some type in input.instance_types
	boot.runs_on(launch, type)
	not told(type)
	question := sprintf("EC2 does not say on what instance type %s is built", [type.InstanceType])
}

flaws_of(type) := array.concat(
	["is built on Xen" | type.Hypervisor == "xen"],
	["is of a previous generation" | type.CurrentGeneration == false],
)

told(type) if type.Hypervisor in {"nitro", "xen"}

told(type) if type.BareMetal
