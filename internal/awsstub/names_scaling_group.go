package awsstub

// The members of Auto Scaling's types.AutoScalingGroup and of what stands in it.

var scalingGroupShape = asWritten(shape{
	"AutoScalingGroupARN":              text,
	"AutoScalingGroupName":             text,
	"AvailabilityZoneDistribution":     group(zoneDistributionShape),
	"AvailabilityZoneIds":              members(text),
	"AvailabilityZoneImpairmentPolicy": group(zoneImpairmentShape),
	"AvailabilityZones":                members(text),
	"CapacityRebalance":                flag,
	"CapacityReservationSpecification": group(scalingReservationShape),
	"Context":                          text,
	"CreatedTime":                      instant,
	"DefaultCooldown":                  whole,
	"DefaultInstanceWarmup":            whole,
	"DeletionProtection":               text,
	"DesiredCapacity":                  whole,
	"DesiredCapacityType":              text,
	"EnabledMetrics":                   members(group(scalingEnabledMetricShape)),
	"HealthCheckGracePeriod":           whole,
	"HealthCheckType":                  text,
	"InstanceLifecyclePolicy":          group(scalingInstanceLifecyclePolicyShape),
	"InstanceMaintenancePolicy":        group(scalingInstanceMaintenancePolicyShape),
	"Instances":                        members(group(scalingInstanceShape)),
	"LaunchConfigurationName":          text,
	"LaunchTemplate":                   group(scalingTemplateReferenceShape),
	"LoadBalancerNames":                members(text),
	"MaxInstanceLifetime":              whole,
	"MaxSize":                          whole,
	"MinSize":                          whole,
	"MixedInstancesPolicy":             group(scalingMixedInstancesPolicyShape),
	"NewInstancesProtectedFromScaleIn": flag,
	"Operator":                         group(scalingOperatorShape),
	"PlacementGroup":                   text,
	"PredictedCapacity":                whole,
	"ServiceLinkedRoleARN":             text,
	"Status":                           text,
	"SuspendedProcesses":               members(group(scalingSuspendedProcessShape)),
	"Tags":                             members(group(scalingTagShape)),
	"TargetGroupARNs":                  members(text),
	"TerminationPolicies":              members(text),
	"TrafficSources":                   members(group(scalingTrafficSourceShape)),
	"VPCZoneIdentifier":                text,
	"WarmPoolConfiguration":            group(scalingWarmPoolConfigurationShape),
	"WarmPoolSize":                     whole,
})

var scalingWarmPoolConfigurationShape = asWritten(shape{
	"InstanceReusePolicy":      group(scalingInstanceReusePolicyShape),
	"MaxGroupPreparedCapacity": whole,
	"MinSize":                  whole,
	"PoolState":                text,
	"Status":                   text,
})

var scalingInstanceReusePolicyShape = asWritten(shape{
	"ReuseOnScaleIn": flag,
})

var scalingTrafficSourceShape = asWritten(shape{
	"Identifier": text,
	"Type":       text,
})

var scalingTagShape = asWritten(shape{
	"Key":               text,
	"PropagateAtLaunch": flag,
	"ResourceId":        text,
	"ResourceType":      text,
	"Value":             text,
})

var scalingSuspendedProcessShape = asWritten(shape{
	"ProcessName":      text,
	"SuspensionReason": text,
})

var scalingOperatorShape = asWritten(shape{
	"Principal": text,
})

var scalingMixedInstancesPolicyShape = asWritten(shape{
	"InstancesDistribution": group(scalingInstancesDistributionShape),
	"LaunchTemplate":        group(scalingTemplateShape),
})

var scalingTemplateShape = asWritten(shape{
	"LaunchTemplateSpecification": group(scalingTemplateReferenceShape),
	"Overrides":                   members(group(scalingOverrideShape)),
})

var scalingOverrideShape = asWritten(shape{
	"ImageId":                     text,
	"InstanceRequirements":        group(scalingInstanceRequirementsShape),
	"InstanceType":                text,
	"LaunchTemplateSpecification": group(scalingTemplateReferenceShape),
	"WeightedCapacity":            text,
})

var scalingInstanceRequirementsShape = asWritten(shape{
	"AcceleratorCount":                               group(scalingWholeRangeShape),
	"AcceleratorManufacturers":                       members(text),
	"AcceleratorNames":                               members(text),
	"AcceleratorTotalMemoryMiB":                      group(scalingWholeRangeShape),
	"AcceleratorTypes":                               members(text),
	"AllowedInstanceTypes":                           members(text),
	"BareMetal":                                      text,
	"BaselineEbsBandwidthMbps":                       group(scalingWholeRangeShape),
	"BaselinePerformanceFactors":                     group(scalingBaselinePerformanceShape),
	"BurstablePerformance":                           text,
	"CpuManufacturers":                               members(text),
	"ExcludedInstanceTypes":                          members(text),
	"InstanceGenerations":                            members(text),
	"LocalStorage":                                   text,
	"LocalStorageTypes":                              members(text),
	"MaxSpotPriceAsPercentageOfOptimalOnDemandPrice": whole,
	"MemoryGiBPerVCpu":                               group(scalingDecimalRangeShape),
	"MemoryMiB":                                      group(scalingWholeRangeShape),
	"NetworkBandwidthGbps":                           group(scalingDecimalRangeShape),
	"NetworkInterfaceCount":                          group(scalingWholeRangeShape),
	"OnDemandMaxPricePercentageOverLowestPrice":      whole,
	"RequireHibernateSupport":                        flag,
	"SpotMaxPricePercentageOverLowestPrice":          whole,
	"TotalLocalStorageGB":                            group(scalingDecimalRangeShape),
	"VCpuCount":                                      group(scalingWholeRangeShape),
})

var scalingDecimalRangeShape = asWritten(shape{
	"Max": decimal,
	"Min": decimal,
})

var scalingBaselinePerformanceShape = asWritten(shape{
	"Cpu": group(scalingCPUPerformanceShape),
})

var scalingCPUPerformanceShape = asWritten(shape{
	"References": list("Reference", group(scalingPerformanceReferenceShape)),
})

var scalingPerformanceReferenceShape = asWritten(shape{
	"InstanceFamily": text,
})

var scalingWholeRangeShape = asWritten(shape{
	"Max": whole,
	"Min": whole,
})

var scalingInstancesDistributionShape = asWritten(shape{
	"DistributionSegments":                members(group(scalingDistributionSegmentShape)),
	"OnDemandAllocationStrategy":          text,
	"OnDemandBaseCapacity":                whole,
	"OnDemandPercentageAboveBaseCapacity": whole,
	"SpotAllocationStrategy":              text,
	"SpotInstancePools":                   whole,
	"SpotMaxPrice":                        text,
})

var scalingDistributionSegmentShape = asWritten(shape{
	"TargetCapacityTypes": members(text),
})

var scalingInstanceShape = asWritten(shape{
	"AvailabilityZone":        text,
	"AvailabilityZoneId":      text,
	"HealthStatus":            text,
	"ImageId":                 text,
	"InstanceId":              text,
	"InstanceType":            text,
	"LaunchConfigurationName": text,
	"LaunchTemplate":          group(scalingTemplateReferenceShape),
	"LifecycleState":          text,
	"ProtectedFromScaleIn":    flag,
	"WeightedCapacity":        text,
})

var scalingTemplateReferenceShape = asWritten(shape{
	"LaunchTemplateId":   text,
	"LaunchTemplateName": text,
	"Version":            text,
})

var scalingInstanceMaintenancePolicyShape = asWritten(shape{
	"MaxHealthyPercentage": whole,
	"MinHealthyPercentage": whole,
})

var scalingInstanceLifecyclePolicyShape = asWritten(shape{
	"RetentionTriggers": group(scalingRetentionTriggersShape),
})

var scalingRetentionTriggersShape = asWritten(shape{
	"TerminateHookAbandon": text,
})

var scalingEnabledMetricShape = asWritten(shape{
	"Granularity": text,
	"Metric":      text,
})

var scalingReservationShape = asWritten(shape{
	"CapacityReservationPreference": text,
	"CapacityReservationTarget":     group(scalingReservationTargetShape),
})

var scalingReservationTargetShape = asWritten(shape{
	"CapacityReservationIds":               members(text),
	"CapacityReservationResourceGroupArns": members(text),
})

var zoneImpairmentShape = asWritten(shape{
	"ImpairedZoneHealthCheckBehavior": text,
	"ZonalShiftEnabled":               flag,
})

var zoneDistributionShape = asWritten(shape{
	"CapacityDistributionStrategy": text,
})
