package awsstub

import (
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

// launchRosters are the listings of what launches images, what was launched and on what.
func launchRosters() []roster {
	return []roster{
		{action: "ec2:DescribeFleets", kind: inventory.EC2Fleet, fact: "fleet",
			idField: "FleetId", fields: fleetShape, element: "fleetSet", pages: pagesOf(1, 1000, 1000),
			names: []naming{{parameter: "FleetId", field: "FleetId", prefix: "fleet-",
				malformed: "InvalidParameterValue", missing: "InvalidFleetId.NotFound"}},
			filters: map[string]string{"activity-status": "ActivityStatus", "fleet-state": "FleetState", "type": "Type",
				"excess-capacity-termination-policy": "ExcessCapacityTerminationPolicy",
				"replace-unhealthy-instances":        "ReplaceUnhealthyInstances"},
			shows: isFleetShown},
		{action: "ec2:DescribeSpotFleetRequests", kind: inventory.SpotFleet, fact: "spot_fleet",
			idField: "SpotFleetRequestId", fields: spotFleetShape, element: "spotFleetRequestConfigSet",
			pages: pagesOf(1, 1000, 1000),
			names: []naming{{parameter: "SpotFleetRequestId", field: "SpotFleetRequestId", prefix: "sfr-",
				malformed: "InvalidSpotFleetRequestId.Malformed", missing: "InvalidSpotFleetRequestId.NotFound"}}},
		{action: "ec2:DescribeInstanceImageMetadata", kind: inventory.Instance, fact: "instance_image",
			idField: "InstanceId", fields: instanceImageShape, element: "instanceImageMetadataSet",
			pages: pagesOf(1, 1000, 1000),
			names: []naming{{parameter: "InstanceId", field: "InstanceId", prefix: "i-",
				malformed: "InvalidInstanceID.Malformed", missing: "InvalidInstanceID.NotFound"}},
			filters: map[string]string{"instance-id": "InstanceId", "instance-type": "InstanceType",
				"instance-state-name": "State.Name", "availability-zone": "AvailabilityZone", "zone-id": "ZoneId",
				"launch-time": "LaunchTime", "owner-id": "OwnerId", "image-allowed": "ImageMetadata.ImageAllowed",
				"owner-alias": "ImageMetadata.ImageOwnerAlias"}},
		{action: "ec2:DescribeInstanceTypes", kind: inventory.InstanceType, fact: "instance_type",
			idField: "InstanceType", fields: instanceTypeShape, element: "instanceTypeSet", pages: pagesOf(5, 100, 100),
			names: []naming{{parameter: "InstanceType", field: "InstanceType", missing: "InvalidInstanceType", most: 100}},
			filters: map[string]string{"instance-type": "InstanceType", "hypervisor": "Hypervisor",
				"current-generation": "CurrentGeneration", "bare-metal": "BareMetal"}},
		{action: "ec2:DescribeInstanceTypeOfferings", kind: inventory.InstanceType, fact: "offerings", isList: true,
			idField: "InstanceType", fields: instanceTypeOfferingShape, element: "instanceTypeOfferingSet",
			pages: pagesOf(5, 1000, 1000), filters: map[string]string{"instance-type": "InstanceType", "location": "Location"},
			more: []string{"LocationType"}, check: checkLocationType, shows: isOfferedAt},
	}
}

// isFleetShown reports whether a fleet stands in an answer: one of the type instant does so only where it is named
// (EC2 API Reference, DescribeFleets).
func isFleetShown(r Request, i item) bool {
	return i.fields["Type"] != "instant" || len(r.list("FleetId")) > 0
}

func checkLocationType(r Request) error {
	known := []string{"region", "availability-zone", "availability-zone-id", "outpost"}
	if asked, ok := r.Parameters["LocationType"]; ok && !slices.Contains(known, asked) {
		return invalid("InvalidParameterValue", "Value ("+asked+") for parameter LocationType is invalid.")
	}
	return nil
}

// isOfferedAt reports whether an offering is about the sort of location that is asked for; without any wish, about the
// region (EC2 API Reference, DescribeInstanceTypeOfferings).
func isOfferedAt(r Request, i item) bool {
	asked, ok := r.Parameters["LocationType"]
	if !ok {
		asked = "region"
	}
	return i.fields["LocationType"] == asked
}
