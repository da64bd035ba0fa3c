// Package schema generates the JSON Schemas of what policies see: one a kind of resource, made from the types of the
// collected facts and from the linked facts. All objects are closed, so that `opa check` and amiscan alike refuse a
// misspelt field. It is a tool of the build: the schemas are embedded with the policies.
package schema

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/amiscan/amiscan/internal/collect"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
)

// Catalog is every fact that amiscan knows, collected and linked.
func Catalog() inventory.Catalog { return append(collect.Catalog(), link.Catalog()...) }

// Documents returns the schema of input for each kind that policies judge, and for the classes of such kinds, as one line of
// JSON each: they are embedded, and nobody reads them by eye.
func Documents() (map[string][]byte, error) {
	own := collect.Schemas()
	facts := maps.Clone(own)
	maps.Copy(facts, link.Schemas(own))
	documents := map[string][]byte{}
	kinds := byKind(facts)
	maps.DeleteFunc(kinds, func(kind string, _ collect.Schema) bool { return !slices.Contains(link.Judged(), kind) })
	kinds[inventory.Launcher] = shared(kinds, inventory.KindsOf(inventory.Launcher))
	for kind, properties := range kinds {
		text, err := json.Marshal(document(kind, properties))
		if err != nil {
			return nil, fmt.Errorf("encode schema of %s: %w", kind, err)
		}
		documents[kind] = append(text, '\n')
	}
	return documents, nil
}

func byKind(facts map[inventory.FactRef]collect.Schema) map[string]collect.Schema {
	kinds := map[string]collect.Schema{}
	for fact, schema := range facts {
		if kinds[fact.Kind] == nil {
			kinds[fact.Kind] = collect.Schema{}
		}
		kinds[fact.Kind][fact.Name] = schema
	}
	return kinds
}

// shared are the facts that all of the kinds have, which then mean the same in each.
func shared(kinds map[string]collect.Schema, of []string) collect.Schema {
	facts := maps.Clone(kinds[of[0]])
	for _, kind := range of[1:] {
		maps.DeleteFunc(facts, func(name string, _ any) bool {
			_, ok := kinds[kind][name]
			return !ok
		})
	}
	return facts
}

// document is the schema of input: the identity of the resource, the status of every fact, and the facts.
func document(kind string, facts collect.Schema) collect.Schema {
	text := collect.Schema{"type": "string"}
	statuses := collect.Schema{}
	properties := collect.Schema{}
	for _, name := range slices.Sorted(maps.Keys(facts)) {
		statuses[name] = text
		properties[name] = facts[name]
	}
	for _, name := range []string{"kind", "id", "arn", "partition", "account", "unit_account", "region", "now"} {
		properties[name] = text
	}
	properties["status"] = closed(statuses)
	schema := closed(properties)
	schema["$schema"] = "http://json-schema.org/draft-07/schema#"
	schema["title"] = "what a policy sees of one " + kind
	return schema
}

func closed(properties collect.Schema) collect.Schema {
	return collect.Schema{"type": "object", "properties": properties, "additionalProperties": false}
}
