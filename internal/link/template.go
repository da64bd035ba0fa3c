package link

import (
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

// templateImages joins the images that a launch template names and that are to be seen. Whoever is not in the whole list
// did not resolve here.
func templateImages() linked {
	return linked{
		FactType: inventory.FactType{
			FactRef: ref(inventory.LaunchTemplate, "images"), Linked: true, Scope: inventory.UnitScope,
			From: []inventory.FactRef{versionsFact, parameterFact, imageFact, foreignFact},
			Meaning: "The images that the template's versions name, directly or through a parameter, as far as the account " +
				"can see them; one that is not in the list does not resolve.",
		},
		schema: listOf(imageFact),
		build:  func(ix *index, r inventory.Resource) inventory.Fact { return ix.imagesOf(r) },
	}
}

func (ix *index) imagesOf(r inventory.Resource) inventory.Fact {
	t := readTemplate(r)
	l := ix.overTemplate(r, t)
	for _, name := range t.parameterNames() {
		l.need("parameter", ix.find(parameterFact, name))
	}
	for _, id := range ix.imageIDsOf(t) {
		fact := ix.imageNamed(id)
		if fact.Status != inventory.NotVisible {
			l.add("image", fact)
		}
	}
	return l.fact()
}

// overTemplate begins a list over the versions of a template. One whose versions are not known names nobody knows what.
func (ix *index) overTemplate(r inventory.Resource, t template) *list {
	l := &list{unit: r.Unit}
	if t.unread != nil {
		l.lack("template_versions", ix.withAction(versionsFact, *t.unread))
	}
	return l
}

// imageIDsOf returns the image ids that a template names, sorted. A parameter that could not be read names none.
func (ix *index) imageIDsOf(t template) []string {
	var ids []string
	for _, v := range t.versions {
		id := v.LaunchTemplateData.ImageID
		if name, ok := inventory.ParameterReference(id); ok {
			id = parameterValue(ix.find(parameterFact, name))
		}
		if id != "" {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// imageNamed finds an image among the own and the foreign ones. That an id does not resolve (not_visible) is known only
// if it was looked up.
func (ix *index) imageNamed(id string) inventory.Fact {
	if own, ok := ix.byID[inventory.AMI][id]; ok {
		return ix.withAction(imageFact, own.Fact("image"))
	}
	if foreign, ok := ix.byID[inventory.ForeignImage][id]; ok {
		return ix.withAction(foreignFact, foreign.Fact("image"))
	}
	return ix.withAction(foreignFact, inventory.Fact{Status: inventory.NotCollected})
}

// templateParameters joins the SSM parameters that a launch template names in place of an image.
func templateParameters() linked {
	return linked{
		FactType: inventory.FactType{
			FactRef: ref(inventory.LaunchTemplate, "parameters"), Linked: true, Scope: inventory.UnitScope,
			From: []inventory.FactRef{versionsFact, parameterFact},
			Meaning: "The SSM parameters that the template's versions name as resolve:ssm:NAME; one that is not in the list " +
				"does not exist.",
		},
		schema: listOf(parameterFact),
		build: func(ix *index, r inventory.Resource) inventory.Fact {
			t := readTemplate(r)
			l := ix.overTemplate(r, t)
			for _, name := range t.parameterNames() {
				l.add("parameter", ix.find(parameterFact, name))
			}
			return l.fact()
		},
	}
}
