package inventory

import "fmt"

// arnForms are the ARNs of the kinds whose id is not an ARN itself, with partition, region, account and id in this order
// (Service Authorization Reference). Auto Scaling puts a UUID where the asterisk stands; IAM takes the form as it is here.
var arnForms = map[string]string{
	// Images and snapshots have an empty account field.
	Account:          "arn:%[1]s:iam::%[3]s:root",
	AMI:              "arn:%[1]s:ec2:%[2]s::image/%[4]s",
	ForeignImage:     "arn:%[1]s:ec2:%[2]s::image/%[4]s",
	RecycledImage:    "arn:%[1]s:ec2:%[2]s::image/%[4]s",
	Snapshot:         "arn:%[1]s:ec2:%[2]s::snapshot/%[4]s",
	ForeignSnapshot:  "arn:%[1]s:ec2:%[2]s::snapshot/%[4]s",
	RecycledSnapshot: "arn:%[1]s:ec2:%[2]s::snapshot/%[4]s",

	AutoScalingGroup:    "arn:%[1]s:autoscaling:%[2]s:%[3]s:autoScalingGroup:*:autoScalingGroupName/%[4]s",
	DLMPolicy:           "arn:%[1]s:dlm:%[2]s:%[3]s:policy/%[4]s",
	EC2Fleet:            "arn:%[1]s:ec2:%[2]s:%[3]s:fleet/%[4]s",
	Instance:            "arn:%[1]s:ec2:%[2]s:%[3]s:instance/%[4]s",
	InstanceProfile:     "arn:%[1]s:iam::%[3]s:instance-profile/%[4]s",
	KeyPair:             "arn:%[1]s:ec2:%[2]s:%[3]s:key-pair/%[4]s",
	LaunchConfiguration: "arn:%[1]s:autoscaling:%[2]s:%[3]s:launchConfiguration:*:launchConfigurationName/%[4]s",
	LaunchTemplate:      "arn:%[1]s:ec2:%[2]s:%[3]s:launch-template/%[4]s",
	RecycleBinRule:      "arn:%[1]s:rbin:%[2]s:%[3]s:rule/%[4]s",
	SecurityGroup:       "arn:%[1]s:ec2:%[2]s:%[3]s:security-group/%[4]s",
	SpotFleet:           "arn:%[1]s:ec2:%[2]s:%[3]s:spot-fleet-request/%[4]s",
	Subnet:              "arn:%[1]s:ec2:%[2]s:%[3]s:subnet/%[4]s",
}

// ownARNs are the kinds whose id is their ARN.
var ownARNs = map[string]bool{
	KMSKey: true, ImageRecipe: true, ContainerRecipe: true, ImagePipeline: true, DistributionConfiguration: true,
	InfrastructureConfiguration: true, ImageLifecyclePolicy: true, Trail: true,
}

// ARN returns the one canonical ARN of a resource. It is empty for what has none in AWS: settings, instance types, the
// names by which a key is called.
func ARN(kind string, u Unit, id string) string {
	if form, ok := arnForms[kind]; ok {
		return fmt.Sprintf(form, u.Partition, u.Region, u.Account, id)
	}
	switch {
	case ownARNs[kind]:
		return id
	case kind == SSMParameter:
		return fmt.Sprintf("arn:%s:ssm:%s:%s:parameter/%s", u.Partition, u.Region, u.Account, trimSlash(id))
	}
	return ""
}

// NewResource returns a resource without facts, its ARN filled in.
func NewResource(kind string, u Unit, id string) Resource {
	return Resource{Kind: kind, Unit: u, ID: id, ARN: ARN(kind, u, id), Facts: map[string]Fact{}}
}

// trimSlash drops the leading slash of a hierarchical parameter name, which its ARN shares with the word "parameter".
func trimSlash(name string) string {
	if name != "" && name[0] == '/' {
		return name[1:]
	}
	return name
}
