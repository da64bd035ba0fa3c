package link

import (
	"encoding/json"
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

// fleetConfig is one template of a fleet with its overrides.
type fleetConfig struct {
	LaunchTemplateSpecification *specification
	Overrides                   []overrideView
}

// fleetView is what launches need of an EC2 Fleet.
type fleetView struct {
	Type                        string
	FleetState                  string
	LaunchTemplateConfigs       []fleetConfig
	TargetCapacitySpecification struct{ DefaultTargetCapacityType string }
}

// hasEnded holds for a fleet that launches nothing any more.
func (f fleetView) hasEnded() bool {
	return slices.Contains([]string{"deleted", "deleted_running", "deleted_terminating", "failed"}, f.FleetState)
}

// serviceRoles are the roles that launch for the fleet: that of EC2 Fleet where it maintains or requests capacity; for an
// instant one the caller launches (EC2 User Guide, "EC2 Fleet prerequisites").
func (f fleetView) serviceRoles(u inventory.Unit) []string {
	if f.hasEnded() || f.Type == "instant" {
		return nil
	}
	return []string{serviceRole(u, fleetService)}
}

// planFleet takes every template and override of an EC2 Fleet that goes on launching.
func (ix *index) planFleet(p *plan, r inventory.Resource) {
	var fleet fleetView
	p.need("fleet", ix.read(fleetFact, r.Fact("fleet"), &fleet))
	if fleet.hasEnded() {
		return
	}
	for _, config := range fleet.LaunchTemplateConfigs {
		for _, l := range ix.planConfig(p, config) {
			l.ServiceRoles = fleet.serviceRoles(r.Unit)
			if fleet.TargetCapacitySpecification.DefaultTargetCapacityType == "spot" {
				l.SpotRole = serviceRole(r.Unit, spotService)
			}
			p.launches = append(p.launches, l)
		}
	}
}

func (ix *index) planConfig(p *plan, config fleetConfig) []launch {
	if config.LaunchTemplateSpecification == nil {
		return nil
	}
	return ix.planOverrides(p, *config.LaunchTemplateSpecification, config.Overrides)
}

// spotFleetView is what launches need of a Spot Fleet.
type spotFleetView struct {
	SpotFleetRequestState  string
	SpotFleetRequestConfig struct {
		LaunchSpecifications  []json.RawMessage
		LaunchTemplateConfigs []fleetConfig
	}
}

// hasEnded holds for a Spot Fleet that launches nothing any more.
func (f spotFleetView) hasEnded() bool {
	ended := []string{"cancelled", "cancelled_running", "cancelled_terminating", "failed"}
	return slices.Contains(ended, f.SpotFleetRequestState)
}

// serviceRoles are the roles of Spot Fleet and of EC2 Spot (EC2 User Guide, "Spot Fleet permissions").
func (f spotFleetView) serviceRoles(u inventory.Unit) []string {
	if f.hasEnded() {
		return nil
	}
	return []string{serviceRole(u, spotFleetService), serviceRole(u, spotService)}
}

// planSpotFleet takes every template, override and specification of a Spot Fleet that goes on launching.
func (ix *index) planSpotFleet(p *plan, r inventory.Resource) {
	var fleet spotFleetView
	p.need("spot_fleet", ix.read(spotFleetFact, r.Fact("spot_fleet"), &fleet))
	if fleet.hasEnded() {
		return
	}
	var launches []launch
	for _, text := range fleet.SpotFleetRequestConfig.LaunchSpecifications {
		launches = append(launches, specifiedLaunch(text))
	}
	for _, config := range fleet.SpotFleetRequestConfig.LaunchTemplateConfigs {
		launches = append(launches, ix.planConfig(p, config)...)
	}
	for _, l := range launches {
		l.ServiceRoles = fleet.serviceRoles(r.Unit)
		p.launches = append(p.launches, l)
	}
}

// specifiedLaunch reads a launch specification, which is a template's data but for how it names security groups, the
// subnet and the RAM disk.
func specifiedLaunch(text json.RawMessage) launch {
	var view struct {
		InstanceType   string
		SubnetID       string `json:"SubnetId"`
		RamdiskID      string `json:"RamdiskId"`
		SecurityGroups []struct {
			GroupID string `json:"GroupId"`
		}
		Placement struct{ AvailabilityZone, Tenancy string }
	}
	fields := map[string]json.RawMessage{}
	_, _ = json.Unmarshal(text, &view), json.Unmarshal(text, &fields) // it was read as JSON before
	ids := []string{}
	for _, group := range view.SecurityGroups {
		ids = append(ids, group.GroupID)
	}
	for _, name := range []string{
		"SecurityGroups", "SubnetId", "RamdiskId", "Placement", "SpotPrice", "AddressingType", "WeightedCapacity", "Monitoring",
		"TagSpecifications",
	} {
		delete(fields, name)
	}
	fields["SecurityGroupIds"], _ = json.Marshal(ids)
	fields["Placement"], _ = json.Marshal(map[string]string{"AvailabilityZone": view.Placement.AvailabilityZone})
	if view.RamdiskID != "" {
		fields["RamDiskId"], _ = json.Marshal(view.RamdiskID)
	}
	if view.SubnetID != "" {
		fields["NetworkInterfaces"], _ = json.Marshal([]map[string]string{{"SubnetId": view.SubnetID}})
	}
	data, _ := json.Marshal(fields)
	return launch{Subject: view.InstanceType, Data: data}
}
