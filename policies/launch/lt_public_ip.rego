# METADATA
# title: Default or latest version of a launch template gives instances a public IP address
# description: >-
#   Judges the network interfaces of the template's default and latest version: AssociatePublicIpAddress is true. Where a
#   version says nothing of it, the subnet decides, which is not judged here; neither are Elastic IP addresses, existing
#   interfaces that a version names, IPv6 and what security groups let in.
# scope: package
# schemas:
#   - input: schema.launch_template
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html
# custom:
#   severity: high
#   resource: launch_template
#   remediation: |-
#     Save this as version.json, with all fields of each interface that are to stay, and reach the instances through a load
#     balancer, a NAT gateway or Session Manager:
#     {"LaunchTemplateId":"TEMPLATE_ID","SourceVersion":"VERSION",
#     "LaunchTemplateData":{"NetworkInterfaces":[{"DeviceIndex":0,"AssociatePublicIpAddress":false}]}}
#     aws ec2 create-launch-template-version --cli-input-json file://version.json
#     aws ec2 modify-launch-template --launch-template-id TEMPLATE_ID --default-version NEW_VERSION
#   controls:
#     - FSBP/EC2.25
#     - Config/ec2-launch-template-public-ip-disabled
#     - NIST-800-53-r5/AC-3
#     - NIST-800-53-r5/AC-3(7)
#     - NIST-800-53-r5/AC-4
#     - NIST-800-53-r5/AC-4(21)
#     - NIST-800-53-r5/AC-6
#     - NIST-800-53-r5/AC-21
#     - NIST-800-53-r5/SC-7
package amiscan.launch.lt_public_ip

import data.amiscan.lib.templates

violation contains {"msg": msg, "subject": subject, "evidence": {"NetworkInterfaces": interfaces}} if {
	some version in templates.launched(input.template_versions)
	interfaces := public_interfaces(version)
	count(interfaces) > 0
	subject := format_int(version.VersionNumber, 10)
	msg := sprintf("version %d gives its instances a public IP address", [version.VersionNumber])
}

public_interfaces(version) := [object.filter(interface, {"DeviceIndex", "SubnetId", "AssociatePublicIpAddress"}) |
	some interface in version.LaunchTemplateData.NetworkInterfaces
	interface.AssociatePublicIpAddress
]
