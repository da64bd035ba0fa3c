package collect

import (
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

var (
	groupFact  = ref(inventory.AutoScalingGroup, "group")
	fleetFacts = []inventory.FactRef{ref(inventory.EC2Fleet, "fleet"), ref(inventory.SpotFleet, "spot_fleet")}
)

// serviceRoles are the service-linked roles that launch instances for the collected groups and fleets, sorted. A group
// names its own; those of fleets and of Spot are fixed (EC2 User Guide, "Service-linked roles for EC2 Fleet", "... for
// Spot Instance requests", "... for Spot Fleet").
func (u *unit) serviceRoles() []string {
	roles := u.named("ServiceLinkedRoleARN")
	for kind, service := range map[string]string{
		inventory.AutoScalingGroup: "spot.amazonaws.com/AWSServiceRoleForEC2Spot",
		inventory.EC2Fleet:         "ec2fleet.amazonaws.com/AWSServiceRoleForEC2Fleet",
		inventory.SpotFleet:        "spotfleet.amazonaws.com/AWSServiceRoleForEC2SpotFleet",
	} {
		if len(u.ids(kind)) > 0 {
			roles = append(roles, "arn:"+u.Partition+":iam::"+u.Account+":role/aws-service-role/"+service)
		}
	}
	if len(u.ids(inventory.EC2Fleet))+len(u.ids(inventory.SpotFleet)) > 0 {
		roles = append(roles,
			"arn:"+u.Partition+":iam::"+u.Account+":role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot")
	}
	slices.Sort(roles)
	return slices.Compact(roles)
}
