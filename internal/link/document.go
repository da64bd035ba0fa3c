// Package link joins what the collectors brought home: each resource is handed to the policies as one document with its
// own facts and the linked ones beside them. A linked fact is complete only if everything that could contribute to it
// was seen; otherwise it has the worst status of its sources and says what is missing. It imports no AWS SDK and no OPA.
package link

import "github.com/amiscan/amiscan/internal/inventory"

// Document is one resource as policies see it.
type Document struct {
	// Resource carries own and linked facts under their names.
	Resource inventory.Resource
	// Unit is where the resource was seen. Its own account is another where somebody else owns it, as with a foreign key.
	Unit inventory.Unit
	// Name is what people call the resource; empty where it has no name.
	Name string
	// Lineage is the name under which successive bakes of one image are the same thing; empty where none is known.
	Lineage string
	// Device is the device name under which an image maps this snapshot.
	Device string
	// Owner is the value of the tag that names the responsible team.
	Owner string
	// Image is the id of the image that the resource is or is a part of; empty for everything else.
	Image string
	// Names are the names of the resource and of the image that it is a part of, Tags the tags of both: those of the
	// resource itself stand before its image's.
	Names []string
	Tags  map[string]string
}

// Unit is one collected unit, joined.
type Unit struct {
	inventory.Unit
	// Documents are the resources that policies may judge, in the order of every report.
	Documents []Document
	// Coverage says how far each fact was collected.
	Coverage []inventory.Coverage
}

// CoverageOf returns how far a fact of a kind was collected; one that was never asked for is not_collected.
func (u Unit) CoverageOf(ref inventory.FactRef) inventory.Coverage {
	part := inventory.Part{Unit: u.Unit, Coverage: u.Coverage}
	return part.CoverageOf(ref.Kind, ref.Name)
}
