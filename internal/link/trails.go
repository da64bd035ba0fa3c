package link

import (
	"encoding/json"

	"github.com/amiscan/amiscan/internal/inventory"
)

// unitTrails joins a fact of every trail that covers the unit's region, beside the trail's ARN.
func unitTrails() []linked {
	return []linked{
		trailsFact("trails", "trail", "Trail", "The trails that cover the region, wherever they were made."),
		trailsFact("trail_statuses", "trail_status", "Status", "Whether each trail that covers the region records in it."),
		trailsFact("trail_event_selectors", "trail_event_selectors", "Selectors",
			"Which events each trail that covers the region records."),
	}
}

func trailsFact(name, fact, field, meaning string) linked {
	listing, of := ref(inventory.Trail, "trail"), ref(inventory.Trail, fact)
	return linked{
		FactType: inventory.FactType{
			FactRef: ref(inventory.Settings, name), Linked: true, Scope: inventory.UnitScope,
			From: []inventory.FactRef{listing, of}, Meaning: meaning,
		},
		schema: func(own map[inventory.FactRef]Schema) Schema {
			return Schema{"type": "array", "items": Schema{
				"type": "object", "additionalProperties": false,
				"properties": Schema{"TrailARN": Schema{"type": "string"}, field: own[of]},
			}}
		},
		build: func(ix *index, r inventory.Resource) inventory.Fact {
			l := &list{unit: r.Unit}
			l.need(listing.Name, ix.absence(listing))
			for _, trail := range ix.part.Resources {
				if trail.Kind == inventory.Trail {
					l.add(of.Name, besideTrail(trail.ID, field, ix.withAction(of, trail.Fact(fact))))
				}
			}
			return l.fact()
		},
	}
}

func besideTrail(arn, field string, fact inventory.Fact) inventory.Fact {
	if fact.Status == inventory.Known {
		fact.Value, _ = json.Marshal(map[string]any{"TrailARN": arn, field: fact.Value})
	}
	return fact
}
