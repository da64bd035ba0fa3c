package link

import (
	"encoding/json"
	"maps"

	"github.com/amiscan/amiscan/internal/inventory"
)

// mainFact is the fact that carries a resource's tags, by kind.
var mainFact = map[string]string{
	inventory.AMI: "image", inventory.Snapshot: "snapshot", inventory.KMSKey: "key", inventory.AutoScalingGroup: "group",
	inventory.EC2Fleet: "fleet", inventory.SpotFleet: "spot_fleet",
}

// describe adds what people and alerts call the resource.
func (ix *index) describe(r inventory.Resource, options Options) Document {
	d := Document{Resource: r, Unit: ix.part.Unit, Tags: tagsOf(r)}
	d.Owner = d.Tags[options.OwnerTag]
	switch r.Kind {
	case inventory.AMI:
		d.Image, d.Name = r.ID, readImage(r).Name
		d.Lineage = options.Lineages.Of(r.ID, d.Name, d.Tags)
	case inventory.Snapshot:
		d.Name = d.Tags["Name"]
		ix.describeSnapshot(&d, options)
	case inventory.LaunchTemplate:
		d.Name = readTemplate(r).name
	case inventory.AutoScalingGroup, inventory.LaunchConfiguration, inventory.SSMParameter:
		d.Name = r.ID
	}
	if d.Name != "" {
		d.Names = append(d.Names, d.Name)
	}
	return d
}

// describeSnapshot gives a snapshot the lineage, the name and the tags of the image that maps it.
func (ix *index) describeSnapshot(d *Document, options Options) {
	mapped, ok := ix.mappings[d.Resource.ID]
	if !ok {
		return
	}
	image := ix.byID[inventory.AMI][mapped.image]
	name, tags := readImage(image).Name, tagsOf(image)
	d.Image, d.Device = image.ID, mapped.device
	d.Lineage = options.Lineages.Of(image.ID, name, tags)
	if name != "" {
		d.Names = append(d.Names, name)
	}
	maps.Copy(tags, d.Tags)
	d.Tags = tags
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
