package link

import (
	"encoding/json"

	"github.com/amiscan/amiscan/internal/inventory"
)

// mainFact is the fact that carries a resource's tags, by kind.
var mainFact = map[string]string{
	inventory.AMI: "image", inventory.Snapshot: "snapshot", inventory.KMSKey: "key", inventory.AutoScalingGroup: "group",
	inventory.EC2Fleet: "fleet", inventory.SpotFleet: "spot_fleet",
}

// describe adds what people and alerts call the resource.
func (ix *index) describe(r inventory.Resource, options Options) Document {
	d := Document{Resource: r, Unit: ix.part.Unit, Owner: ownerOf(r, options.OwnerTag)}
	switch r.Kind {
	case inventory.AMI:
		view := readImage(r)
		d.Name, d.Lineage = view.Name, Lineage(view.Name, tagMap(view.Tags))
	case inventory.Snapshot:
		d.Name = tagsOf(r)["Name"]
		ix.describeSnapshot(&d)
	case inventory.LaunchTemplate:
		d.Name = readTemplate(r).name
	case inventory.AutoScalingGroup, inventory.LaunchConfiguration, inventory.SSMParameter:
		d.Name = r.ID
	}
	return d
}

// describeSnapshot gives a snapshot the lineage of the image that maps it.
func (ix *index) describeSnapshot(d *Document) {
	mapped, ok := ix.mappings[d.Resource.ID]
	if !ok {
		return
	}
	view := readImage(ix.byID[inventory.AMI][mapped.image])
	d.Lineage, d.Device = Lineage(view.Name, tagMap(view.Tags)), mapped.device
}

func ownerOf(r inventory.Resource, ownerTag string) string {
	if ownerTag == "" {
		return ""
	}
	return tagsOf(r)[ownerTag]
}

func tagsOf(r inventory.Resource) map[string]string {
	var view struct{ Tags []tag }
	if fact := r.Fact(mainFact[r.Kind]); fact.Status == inventory.Known {
		_ = json.Unmarshal(fact.Value, &view) // a value without readable tags has none to show
	}
	return tagMap(view.Tags)
}

func tagMap(tags []tag) map[string]string {
	m := map[string]string{}
	for _, t := range tags {
		m[t.Key] = t.Value
	}
	return m
}
