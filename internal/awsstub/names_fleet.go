package awsstub

// The members of types.FleetData and of what stands in it.

var fleetShape = shape{
	"ActivityStatus":                   text,
	"ClientToken":                      text,
	"Context":                          text,
	"CreateTime":                       instant,
	"Errors":                           list("errorSet", group(fleetErrorShape)),
	"ExcessCapacityTerminationPolicy":  text,
	"FleetId":                          text,
	"FleetState":                       text,
	"FulfilledCapacity":                decimal,
	"FulfilledOnDemandCapacity":        decimal,
	"Instances":                        list("fleetInstanceSet", group(fleetInstanceShape)),
	"LaunchTemplateConfigs":            list("launchTemplateConfigs", group(fleetTemplateShape)),
	"OnDemandOptions":                  group(fleetOnDemandShape),
	"ReplaceUnhealthyInstances":        flag,
	"ReservedCapacityOptions":          group(reservedCapacityShape),
	"SpotOptions":                      group(fleetSpotShape),
	"Tags":                             list("tagSet", group(tagShape)),
	"TargetCapacitySpecification":      group(fleetTargetCapacityShape),
	"TerminateInstancesWithExpiration": flag,
	"Type":                             text,
	"ValidFrom":                        instant,
	"ValidUntil":                       instant,
}

var fleetTargetCapacityShape = shape{
	"DefaultTargetCapacityType": text,
	"OnDemandTargetCapacity":    whole,
	"SpotTargetCapacity":        whole,
	"TargetCapacityUnitType":    text,
	"TotalTargetCapacity":       whole,
}

var fleetSpotShape = shape{
	"AllocationStrategy":           text,
	"InstanceInterruptionBehavior": text,
	"InstancePoolsToUseCount":      whole,
	"MaintenanceStrategies":        group(spotMaintenanceShape),
	"MaxTotalPrice":                text,
	"MinTargetCapacity":            whole,
	"SingleAvailabilityZone":       flag,
	"SingleInstanceType":           flag,
}

var spotMaintenanceShape = shape{
	"CapacityRebalance": group(capacityRebalanceShape),
}

var capacityRebalanceShape = shape{
	"ReplacementStrategy": text,
	"TerminationDelay":    whole,
}

var reservedCapacityShape = shape{
	"AllocationStrategy":              text,
	"ReservationTypes":                list("reservationTypeSet", text),
	"ReservedCapacityFallbackOptions": group(reservedCapacityFallbackShape),
}

var reservedCapacityFallbackShape = shape{
	"MarketTypes": list("marketTypeSet", text),
}

var fleetOnDemandShape = shape{
	"AllocationStrategy":         text,
	"CapacityReservationOptions": group(fleetReservationUseShape),
	"MaxTotalPrice":              text,
	"MinTargetCapacity":          whole,
	"SingleAvailabilityZone":     flag,
	"SingleInstanceType":         flag,
}

var fleetReservationUseShape = shape{
	"UsageStrategy": text,
}

var fleetTemplateShape = shape{
	"LaunchTemplateSpecification": group(templateReferenceShape),
	"Overrides":                   list("overrides", group(fleetOverrideShape)),
}

var fleetInstanceShape = shape{
	"InstanceIds":                list("instanceIds", text),
	"InstanceType":               text,
	"LaunchTemplateAndOverrides": group(fleetLaunchShape),
	"Lifecycle":                  text,
	"Platform":                   text,
}

var fleetErrorShape = shape{
	"ErrorCode":                  text,
	"ErrorMessage":               text,
	"LaunchTemplateAndOverrides": group(fleetLaunchShape),
	"Lifecycle":                  text,
}

var fleetLaunchShape = shape{
	"LaunchTemplateSpecification": group(templateReferenceShape),
	"Overrides":                   group(fleetOverrideShape),
}

var fleetOverrideShape = shape{
	"AvailabilityZone":     text,
	"AvailabilityZoneId":   text,
	"BlockDeviceMappings":  list("blockDeviceMappingSet", group(fleetDeviceShape)),
	"ImageId":              text,
	"InstanceRequirements": group(requirementsShape),
	"InstanceType":         text,
	"MaxPrice":             text,
	"Placement":            group(fleetPlacementShape),
	"Priority":             decimal,
	"SubnetId":             text,
	"WeightedCapacity":     decimal,
}

var fleetPlacementShape = shape{
	"GroupName": text,
}

var fleetDeviceShape = shape{
	"DeviceName":  text,
	"Ebs":         group(fleetVolumeShape),
	"NoDevice":    text,
	"VirtualName": text,
}

var fleetVolumeShape = shape{
	"DeleteOnTermination": flag,
	"Encrypted":           flag,
	"Iops":                whole,
	"KmsKeyId":            text,
	"SnapshotId":          text,
	"Throughput":          whole,
	"VolumeSize":          whole,
	"VolumeType":          text,
}

var templateReferenceShape = shape{
	"LaunchTemplateId":   text,
	"LaunchTemplateName": text,
	"Version":            text,
}
