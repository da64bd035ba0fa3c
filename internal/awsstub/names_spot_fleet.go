package awsstub

// The members of types.SpotFleetRequestConfig and of what stands in it.

var spotFleetShape = shape{
	"ActivityStatus":         text,
	"CreateTime":             instant,
	"SpotFleetRequestConfig": group(spotFleetDataShape),
	"SpotFleetRequestId":     text,
	"SpotFleetRequestState":  text,
	"Tags":                   list("tagSet", group(tagShape)),
}

var spotFleetDataShape = shape{
	"AllocationStrategy":               text,
	"ClientToken":                      text,
	"Context":                          text,
	"ExcessCapacityTerminationPolicy":  text,
	"FulfilledCapacity":                decimal,
	"IamFleetRole":                     text,
	"InstanceInterruptionBehavior":     text,
	"InstancePoolsToUseCount":          whole,
	"LaunchSpecifications":             list("launchSpecifications", group(spotFleetLaunchShape)),
	"LaunchTemplateConfigs":            list("launchTemplateConfigs", group(spotFleetTemplateShape)),
	"LoadBalancersConfig":              group(loadBalancersShape),
	"OnDemandAllocationStrategy":       text,
	"OnDemandFulfilledCapacity":        decimal,
	"OnDemandMaxTotalPrice":            text,
	"OnDemandTargetCapacity":           whole,
	"ReplaceUnhealthyInstances":        flag,
	"SpotMaintenanceStrategies":        group(spotMaintenanceShape),
	"SpotMaxTotalPrice":                text,
	"SpotPrice":                        text,
	"TagSpecifications":                list("TagSpecification", group(spotFleetTagsShape)),
	"TargetCapacity":                   whole,
	"TargetCapacityUnitType":           text,
	"TerminateInstancesWithExpiration": flag,
	"Type":                             text,
	"ValidFrom":                        instant,
	"ValidUntil":                       instant,
}

var spotFleetTagsShape = shape{
	"ResourceType": text,
	"Tags":         list("Tag", group(tagShape)),
}

var loadBalancersShape = shape{
	"ClassicLoadBalancersConfig": group(classicLoadBalancersShape),
	"TargetGroupsConfig":         group(targetGroupsShape),
}

var targetGroupsShape = shape{
	"TargetGroups": list("targetGroups", group(targetGroupShape)),
}

var targetGroupShape = shape{
	"Arn": text,
}

var classicLoadBalancersShape = shape{
	"ClassicLoadBalancers": list("classicLoadBalancers", group(classicLoadBalancerShape)),
}

var classicLoadBalancerShape = shape{
	"Name": text,
}

var spotFleetTemplateShape = shape{
	"LaunchTemplateSpecification": group(templateReferenceShape),
	"Overrides":                   list("overrides", group(spotFleetOverrideShape)),
}

var spotFleetOverrideShape = shape{
	"AvailabilityZone":     text,
	"AvailabilityZoneId":   text,
	"InstanceRequirements": group(requirementsShape),
	"InstanceType":         text,
	"Priority":             decimal,
	"SpotPrice":            text,
	"SubnetId":             text,
	"WeightedCapacity":     decimal,
}

var spotFleetLaunchShape = shape{
	"AddressingType":       text,
	"BlockDeviceMappings":  list("blockDeviceMapping", group(deviceShape)),
	"EbsOptimized":         flag,
	"IamInstanceProfile":   group(instanceProfileShape),
	"ImageId":              text,
	"InstanceRequirements": group(requirementsShape),
	"InstanceType":         text,
	"KernelId":             text,
	"KeyName":              text,
	"Monitoring":           group(spotFleetMonitoringShape),
	"NetworkInterfaces":    list("networkInterfaceSet", group(spotInterfaceShape)),
	"Placement":            group(spotPlacementShape),
	"RamdiskId":            text,
	"SecurityGroups":       list("groupSet", group(groupIdentifierShape)),
	"SpotPrice":            text,
	"SubnetId":             text,
	"TagSpecifications":    list("tagSpecificationSet", group(spotFleetLaunchTagsShape)),
	"UserData":             text,
	"WeightedCapacity":     decimal,
}

var spotFleetLaunchTagsShape = shape{
	"ResourceType": text,
	"Tags":         list("tag", group(tagShape)),
}

var groupIdentifierShape = shape{
	"GroupId":   text,
	"GroupName": text,
}

var spotPlacementShape = shape{
	"AvailabilityZone":   text,
	"AvailabilityZoneId": text,
	"GroupName":          text,
	"Tenancy":            text,
}

var spotInterfaceShape = shape{
	"AssociateCarrierIpAddress":       flag.named("AssociateCarrierIpAddress"),
	"AssociatePublicIpAddress":        flag,
	"ConnectionTrackingSpecification": group(spotConnectionTrackingShape).named("ConnectionTrackingSpecification"),
	"DeleteOnTermination":             flag,
	"Description":                     text,
	"DeviceIndex":                     whole,
	"EnaQueueCount":                   whole.named("EnaQueueCount"),
	"EnaSrdSpecification":             group(spotEnaSrdShape).named("EnaSrdSpecification"),
	"Groups":                          list("SecurityGroupId", text.named("SecurityGroupId")),
	"InterfaceType":                   text.named("InterfaceType"),
	"Ipv4PrefixCount":                 whole.named("Ipv4PrefixCount"),
	"Ipv4Prefixes":                    list("Ipv4Prefix", group(spotIPv4PrefixShape)),
	"Ipv6AddressCount":                whole,
	"Ipv6Addresses":                   list("ipv6AddressesSet", group(ipv6AddressShape)),
	"Ipv6PrefixCount":                 whole.named("Ipv6PrefixCount"),
	"Ipv6Prefixes":                    list("Ipv6Prefix", group(spotIPv6PrefixShape)),
	"NetworkCardIndex":                whole.named("NetworkCardIndex"),
	"NetworkInterfaceId":              text,
	"PrimaryIpv6":                     flag.named("PrimaryIpv6"),
	"PrivateIpAddress":                text,
	"PrivateIpAddresses":              list("privateIpAddressesSet", group(privateAddressShape)),
	"SecondaryPrivateIpAddressCount":  whole,
	"SubnetId":                        text,
}

var spotIPv6PrefixShape = shape{
	"Ipv6Prefix": text.named("Ipv6Prefix"),
}

var spotIPv4PrefixShape = shape{
	"Ipv4Prefix": text.named("Ipv4Prefix"),
}

var spotEnaSrdShape = shape{
	"EnaSrdEnabled":          flag.named("EnaSrdEnabled"),
	"EnaSrdUdpSpecification": group(spotEnaSrdUDPShape).named("EnaSrdUdpSpecification"),
}

var spotEnaSrdUDPShape = shape{
	"EnaSrdUdpEnabled": flag.named("EnaSrdUdpEnabled"),
}

var spotConnectionTrackingShape = shape{
	"TcpEstablishedTimeout": whole.named("TcpEstablishedTimeout"),
	"UdpStreamTimeout":      whole.named("UdpStreamTimeout"),
	"UdpTimeout":            whole.named("UdpTimeout"),
}

var spotFleetMonitoringShape = shape{
	"Enabled": flag,
}
