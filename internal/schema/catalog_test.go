package schema_test

import (
	"testing"

	"github.com/amiscan/amiscan/internal/collect"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
	"github.com/amiscan/amiscan/internal/schema"
)

// Every fact has a name of its own, an action or sources, a sentence for people, and a schema.
func TestCatalogIsWhole(t *testing.T) {
	t.Parallel()
	own := collect.Schemas()
	linked := link.Schemas(own)
	seen := map[inventory.FactRef]bool{}
	for _, fact := range schema.Catalog() {
		if seen[fact.FactRef] {
			t.Errorf("%s is there twice", fact.FactRef)
		}
		seen[fact.FactRef] = true
		if own[fact.FactRef] == nil && linked[fact.FactRef] == nil {
			t.Errorf("%s has no schema", fact.FactRef)
		}
		if fact.Meaning == "" || fact.Scope == "" || (fact.Action == "") != fact.Linked {
			t.Errorf("%s is described by halves: %+v", fact.FactRef, fact)
		}
		for _, from := range fact.From {
			if _, ok := schema.Catalog().Lookup(from); !ok {
				t.Errorf("%s is made of %s, which is no fact", fact.FactRef, from)
			}
		}
	}
}
