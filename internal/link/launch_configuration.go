package link

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// configurationView is what launches need of a launch configuration. It means the same as a template's data under other
// names.
type configurationView struct {
	ImageID                  string `json:"ImageId"`
	InstanceType             string
	KeyName                  string
	SecurityGroups           []string
	IamInstanceProfile       string
	KernelID                 string `json:"KernelId"`
	RamdiskID                string `json:"RamdiskId"`
	BlockDeviceMappings      []configurationMapping
	MetadataOptions          json.RawMessage
	SpotPrice                string
	PlacementTenancy         string
	EbsOptimized             bool
	AssociatePublicIPAddress *bool `json:"AssociatePublicIpAddress"`
}

// configurationMapping is a device of a launch configuration; it leaves a device out by a boolean, EC2 by a text.
type configurationMapping struct {
	DeviceName  string          `json:"DeviceName,omitempty"`
	Ebs         json.RawMessage `json:"Ebs,omitempty"`
	VirtualName string          `json:"VirtualName,omitempty"`
	NoDevice    any             `json:"NoDevice,omitempty"`
}

// planConfiguration takes the one thing that a launch configuration launches.
func (ix *index) planConfiguration(p *plan, r inventory.Resource) {
	var view configurationView
	fact := ix.read(configurationFact, r.Fact("launch_configuration"), &view)
	p.need("launch_configuration", fact)
	if fact.Status != inventory.Known {
		return
	}
	p.launches = []launch{{Data: view.data(), SpotRole: view.spotRole(r.Unit)}}
}

// planNamedConfiguration takes what a group's launch configuration launches.
func (ix *index) planNamedConfiguration(p *plan, name string) []launch {
	r, ok := ix.byID[inventory.LaunchConfiguration][name]
	if !ok {
		return p.goneIf(ix.absence(configurationFact), "launch_configuration", launch{Missing: "launch_configuration"})
	}
	plan := ix.launchesOf(r)
	for _, gap := range plan.gaps {
		p.addGap(gap)
	}
	return slices.Clone(plan.launches)
}

func (v configurationView) spotRole(u inventory.Unit) string {
	if v.SpotPrice == "" {
		return ""
	}
	return serviceRole(u, spotService)
}

// data writes the configuration as a template would.
func (v configurationView) data() json.RawMessage {
	fields := map[string]any{
		"ImageId": v.ImageID, "InstanceType": v.InstanceType, "KeyName": v.KeyName, "SecurityGroupIds": v.groupIDs(),
		"IamInstanceProfile": v.profile(), "KernelId": v.KernelID, "RamDiskId": v.RamdiskID,
		"BlockDeviceMappings": v.mappings(), "EbsOptimized": v.EbsOptimized,
	}
	if len(v.MetadataOptions) > 0 {
		fields["MetadataOptions"] = v.MetadataOptions
	}
	if v.SpotPrice != "" {
		fields["InstanceMarketOptions"] = map[string]any{"MarketType": "spot"}
	}
	if v.PlacementTenancy != "" {
		fields["Placement"] = map[string]any{"Tenancy": v.PlacementTenancy}
	}
	if v.AssociatePublicIPAddress != nil {
		fields["NetworkInterfaces"] = []any{map[string]any{"DeviceIndex": 0, "AssociatePublicIpAddress": *v.AssociatePublicIPAddress}}
	}
	for name, value := range fields {
		if value == "" || value == nil {
			delete(fields, name)
		}
	}
	text, _ := json.Marshal(fields) // plain values always encode
	return text
}

// groupIDs leaves out groups that are named and not numbered, which only EC2-Classic had.
func (v configurationView) groupIDs() []string {
	return slices.DeleteFunc(append([]string{}, v.SecurityGroups...), func(id string) bool {
		return !strings.HasPrefix(id, "sg-")
	})
}

func (v configurationView) profile() any {
	switch {
	case v.IamInstanceProfile == "":
		return nil
	case strings.HasPrefix(v.IamInstanceProfile, "arn:"):
		return map[string]any{"Arn": v.IamInstanceProfile}
	}
	return map[string]any{"Name": v.IamInstanceProfile}
}

func (v configurationView) mappings() []configurationMapping {
	mappings := append([]configurationMapping{}, v.BlockDeviceMappings...)
	for i, m := range mappings {
		mappings[i].NoDevice = nil
		if m.NoDevice == true {
			mappings[i].NoDevice = ""
		}
	}
	return mappings
}
