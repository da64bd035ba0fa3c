package link

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

// World is what joining one unit needs to know of all the others: small, however many images they hold. It is filled in a
// first pass over the inventory and only read afterwards.
type World struct {
	copies map[origin][]json.RawMessage
	unseen []inventory.Gap
}

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

// See takes in what a part says of other units' images: an image that was copied by its own account.
func (w *World) See(part inventory.Part) {
	if w.copies == nil {
		w.copies = map[origin][]json.RawMessage{}
	}
	c := part.CoverageOf(imageFact.Kind, imageFact.Name)
	if !c.Status.IsAnswer() || c.Narrowed != "" {
		w.Unseen(part.Unit, c)
	}
	for _, r := range part.Resources {
		var image copied
		if r.Kind != inventory.AMI || readable(r.Fact("image"), &image).Status != inventory.Known || image.SourceImageID == "" {
			continue
		}
		image.Region = r.Region
		from := origin{r.Account, image.SourceImageRegion, image.SourceImageID}
		text, _ := json.Marshal(image) // plain texts always encode
		w.copies[from] = append(w.copies[from], text)
	}
}

// Unseen notes a unit whose images are not all known; the coverage says why, if the unit was read at all.
func (w *World) Unseen(u inventory.Unit, c inventory.Coverage) {
	status := c.Status
	if status == "" || status.IsAnswer() {
		status = inventory.NotCollected
	}
	w.unseen = append(w.unseen, inventory.Gap{
		Fact: "image", Status: status, Action: cmp.Or(c.Action, "ec2:DescribeImages"), Code: c.Code, Unit: u,
	})
}

// copiesOf returns the copies of an image and the units of its account in which others may be.
func (w *World) copiesOf(r inventory.Resource) ([]json.RawMessage, []inventory.Gap) {
	copies := slices.SortedFunc(slices.Values(w.copies[origin{r.Account, r.Region, r.ID}]), func(a, b json.RawMessage) int {
		return cmp.Compare(string(a), string(b))
	})
	var gaps []inventory.Gap
	for _, gap := range w.unseen {
		if gap.Account == r.Account {
			gaps = append(gaps, gap)
		}
	}
	return copies, gaps
}

// imageCopies joins the account's own copies of an image, in this and in other regions.
func imageCopies() linked {
	text := Schema{"type": "string"}
	return linked{
		FactType: inventory.FactType{
			FactRef: ref(inventory.AMI, "copies"), Linked: true, Scope: inventory.OrganizationScope,
			From: []inventory.FactRef{imageFact},
			Meaning: "The images that the same account made of this one by CopyImage, in any region that the account has enabled; " +
				"whole only if all of these were read.",
		},
		schema: func(map[inventory.FactRef]Schema) Schema {
			return Schema{"type": "array", "items": Schema{
				"type": "object", "additionalProperties": false, "properties": Schema{
					"ImageId": text, "Name": text, "OwnerId": text, "Region": text, "State": text, "CreationDate": text,
					"SourceImageId": text, "SourceImageRegion": text,
				},
			}}
		},
		build: func(ix *index, r inventory.Resource) inventory.Fact {
			copies, gaps := ix.world.copiesOf(r)
			l := &list{unit: r.Unit, values: copies, gaps: gaps}
			return l.fact()
		},
	}
}
