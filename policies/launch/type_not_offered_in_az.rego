# METADATA
# title: Instance type is not offered in an availability zone of the launch
# description: >-
#   Judges each zone that a launch names, or that its group covers: the instance type must be offered there. A group or fleet
#   with several types fails in a zone only if none of them is offered in it, as it launches the others instead. Undecided
#   for Local Zones and Wavelength Zones, whose offerings EC2 may not list. Launches whose type is not known, or that the
#   Region does not have (launch/lt-type-unknown), are not judged.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypeOfferings.html
# custom:
#   severity: high
#   resource: launcher
#   remediation: |-
#     See where the type is offered, and take the zone's subnet out of the group or add a type that the zone has:
#     aws ec2 describe-instance-type-offerings --location-type availability-zone --filters Name=instance-type,Values=TYPE
#   controls: []
package amiscan.launch.type_not_offered_in_az

import data.amiscan.lib.boot
import data.amiscan.lib.places

violation contains boot.at(zone, boot.finding(launch, problem, {"InstanceType": launch.instance_type, "zone": zone})) if {
	some launch in input.launches
	some zone in launch.zones
	not places.edge(zone)
	unserved(launch, zone)
	problem := sprintf("%s is not offered in %s: launches there fail", [launch.instance_type, zone])
}

undecided contains boot.doubt(launch, question) if {
	some launch in input.launches
	some zone in launch.zones
	places.edge(zone)
	unserved(launch, zone)
	question := sprintf("EC2 does not list %s for %s, and it may leave out such zones", [launch.instance_type, zone])
}

# unserved holds where neither the launch's type, which is offered elsewhere, nor any other of the launcher's is in the zone.
unserved(launch, zone) if {
	some offering in input.type_offerings
	offering.InstanceType == launch.instance_type
	not served(zone)
}

served(zone) if {
	some launch in input.launches
	zone in launch.zones
	some offering in input.type_offerings
	offering.InstanceType == launch.instance_type
	offering.Location == zone
}

served(zone) if {
	some launch in input.launches
	zone in launch.zones
	launch.requirements
}
