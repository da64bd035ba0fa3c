package link

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/amiscan/amiscan/internal/inventory"
)

// launch is one way in which a launcher starts instances: a template version, a group or one of its overrides, a launch
// configuration, a specification of a fleet.
type launch struct {
	// Subject tells the launches of one launcher apart: a template's version number, an override's instance type; empty
	// where there is but one.
	Subject string `json:"subject"`
	// TemplateID, TemplateName and Version say which template version it takes its data from; absent without a template.
	TemplateID   string `json:"template_id,omitempty"`
	TemplateName string `json:"template_name,omitempty"`
	Version      int64  `json:"version,omitempty"`
	// Default and Latest say that the version is the template's default and its latest.
	Default bool `json:"default"`
	Latest  bool `json:"latest"`
	// Missing is "template" or "version" where that does not exist any more; nothing else is known then.
	Missing string `json:"missing,omitempty"`
	// ImageReference is the image as it is written; ImageID is what it leads to, absent where it leads nowhere.
	ImageReference string `json:"image_reference,omitempty"`
	// Parameter is the SSM parameter of a reference, with the version or label that may follow; absent without one.
	Parameter string `json:"parameter,omitempty"`
	ImageID   string `json:"image_id,omitempty"`
	// InstanceType is absent where requirements choose the type, or nobody does.
	InstanceType string `json:"instance_type,omitempty"`
	Requirements bool   `json:"requirements"`
	// Override says that a group or a fleet overrides the template here.
	Override bool `json:"override"`
	// ServiceRoles are the ARNs of the service-linked roles that launch; none where the caller's own role does.
	ServiceRoles []string `json:"service_roles"`
	// SpotRole is the role of EC2 Spot where the launch may ask for Spot Instances besides.
	SpotRole string `json:"spot_role,omitempty"`
	// Zones are the availability zones that the launch may use, where it names any.
	Zones []string `json:"zones"`
	// ownImage says that the override itself names the image.
	ownImage bool
	// subnets are those of the group, which stand beside the launch data.
	subnets []string
	// Data is what is asked of EC2, in the shape of a template's LaunchTemplateData, overrides applied.
	Data json.RawMessage `json:"data,omitempty"`
}

// launchSchema needs the schema of a template's data.
func launchSchema(own map[inventory.FactRef]Schema) Schema {
	text, boolean := Schema{"type": "string"}, Schema{"type": "boolean"}
	texts := Schema{"type": "array", "items": text}
	return Schema{"type": "array", "items": Schema{
		"type": "object", "additionalProperties": false, "properties": Schema{
			"subject": text, "template_id": text, "template_name": text, "version": Schema{"type": "integer"},
			"default": boolean, "latest": boolean, "missing": text, "image_reference": text, "parameter": text,
			"image_id":      text,
			"instance_type": text, "requirements": boolean, "override": boolean, "service_roles": texts, "spot_role": text,
			"zones": texts, "data": templateDataSchema(own),
		},
	}}
}

func templateDataSchema(own map[inventory.FactRef]Schema) Schema {
	items, _ := own[versionsFact]["items"].(Schema)
	properties, _ := items["properties"].(Schema)
	data, _ := properties["LaunchTemplateData"].(Schema)
	return data
}

// plan is the launches of one launcher, and what is missing to know them all.
type plan struct {
	list
	launches []launch
}

// settle gives every launch a subject of its own and finds out which image it means.
func (ix *index) settle(p *plan) {
	taken := map[string]int{}
	for i := range p.launches {
		l := &p.launches[i]
		ix.resolve(p, l)
		if taken[l.Subject]++; taken[l.Subject] > 1 {
			l.Subject += " #" + strconv.Itoa(taken[l.Subject])
		}
		if l.ServiceRoles == nil {
			l.ServiceRoles = []string{}
		}
		if l.Zones == nil {
			l.Zones = []string{}
		}
	}
}

// resolve reads from the data which image and type are launched; an image may stand behind a parameter.
func (ix *index) resolve(p *plan, l *launch) {
	var data struct {
		ImageID              string `json:"ImageId"`
		InstanceType         string
		InstanceRequirements *struct{}
		Placement            struct{ AvailabilityZone string }
	}
	_ = json.Unmarshal(l.Data, &data) // data of a missing version is empty, and so is what it launches
	l.ImageReference, l.ImageID, l.InstanceType = data.ImageID, data.ImageID, data.InstanceType
	l.Requirements = data.InstanceRequirements != nil && data.InstanceType == ""
	if zone := data.Placement.AvailabilityZone; zone != "" && len(l.Zones) == 0 {
		l.Zones = []string{zone}
	}
	if name, ok := inventory.ParameterReference(data.ImageID); ok {
		fact := ix.find(parameterFact, name)
		p.need("parameter", fact)
		l.Parameter, l.ImageID = name, parameterValue(fact)
	}
}

// merged lays fields over launch data; what is laid over wins.
func merged(data json.RawMessage, over map[string]json.RawMessage) json.RawMessage {
	fields := map[string]json.RawMessage{}
	_ = json.Unmarshal(data, &fields) // it was read as JSON before
	for name, value := range over {
		if len(value) > 0 && string(value) != "null" {
			fields[name] = value
		}
	}
	text, _ := json.Marshal(fields) // raw JSON always encodes
	return text
}

// launcherKinds are the kinds that have launches.
func launcherKinds() []string { return inventory.KindsOf(inventory.Launcher) }

// launchesOf returns the launches of a launcher, read once.
func (ix *index) launchesOf(r inventory.Resource) *plan {
	key := r.Kind + "\x00" + r.ID
	if ix.plans[key] == nil {
		p := &plan{list: list{unit: r.Unit}}
		ix.planFor(p, r)
		ix.settle(p)
		ix.plans[key] = p
	}
	return ix.plans[key]
}

func (ix *index) planFor(p *plan, r inventory.Resource) {
	switch r.Kind {
	case inventory.LaunchTemplate:
		ix.planTemplate(p, r)
	case inventory.LaunchConfiguration:
		ix.planConfiguration(p, r)
	case inventory.AutoScalingGroup:
		ix.planGroup(p, r)
	case inventory.EC2Fleet:
		ix.planFleet(p, r)
	case inventory.SpotFleet:
		ix.planSpotFleet(p, r)
	}
}

// planTemplate takes the default and the latest version: others are launched by nobody who does not name them.
func (ix *index) planTemplate(p *plan, r inventory.Resource) {
	t := readTemplate(r)
	if t.unread != nil {
		p.lack("template_versions", ix.withAction(versionsFact, *t.unread))
	}
	for _, v := range t.versions {
		if t.launched(v) {
			l := t.launch(v)
			l.Subject = strconv.FormatInt(v.VersionNumber, 10)
			l.SpotRole = spotRoleOf(r.Unit, l.Data)
			p.launches = append(p.launches, l)
		}
	}
}

// launch is what a version launches.
func (t template) launch(v version) launch {
	return launch{
		TemplateID: t.id, TemplateName: t.name, Version: v.VersionNumber, Default: v.DefaultVersion,
		Latest: v.VersionNumber == t.latest(), Data: v.LaunchTemplateData,
	}
}

// specification names a template version as groups and fleets do.
type specification struct {
	LaunchTemplateID   string `json:"LaunchTemplateId"`
	LaunchTemplateName string
	Version            string
}

// follow finds the launch that a specification stands for: with what is missing where the template or the version is
// gone. Where that cannot be told there is a gap and no launch: whatever stood in its place would be taken for an answer.
func (ix *index) follow(p *plan, s specification) []launch {
	i := slices.IndexFunc(ix.templates, func(t template) bool {
		return t.id == s.LaunchTemplateID || s.LaunchTemplateID == "" && t.name == s.LaunchTemplateName
	})
	if i < 0 {
		gone := launch{TemplateID: s.LaunchTemplateID, TemplateName: s.LaunchTemplateName, Missing: "template"}
		return p.goneIf(ix.absence(versionsFact), "template_versions", gone)
	}
	t := ix.templates[i]
	if t.unread != nil {
		p.lack("template_versions", ix.withAction(versionsFact, *t.unread))
		return nil
	}
	if v, ok := t.versionCollected(s.Version); ok {
		return []launch{t.launch(v)}
	}
	return ix.followPinned(p, t, s.Version)
}

// goneIf is the launch of what does not exist, if a fact says so for certain.
func (p *plan) goneIf(absence inventory.Fact, name string, gone launch) []launch {
	if !absence.Status.IsAnswer() {
		p.lack(name, absence)
		return nil
	}
	return []launch{gone}
}

// followPinned looks among the versions that were read because somebody names their number.
func (ix *index) followPinned(p *plan, t template, name string) []launch {
	var pinned []version
	fact := ix.read(pinnedFact, ix.byID[inventory.LaunchTemplate][t.id].Fact("pinned_versions"), &pinned)
	for _, v := range pinned {
		if name == strconv.FormatInt(v.VersionNumber, 10) {
			return []launch{t.launch(v)}
		}
	}
	gone := launch{TemplateID: t.id, TemplateName: t.name, Missing: "version"}
	gone.Version, _ = strconv.ParseInt(name, 10, 64) // an alias that leads nowhere has no number
	return p.goneIf(fact, "pinned_versions", gone)
}

// versionCollected finds a version by its number or alias among the default and the latest; none named is the default
// (LaunchTemplateSpecification.Version).
func (t template) versionCollected(name string) (version, bool) {
	for _, v := range t.versions {
		switch {
		case (name == "" || name == "$Default") && v.DefaultVersion, name == "$Latest" && v.VersionNumber == t.latest(),
			name == strconv.FormatInt(v.VersionNumber, 10):
			return v, true
		}
	}
	return version{}, false
}
