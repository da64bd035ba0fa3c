package awsstub

// The members of types.InstanceRequirements, by which a launch template asks for attributes instead of a type.

var requirementsShape = shape{
	"AcceleratorCount":                               group(wholeRangeShape),
	"AcceleratorManufacturers":                       list("acceleratorManufacturerSet", text),
	"AcceleratorNames":                               list("acceleratorNameSet", text),
	"AcceleratorTotalMemoryMiB":                      group(wholeRangeShape),
	"AcceleratorTypes":                               list("acceleratorTypeSet", text),
	"AllowedInstanceTypes":                           list("allowedInstanceTypeSet", text),
	"BareMetal":                                      text,
	"BaselineEbsBandwidthMbps":                       group(wholeRangeShape),
	"BaselinePerformanceFactors":                     group(baselinePerformanceFactorsShape),
	"BurstablePerformance":                           text,
	"CpuManufacturers":                               list("cpuManufacturerSet", text),
	"ExcludedInstanceTypes":                          list("excludedInstanceTypeSet", text),
	"InstanceGenerations":                            list("instanceGenerationSet", text),
	"LocalStorage":                                   text,
	"LocalStorageTypes":                              list("localStorageTypeSet", text),
	"MaxSpotPriceAsPercentageOfOptimalOnDemandPrice": whole,
	"MemoryGiBPerVCpu":                               group(decimalRangeShape),
	"MemoryMiB":                                      group(wholeRangeShape),
	"NetworkBandwidthGbps":                           group(decimalRangeShape),
	"NetworkInterfaceCount":                          group(wholeRangeShape),
	"OnDemandMaxPricePercentageOverLowestPrice":      whole,
	"RequireEncryptionInTransit":                     flag,
	"RequireHibernateSupport":                        flag,
	"SpotMaxPricePercentageOverLowestPrice":          whole,
	"TotalLocalStorageGB":                            group(decimalRangeShape),
	"VCpuCount":                                      group(wholeRangeShape),
}

var wholeRangeShape = shape{
	"Max": whole,
	"Min": whole,
}

var decimalRangeShape = shape{
	"Max": decimal,
	"Min": decimal,
}

var baselinePerformanceFactorsShape = shape{
	"Cpu": group(cpuPerformanceFactorShape),
}

var cpuPerformanceFactorShape = shape{
	"References": list("referenceSet", group(performanceFactorReferenceShape)),
}

var performanceFactorReferenceShape = shape{
	"InstanceFamily": text,
}
