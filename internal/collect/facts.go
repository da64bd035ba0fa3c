package collect

import (
	"context"
	"reflect"

	"github.com/amiscan/amiscan/internal/inventory"
)

// collector reads one fact of one unit.
type collector struct {
	inventory.FactType
	// value is the Go type that the fact's value has the shape of; the schemas are generated from it.
	value reflect.Type
	// narrowedFrom is what the fact is made of beside From when single images are asked for.
	narrowedFrom []inventory.FactRef
	// collect puts facts into the unit. It returns an error only when the run was cancelled: whatever AWS refuses becomes
	// a status.
	collect func(ctx context.Context, u *unit) error
}

// collectors is every fact that can be collected, what a fact is made of before the fact itself.
func collectors() []collector {
	return []collector{
		images(), launchPermissions(), snapshots(), snapshotPublic(), snapshotPermissions(), keys(),
		templateVersions(), parameters(), foreignImages(), organization(),
	}
}

// Catalog describes every fact that can be collected.
func Catalog() inventory.Catalog {
	var catalog inventory.Catalog
	for _, c := range collectors() {
		catalog = append(catalog, c.FactType)
	}
	return catalog
}

// ref names a fact of a kind.
func ref(kind, name string) inventory.FactRef { return inventory.FactRef{Kind: kind, Name: name} }
