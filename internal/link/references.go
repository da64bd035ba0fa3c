package link

import (
	"encoding/json"
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

var (
	versionsFact  = ref(inventory.LaunchTemplate, "template_versions")
	parameterFact = ref(inventory.SSMParameter, "parameter")
)

// reference is one edge that leads to an image.
type reference struct {
	// Kind and ID say what refers: a launcher. Name is what people call it.
	Kind string `json:"kind"`
	ID   string `json:"id"`
	Name string `json:"name"`
	// Edge says how: "default", "latest" and "pinned" for versions of a template, "override" where a group or a fleet lays
	// another image over one, "direct" for a launch configuration and a specification of a fleet.
	Edge string `json:"edge"`
	// Subject tells several launches of one launcher apart.
	Subject string `json:"subject"`
	// Version is the template version that names the image, of the template TemplateID; 0 without one.
	Version    int64  `json:"version"`
	TemplateID string `json:"template_id,omitempty"`
	// Default and Latest say which aliases lead to this version.
	Default bool `json:"default"`
	Latest  bool `json:"latest"`
	// Parameter is the SSM parameter that the edge goes through; empty for a direct one.
	Parameter string `json:"parameter,omitempty"`
}

func referenceSchema(map[inventory.FactRef]Schema) Schema { return listOfObjects(referenceFields()) }

func referenceFields() Schema {
	text, boolean := Schema{"type": "string"}, Schema{"type": "boolean"}
	return Schema{
		"kind": text, "id": text, "name": text, "edge": text, "subject": text, "version": Schema{"type": "integer"},
		"template_id": text, "default": boolean, "latest": boolean, "parameter": text,
	}
}

// imageReferences joins what launches an image: templates, groups, launch configurations and fleets, directly or through
// a parameter. It is whole only if every launcher, and every parameter that one names, was seen.
func imageReferences() linked {
	return linked{
		FactType: inventory.FactType{
			FactRef: ref(inventory.AMI, "references"), Linked: true, Scope: inventory.UnitScope, From: allPlanFacts(),
			Meaning: "What launches the image in this account and region: default and latest launch template versions, Auto " +
				"Scaling groups, launch configurations and fleets, directly or through an SSM parameter.",
		},
		schema: referenceSchema,
		build: func(ix *index, r inventory.Resource) inventory.Fact {
			all := ix.allEdges()
			l := &list{unit: r.Unit, values: all.to[r.ID], gaps: all.gaps}
			return l.fact()
		},
	}
}

// allPlanFacts are what the launches of all kinds are made of, each once.
func allPlanFacts() []inventory.FactRef {
	var from []inventory.FactRef
	for _, kind := range launcherKinds() {
		from = append(from, planFacts(kind)...)
	}
	slices.SortFunc(from, func(a, b inventory.FactRef) int {
		return slices.Compare([]string{a.Kind, a.Name}, []string{b.Kind, b.Name})
	})
	return slices.Compact(from)
}

// edges are what leads to images in one unit.
type edges struct {
	list
	to map[string][]json.RawMessage
}

// launcherListings are the facts that find the launchers.
var launcherListings = []inventory.FactRef{groupFact, fleetFact, configurationFact, versionsFact, spotFleetFact}

// allEdges reads every launcher once.
func (ix *index) allEdges() *edges {
	if ix.edges != nil {
		return ix.edges
	}
	ix.edges = &edges{list: list{unit: ix.part.Unit}, to: map[string][]json.RawMessage{}}
	for _, listing := range launcherListings {
		ix.edges.need(listing.Name, ix.absence(listing))
	}
	for _, r := range ix.part.Resources {
		if slices.Contains(launcherKinds(), r.Kind) {
			ix.edges.addLauncher(ix.describe(r, Options{}), ix.launchesOf(r))
		}
	}
	return ix.edges
}

func (e *edges) addLauncher(d Document, p *plan) {
	for _, gap := range p.gaps {
		e.addGap(gap)
	}
	for _, l := range p.launches {
		if l.ImageID != "" {
			text, _ := json.Marshal(l.reference(d)) // texts, numbers and booleans always encode
			e.to[l.ImageID] = append(e.to[l.ImageID], text)
		}
	}
}

// reference is the edge from a launcher to the image of one of its launches.
func (l launch) reference(d Document) reference {
	return reference{
		Kind: d.Resource.Kind, ID: d.Resource.ID, Name: d.Name, Edge: l.edge(), Subject: l.Subject, Version: l.Version,
		TemplateID: l.TemplateID, Default: l.Default, Latest: l.Latest, Parameter: l.Parameter,
	}
}

// edge is how the launch comes by its image.
func (l launch) edge() string {
	switch {
	case l.TemplateID == "":
		return "direct"
	case l.ownImage:
		return "override"
	case l.Default:
		return "default"
	case l.Latest:
		return "latest"
	}
	return "pinned"
}
