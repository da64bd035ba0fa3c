# METADATA
# title: Mac AMI is launched without a Dedicated Host
# description: >-
#   Judges available images for Mac instances (x86_64_mac, arm64_mac). They run on Dedicated Hosts only, so the launch's
#   placement must say tenancy host, or name a host or a host resource group. A template without it can be launched by
#   somebody who adds the placement; by itself it can't.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-mac-instances.html
# custom:
#   severity: high
#   resource: launcher
#   remediation: |-
#     Ask for the tenancy in the launch, with a host allocated in the zone. Save this as version.json:
#     {"LaunchTemplateId":"TEMPLATE_ID","SourceVersion":"VERSION","LaunchTemplateData":{"Placement":{"Tenancy":"host"}}}
#     aws ec2 allocate-hosts --instance-type mac2.metal --availability-zone ZONE --quantity 1
#     aws ec2 create-launch-template-version --cli-input-json file://version.json
#   controls: []
package amiscan.launch.lt_mac_without_host

import data.amiscan.lib.boot

violation contains boot.finding(launch, problem, evidence) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	endswith(image.Architecture, "_mac")
	not on_host(launch)
	problem := sprintf("image %s is for Mac instances and the launch asks for no Dedicated Host: it fails", [image.ImageId])
	evidence := {
		"ImageId": image.ImageId,
		"Architecture": image.Architecture,
		"Placement": object.get(launch, ["data", "Placement"], {}),
	}
}

on_host(launch) if launch.data.Placement.Tenancy == "host"

on_host(launch) if launch.data.Placement.HostId

on_host(launch) if launch.data.Placement.HostResourceGroupArn
