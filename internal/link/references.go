package link

import (
	"encoding/json"

	"github.com/amiscan/amiscan/internal/inventory"
)

var (
	versionsFact  = ref(inventory.LaunchTemplate, "template_versions")
	parameterFact = ref(inventory.SSMParameter, "parameter")
)

// reference is one edge that leads to an image.
type reference struct {
	// Kind is the kind of resource that refers: launch_template.
	Kind    string `json:"kind"`
	ID      string `json:"id"`
	Name    string `json:"name"`
	Version int64  `json:"version"`
	// Default and Latest say which aliases lead to this version.
	Default bool `json:"default"`
	Latest  bool `json:"latest"`
	// Parameter is the SSM parameter that the edge goes through; empty for a direct one.
	Parameter string `json:"parameter,omitempty"`
}

func referenceSchema(map[inventory.FactRef]Schema) Schema {
	text, boolean := Schema{"type": "string"}, Schema{"type": "boolean"}
	return Schema{"type": "array", "items": Schema{
		"type": "object", "additionalProperties": false, "properties": Schema{
			"kind": text, "id": text, "name": text, "version": Schema{"type": "integer"},
			"default": boolean, "latest": boolean, "parameter": text,
		},
	}}
}

// imageReferences joins what leads to an image: the default and latest versions of the unit's launch templates, directly
// or through a parameter. It is whole only if every template and every parameter that one names was seen.
func imageReferences() linked {
	return linked{
		FactType: inventory.FactType{
			FactRef: ref(inventory.AMI, "references"), Linked: true, Scope: inventory.UnitScope,
			From: []inventory.FactRef{versionsFact, parameterFact},
			Meaning: "The default and latest launch template versions of the account and region that name the image, " +
				"directly or through an SSM parameter.",
		},
		schema: referenceSchema,
		build:  func(ix *index, r inventory.Resource) inventory.Fact { return ix.referencesTo(r) },
	}
}

func (ix *index) referencesTo(r inventory.Resource) inventory.Fact {
	l := &list{unit: r.Unit}
	if absent := ix.absence(versionsFact); !absent.Status.IsAnswer() {
		l.lack("template_versions", absent)
	}
	for _, t := range ix.templates {
		if t.unread != nil {
			l.lack("template_versions", ix.withAction(versionsFact, *t.unread))
		}
		for _, v := range t.versions {
			if t.launched(v) {
				ix.follow(l, t, v, r.ID)
			}
		}
	}
	return l.fact()
}

// follow adds the edge from a version to the image, if there is one, or the gap that hides whether there is.
func (ix *index) follow(l *list, t template, v version, image string) {
	target, parameter := v.LaunchTemplateData.ImageID, ""
	if name, ok := inventory.ParameterReference(target); ok {
		fact := ix.find(parameterFact, name)
		if !fact.Status.IsAnswer() {
			l.lack("parameter", fact)
			return
		}
		target, parameter = parameterValue(fact), name
	}
	if target != image {
		return
	}
	text, _ := json.Marshal(reference{ // strings, numbers and booleans always encode
		Kind: inventory.LaunchTemplate, ID: t.id, Name: t.name, Version: v.VersionNumber,
		Default: v.DefaultVersion, Latest: v.VersionNumber == t.latest(), Parameter: parameter,
	})
	l.add("", inventory.Fact{Status: inventory.Known, Value: text})
}
