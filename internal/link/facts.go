package link

import (
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

// linked is one fact that is joined from others.
type linked struct {
	inventory.FactType
	// schema makes the schema of the value from those of the collected facts.
	schema func(own map[inventory.FactRef]Schema) Schema
	build  func(ix *index, r inventory.Resource) inventory.Fact
}

// Schema is a JSON Schema in plain JSON types.
type Schema = map[string]any

// linkedFacts is every fact that is joined from others. All of them are lists, because OPA checks the fields of a list's
// members at compile time and those of an object with free keys not at all.
func linkedFacts() []linked {
	return slices.Concat(imageFacts(), imageKeys(), elsewhere(), accountFacts(), launcherFacts(), defaultKeys(), unitTrails(),
		[]linked{keyAudiences(), launchingRoles(), parameterImages()})
}

// imageFacts is what is joined for images.
func imageFacts() []linked {
	return []linked{
		imageSnapshots(), imageSnapshotPermissions(), imageReferences(), imageInstances(), imageParameters(),
		fromSettings(inventory.AMI, "organization"), fromSettings(inventory.AMI, "image_block_public_access"),
		fromSettings(inventory.AMI, "instance_metadata_defaults"), fromSettings(inventory.AMI, "ebs_encryption_by_default"),
		fromSettings(inventory.Snapshot, "snapshot_block_public_access"), fromSettings(inventory.KMSKey, "organization"),
		fromSettings(inventory.ImageRecipe, "ebs_encryption_by_default"), snapshotImages(), snapshotKeys(), imageCopies(),
		imageAudience(),
	}
}

// Catalog describes every fact that is joined from others.
func Catalog() inventory.Catalog {
	var catalog inventory.Catalog
	for _, l := range linkedFacts() {
		catalog = append(catalog, l.FactType)
	}
	return catalog
}

// Schemas returns the schema of every linked fact, made from those of the collected ones.
func Schemas(own map[inventory.FactRef]Schema) map[inventory.FactRef]Schema {
	schemas := map[inventory.FactRef]Schema{}
	for _, l := range linkedFacts() {
		schemas[l.FactRef] = l.schema(own)
	}
	return schemas
}

// judged are the kinds that policies judge; the others serve as evidence.
var judged = append([]string{
	inventory.AMI, inventory.Snapshot, inventory.KMSKey, inventory.Settings, inventory.SSMParameter, inventory.ImageRecipe,
	inventory.ImagePipeline, inventory.DistributionConfiguration,
}, launcherKinds()...)

// Judged returns the kinds that policies judge.
func Judged() []string { return slices.Clone(judged) }

// Options say how resources are described to people.
type Options struct {
	// OwnerTag is the tag that names the responsible team.
	OwnerTag string
	// Lineages say which images are bakes of the same thing.
	Lineages Lineages
	// Catalog is every fact, for naming what a gap would need.
	Catalog inventory.Catalog
	// Facts are those that somebody reads; nil means all. Others are not joined.
	Facts []inventory.FactRef
	// World is what the first pass saw of all units.
	World World
}

// Join hands out the resources of a part with own and linked facts, in the order of every report.
func Join(part inventory.Part, options Options) Unit {
	ix := newIndex(part, options.Catalog)
	ix.world, ix.linked = options.World, wantedFacts(options)
	unit := Unit{Unit: part.Unit, Coverage: part.Coverage}
	for _, r := range part.Resources {
		if slices.Contains(judged, r.Kind) && !ix.isJudgedElsewhere(r) {
			unit.Documents = append(unit.Documents, ix.document(r, options))
		}
	}
	slices.SortFunc(unit.Documents, func(a, b Document) int { return a.Resource.Compare(b.Resource) })
	return unit
}

// wantedFacts are the facts to be joined, by kind.
func wantedFacts(options Options) map[string][]linked {
	byKind := map[string][]linked{}
	for _, l := range linkedFacts() {
		if options.Facts == nil || slices.Contains(options.Facts, l.FactRef) {
			byKind[l.Kind] = append(byKind[l.Kind], l)
		}
	}
	return byKind
}

// document adds the linked facts and what people call the resource. The part itself is left as it was.
func (ix *index) document(r inventory.Resource, options Options) Document {
	facts := map[string]inventory.Fact{}
	for name, fact := range r.Facts {
		facts[name] = fact
	}
	ix.addAbsent(r.Kind, facts)
	for _, l := range ix.linked[r.Kind] {
		facts[l.Name] = l.build(ix, r)
	}
	r.Facts = facts
	d := ix.describe(r, options)
	ix.speakForOwner(&d)
	return d
}

// addAbsent says of a resource that others name and that a listing of its kind does not hold that it is not in there: an SSM
// parameter that a template names may be none of those that hold images.
func (ix *index) addAbsent(kind string, facts map[string]inventory.Fact) {
	for _, t := range ix.catalog {
		if _, there := facts[t.Name]; t.Kind == kind && t.ListedBy == t.FactRef && !there {
			facts[t.Name] = ix.absence(t.FactRef)
		}
	}
}

// ref names a fact of a kind.
func ref(kind, name string) inventory.FactRef { return inventory.FactRef{Kind: kind, Name: name} }

// listOf is the schema of a list of the values of a collected fact.
func listOf(fact inventory.FactRef) func(map[inventory.FactRef]Schema) Schema {
	return func(own map[inventory.FactRef]Schema) Schema {
		return Schema{"type": "array", "items": own[fact]}
	}
}
