package inventory

import "fmt"

// ARN returns the one canonical ARN of a resource. Images and snapshots have an empty account field in their ARNs
// (Service Authorization Reference, Amazon EC2). A KMS key's id is its ARN. Settings have no ARN in AWS.
func ARN(kind string, u Unit, id string) string {
	switch kind {
	case AMI, ForeignImage:
		return fmt.Sprintf("arn:%s:ec2:%s::image/%s", u.Partition, u.Region, id)
	case Snapshot:
		return fmt.Sprintf("arn:%s:ec2:%s::snapshot/%s", u.Partition, u.Region, id)
	case LaunchTemplate:
		return fmt.Sprintf("arn:%s:ec2:%s:%s:launch-template/%s", u.Partition, u.Region, u.Account, id)
	case SSMParameter:
		return fmt.Sprintf("arn:%s:ssm:%s:%s:parameter/%s", u.Partition, u.Region, u.Account, trimSlash(id))
	case KMSKey:
		return id
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
