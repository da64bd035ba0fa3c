package link

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

var copiesFact = ref(inventory.AMI, "copies")

const listsImages = "ec2:DescribeImages"

// origin is the image that another was copied from.
type origin struct{ account, region, image string }

// copied is an image as a copy of another.
type copied struct {
	ImageID           string `json:"ImageId"`
	Name              string
	OwnerID           string `json:"OwnerId"`
	Region            string
	State             string
	CreationDate      string
	SourceImageID     string `json:"SourceImageId"`
	SourceImageRegion string
}

// seeCopies takes in the images that were copied by their own account.
func (w *World) seeCopies(part inventory.Part) {
	c := part.CoverageOf(imageFact.Kind, imageFact.Name)
	if !c.Status.IsAnswer() || c.Narrowed != "" {
		w.Unseen(part.Unit, c)
	}
	if w.leavesCopies {
		return
	}
	if w.copies == nil {
		w.copies = map[origin][]copied{}
	}
	for _, r := range part.Resources {
		var image copied
		if r.Kind != inventory.AMI || readable(r.Fact("image"), &image).Status != inventory.Known || image.SourceImageID == "" {
			continue
		}
		image.Region, image.OwnerID, image.State = r.Region, intern(image.OwnerID), intern(image.State)
		image.SourceImageID, image.SourceImageRegion = intern(image.SourceImageID), intern(image.SourceImageRegion)
		from := origin{r.Account, image.SourceImageRegion, image.SourceImageID}
		w.copies[from] = append(w.copies[from], image)
	}
}

// Unseen notes a unit whose images are not all known; the coverage says why, if the unit was read at all.
func (w *World) Unseen(u inventory.Unit, c inventory.Coverage) {
	status := c.Status
	if status == "" || status.IsAnswer() {
		status = inventory.NotCollected
	}
	if w.unseen == nil {
		w.unseen = map[string][]inventory.Gap{}
	}
	w.unseen[u.Account] = append(w.unseen[u.Account], inventory.Gap{
		Fact: "image", Status: status, Action: cmp.Or(c.Action, listsImages), Code: c.Code, Unit: u,
	})
}

// copiesOf returns the copies of an image, in one order, and the units of its account in which others may be.
func (w *World) copiesOf(r inventory.Resource) ([]json.RawMessage, []inventory.Gap) {
	gaps := slices.Clone(w.unseen[r.Account])
	if w.leavesCopies {
		gaps = append(gaps, unreadImages(r.Unit))
	}
	for _, region := range w.doors[r.Account].enabled() {
		if _, seen := w.units[place{region, r.Account}]; !seen {
			gaps = append(gaps, unreadImages(inventory.Unit{Partition: r.Partition, Account: r.Account, Region: region}))
		}
	}
	return encoded(w.copies[origin{r.Account, r.Region, r.ID}], func(copied) bool { return true }), gaps
}

func unreadImages(u inventory.Unit) inventory.Gap {
	return inventory.Gap{Fact: imageFact.Name, Status: inventory.NotCollected, Action: listsImages, Unit: u}
}

// encoded returns the members that a filter takes, as JSON and in its order: the order in which parts were seen must not
// show.
func encoded[T any](members []T, takes func(T) bool) []json.RawMessage {
	var texts []json.RawMessage
	for _, m := range members {
		if takes(m) {
			text, _ := json.Marshal(m) // texts, numbers and booleans always encode
			texts = append(texts, text)
		}
	}
	slices.SortFunc(texts, func(a, b json.RawMessage) int { return cmp.Compare(string(a), string(b)) })
	return texts
}

// imageCopies joins the account's own copies of an image, in this and in other regions.
func imageCopies() linked {
	return linked{
		FactType: inventory.FactType{
			FactRef: copiesFact, Linked: true, Scope: inventory.OrganizationScope,
			From: []inventory.FactRef{imageFact},
			Meaning: "The images that the same account made of this one by CopyImage, in any region that the account has enabled; " +
				"whole only if all of these were read.",
		},
		schema: func(map[inventory.FactRef]Schema) Schema {
			return listOfTexts("ImageId", "Name", "OwnerId", "Region", "State", "CreationDate", "SourceImageId", "SourceImageRegion")
		},
		build: func(ix *index, r inventory.Resource) inventory.Fact {
			copies, gaps := ix.world.copiesOf(r)
			l := &list{unit: r.Unit, values: copies, gaps: gaps}
			return l.fact()
		},
	}
}

// listOfTexts is the schema of a list of objects whose fields are all texts.
func listOfTexts(fields ...string) Schema {
	properties := Schema{}
	for _, name := range fields {
		properties[name] = Schema{"type": "string"}
	}
	return listOfObjects(properties)
}

// listOfObjects is the schema of a list of closed objects.
func listOfObjects(properties Schema) Schema {
	return Schema{"type": "array", "items": Schema{
		"type": "object", "additionalProperties": false, "properties": properties,
	}}
}
