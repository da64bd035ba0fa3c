package awsstub

// What Image Builder sends of pipelines and lifecycle policies.

var imagePipelineShape = camel(shape{
	"Arn":                            text,
	"ConsecutiveFailures":            whole,
	"ContainerRecipeArn":             text,
	"DateCreated":                    text,
	"DateLastRun":                    text,
	"DateNextRun":                    text,
	"DateUpdated":                    text,
	"Description":                    text,
	"DistributionConfigurationArn":   text,
	"EnhancedImageMetadataEnabled":   flag,
	"ExecutionRole":                  text,
	"ImageRecipeArn":                 text,
	"ImageScanningConfiguration":     group(builderImageScanningConfigurationShape),
	"ImageTags":                      mapOf(text),
	"ImageTestsConfiguration":        group(builderImageTestsConfigurationShape),
	"InfrastructureConfigurationArn": text,
	"LastRunStatus":                  text,
	"LoggingConfiguration":           group(builderPipelineLoggingConfigurationShape),
	"Name":                           text,
	"Platform":                       text,
	"Schedule":                       group(builderScheduleShape),
	"Status":                         text,
	"Tags":                           mapOf(text),
	"Workflows":                      array(group(builderWorkflowConfigurationShape)),
})

var builderImageTestsConfigurationShape = camel(shape{
	"ImageTestsEnabled": flag,
	"TimeoutMinutes":    whole,
})

var builderScheduleShape = camel(shape{
	"AutoDisablePolicy":               group(builderAutoDisablePolicyShape),
	"PipelineExecutionStartCondition": text,
	"ScheduleExpression":              text,
	"Timezone":                        text,
})

var builderAutoDisablePolicyShape = camel(shape{
	"FailureCount": whole,
})

var builderImageScanningConfigurationShape = camel(shape{
	"EcrConfiguration":     group(builderEcrConfigurationShape),
	"ImageScanningEnabled": flag,
	"ImageScanningTypes":   array(text),
	"ScanResultCondition":  group(builderScanResultConditionShape),
})

var builderEcrConfigurationShape = camel(shape{
	"ContainerTags":  array(text),
	"RepositoryName": text,
})

var builderScanResultConditionShape = camel(shape{
	"FixAvailable":         flag,
	"MaximumSeverityLabel": text,
})

var builderWorkflowConfigurationShape = camel(shape{
	"OnFailure":     text,
	"ParallelGroup": text,
	"Parameters":    array(group(builderWorkflowParameterShape)),
	"WorkflowArn":   text,
})

var builderWorkflowParameterShape = camel(shape{
	"Name":  text,
	"Value": array(text),
})

var builderPipelineLoggingConfigurationShape = camel(shape{
	"ImageLogGroupName":    text,
	"PipelineLogGroupName": text,
})

var imageLifecyclePolicyShape = camel(shape{
	"Arn":           text,
	"DateCreated":   instant,
	"DateLastRun":   instant,
	"DateUpdated":   instant,
	"Description":   text,
	"ExecutionRole": text,
	"Name":          text,
	"ResourceType":  text,
	"Status":        text,
	"Tags":          mapOf(text),
})
