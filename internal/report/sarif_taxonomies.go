package report

import (
	"maps"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/amiscan/amiscan/internal/finding"
)

// ownControls is the taxonomy of controls that name no catalogue.
const ownControls = "controls"

// taxonomies are the catalogues that policies name controls of: "FSBP/EC2.7" is the taxon EC2.7 of the taxonomy FSBP.
type taxonomies struct {
	components []*sarif.ToolComponent
	references []*sarif.ToolComponentReference
	// relationships are the controls of a policy, by its ID. go-sarif v2 has no member for them.
	relationships map[string][]any
}

func newTaxonomies(policies []finding.Policy) taxonomies {
	taxa := map[string][]string{}
	for _, policy := range policies {
		for _, control := range policy.Controls {
			if taxonomy, taxon := catalogued(control); taxon != "" {
				taxa[taxonomy] = append(taxa[taxonomy], taxon)
			}
		}
	}
	t := taxonomies{relationships: map[string][]any{}}
	for _, name := range slices.Sorted(maps.Keys(taxa)) {
		slices.Sort(taxa[name])
		taxa[name] = slices.Compact(taxa[name])
		t.components = append(t.components, taxonomy(name, taxa[name]))
		t.references = append(t.references, sarif.NewToolComponentReference().WithName(name).WithGuid(guidOf("taxonomy", name)))
	}
	for _, policy := range policies {
		t.relationships[policy.ID] = relationships(policy.Controls, taxa)
	}
	return t
}

func catalogued(control string) (taxonomy, taxon string) {
	taxonomy, taxon, found := strings.Cut(control, "/")
	if !found {
		taxonomy, taxon = ownControls, control
	}
	return orElse(clean(taxonomy, maxName), ownControls), clean(taxon, maxName)
}

// taxonomy lists the taxa that are used here, which is not all that the catalogue has. It has no rules: the literal is
// made without go-sarif's constructor, and its null goes with the others.
func taxonomy(name string, ids []string) *sarif.ToolComponent {
	guid, meaning := guidOf("taxonomy", name), "Controls of "+name+" that policies name."
	if name == ownControls {
		meaning = "Controls that policies name without a catalogue."
	}
	component := &sarif.ToolComponent{Name: name, GUID: &guid}
	component.WithShortDescription(sarif.NewMultiformatMessageString(meaning))
	for _, id := range ids {
		component.AddTaxa(&sarif.ReportingDescriptor{ID: id})
	}
	return component
}

// relationships are reportingDescriptorRelationship objects (section 3.53). A control is relevant to a policy; whether
// either covers the other is for an auditor to say.
func relationships(controls []string, taxa map[string][]string) []any {
	var related []any
	seen := map[[2]string]bool{}
	for _, control := range controls {
		name, id := catalogued(control)
		if id == "" || seen[[2]string{name, id}] {
			continue
		}
		seen[[2]string{name, id}] = true
		related = append(related, map[string]any{
			"kinds": []string{"relevant"},
			"target": map[string]any{
				"id": id, "index": slices.Index(taxa[name], id),
				"toolComponent": map[string]any{"name": name, "guid": guidOf("taxonomy", name)},
			},
		})
	}
	return related
}
