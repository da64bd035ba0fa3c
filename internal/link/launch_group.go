package link

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// groupView is what launches need of an Auto Scaling group.
type groupView struct {
	LaunchTemplate          *specification
	LaunchConfigurationName string
	MixedInstancesPolicy    *struct {
		LaunchTemplate struct {
			LaunchTemplateSpecification *specification
			Overrides                   []overrideView
		}
		InstancesDistribution struct{ OnDemandPercentageAboveBaseCapacity *int64 }
	}
	AvailabilityZones    []string
	VPCZoneIdentifier    string
	ServiceLinkedRoleARN string
}

// overrideView is one override of a group or a fleet: fields that it lays over the template's.
type overrideView struct {
	LaunchTemplateSpecification *specification
	InstanceType                string
	AvailabilityZone            string
	ImageID                     json.RawMessage `json:"ImageId"`
	InstanceRequirements        json.RawMessage
	BlockDeviceMappings         json.RawMessage
}

// planGroup takes the group's one template or configuration, or each override of its mixed instances policy.
func (ix *index) planGroup(p *plan, r inventory.Resource) {
	var group groupView
	p.need("group", ix.read(groupFact, r.Fact("group"), &group))
	var base []launch
	switch {
	case group.MixedInstancesPolicy != nil:
		base = ix.planMixed(p, group)
	case group.LaunchTemplate != nil:
		base = ix.follow(p, *group.LaunchTemplate)
	case group.LaunchConfigurationName != "":
		base = ix.planNamedConfiguration(p, group.LaunchConfigurationName)
	}
	for _, l := range base {
		l.Zones, l.subnets = group.AvailabilityZones, strings.FieldsFunc(group.VPCZoneIdentifier, isListSeparator)
		l.ServiceRoles = group.serviceRoles()
		if group.mayUseSpot() || spotRoleOf(r.Unit, l.Data) != "" {
			l.SpotRole = serviceRole(r.Unit, spotService)
		}
		p.launches = append(p.launches, l)
	}
}

// serviceRoles is the role that the group names, if any.
func (g groupView) serviceRoles() []string {
	if g.ServiceLinkedRoleARN == "" {
		return nil
	}
	return []string{g.ServiceLinkedRoleARN}
}

// isListSeparator tells what stands between the subnets of a group: commas, and whatever blanks people put there.
func isListSeparator(r rune) bool { return r == ',' || r == ' ' }

// mayUseSpot holds for a mixed instances policy that leaves less than all to on-demand capacity, which is the default.
func (g groupView) mayUseSpot() bool {
	if g.MixedInstancesPolicy == nil {
		return false
	}
	share := g.MixedInstancesPolicy.InstancesDistribution.OnDemandPercentageAboveBaseCapacity
	return share != nil && *share < 100
}

func (ix *index) planMixed(p *plan, group groupView) []launch {
	mixed := group.MixedInstancesPolicy.LaunchTemplate
	if mixed.LaunchTemplateSpecification == nil {
		return nil
	}
	return ix.planOverrides(p, *mixed.LaunchTemplateSpecification, mixed.Overrides)
}

// planOverrides takes each override, or the template alone where there is none.
func (ix *index) planOverrides(p *plan, base specification, overrides []overrideView) []launch {
	if len(overrides) == 0 {
		return ix.follow(p, base)
	}
	var launches []launch
	for _, o := range overrides {
		from := base
		if o.LaunchTemplateSpecification != nil {
			from = *o.LaunchTemplateSpecification
		}
		for _, l := range ix.follow(p, from) {
			launches = append(launches, o.over(l))
		}
	}
	return launches
}

// over lays the override over a launch. Requirements take the place of a type (LaunchTemplateOverrides).
func (o overrideView) over(l launch) launch {
	l.Override, l.Subject, l.ownImage = true, o.InstanceType, len(o.ImageID) > 0 && string(o.ImageID) != "null"
	if o.AvailabilityZone != "" {
		l.Zones = []string{o.AvailabilityZone}
	}
	if l.Missing != "" {
		return l
	}
	fields := map[string]json.RawMessage{
		"ImageId": o.ImageID, "InstanceRequirements": o.InstanceRequirements, "BlockDeviceMappings": o.BlockDeviceMappings,
	}
	switch {
	case o.InstanceType != "":
		fields["InstanceType"], _ = json.Marshal(o.InstanceType) // a string always encodes
	case len(o.InstanceRequirements) > 0:
		l.Subject, fields["InstanceType"] = "requirements", json.RawMessage(`""`)
	}
	l.Data = merged(l.Data, fields)
	return l
}

// The services whose roles launch, as they stand in the ARNs of their service-linked roles.
const (
	spotService      = "spot.amazonaws.com/AWSServiceRoleForEC2Spot"
	fleetService     = "ec2fleet.amazonaws.com/AWSServiceRoleForEC2Fleet"
	spotFleetService = "spotfleet.amazonaws.com/AWSServiceRoleForEC2SpotFleet"
)

func serviceRole(u inventory.Unit, service string) string {
	return fmt.Sprintf("arn:%s:iam::%s:role/aws-service-role/%s", u.Partition, u.Account, service)
}

// spotRoleOf is the role of EC2 Spot where launch data asks for Spot Instances; empty elsewhere.
func spotRoleOf(u inventory.Unit, data json.RawMessage) string {
	var market struct {
		InstanceMarketOptions struct{ MarketType string }
	}
	_ = json.Unmarshal(data, &market) // data that is not there asks for nothing
	if market.InstanceMarketOptions.MarketType == "spot" {
		return serviceRole(u, spotService)
	}
	return ""
}
