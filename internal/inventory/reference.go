package inventory

import "strings"

// ParameterReference reads the name of the SSM parameter from an image id of the form "resolve:ssm:NAME", with the
// version or label that may follow it (EC2 User Guide, "Use a Systems Manager parameter instead of an AMI ID").
func ParameterReference(imageID string) (name string, ok bool) {
	return strings.CutPrefix(imageID, "resolve:ssm:")
}
