package link

import (
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

// underKey says which own images lie under which key.
type underKey struct {
	list
	images map[string][]string
}

// indexKeys walks the images once.
func (ix *index) indexKeys() *underKey {
	all := &underKey{list: list{unit: ix.part.Unit}, images: map[string][]string{}}
	for _, r := range ix.part.Resources {
		if r.Kind != inventory.AMI {
			continue
		}
		var view imageView
		all.need(imageFact.Name, ix.read(imageFact, r.Fact("image"), &view))
		for _, id := range view.snapshotIDs() {
			var snapshot struct {
				KmsKeyID string `json:"KmsKeyId"`
			}
			all.need(snapshotFact.Name, ix.read(snapshotFact, ix.find(snapshotFact, id), &snapshot))
			if key := snapshot.KmsKeyID; key != "" && !slices.Contains(all.images[key], r.ID) {
				all.images[key] = append(all.images[key], r.ID)
			}
		}
	}
	return all
}
