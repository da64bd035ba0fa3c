package link

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

const keysMeaning = "The keys that the launches use: of the snapshots, named by the launch, and the EBS default"

// keySources are what must be collected to know the keys of launches, beside the launches themselves.
func keySources(facts ...inventory.FactRef) []inventory.FactRef {
	return append([]inventory.FactRef{
		imageFact, foreignFact, snapshotFact, foreignSnapshotFact, targetFact, defaultKeyFact,
	}, facts...)
}

// snapshotIDsOf are the snapshots behind the launches: of the images, and those that the launches map themselves.
func (ix *index) snapshotIDsOf(p *plan) []string {
	return distinct(p, func(l launch) []string {
		var view imageView
		if fact := ix.imageNamed(l.ImageID); fact.Status == inventory.Known {
			decode(fact, &view)
		}
		return append(snapshotsNamed(l), view.snapshotIDs()...)
	})
}

// snapshotNamed finds a snapshot among the own and the foreign ones. One that is nowhere belongs to somebody else's image:
// EC2 gives a launch access to it, and its reader none (not_visible).
func (ix *index) snapshotNamed(id string) inventory.Fact {
	own := ix.find(snapshotFact, id)
	if own.Status != inventory.NotFound {
		return own
	}
	if foreign, ok := ix.byID[inventory.ForeignSnapshot][id]; ok {
		return ix.withAction(foreignSnapshotFact, foreign.Fact("snapshot"))
	}
	return own
}

// addSnapshots leaves out what the account cannot see.
func (ix *index) addSnapshots(p *plan, into *list) {
	for _, id := range ix.snapshotIDsOf(p) {
		if fact := ix.snapshotOf(p, id); fact.Status != inventory.NotVisible {
			into.add("snapshot", fact)
		}
	}
	ix.needImages(p, into)
}

// needImages notes the images whose mappings are not known.
func (ix *index) needImages(p *plan, into *list) {
	for _, id := range distinct(p, imageOf) {
		if fact := ix.imageNamed(id); fact.Status != inventory.NotVisible {
			into.need("image", fact)
		}
	}
}

// keyARNs are the distinct keys of the launches. What can't be followed to a key becomes a gap; a name that leads to no key
// is not in the list, and neither is the key of a snapshot that the account cannot see.
func (ix *index) keyARNs(p *plan, into *list) []string {
	ix.needImages(p, into)
	var names []string
	for _, id := range ix.snapshotIDsOf(p) {
		var snapshot struct {
			KmsKeyID string `json:"KmsKeyId"`
		}
		fact := ix.read(snapshotFact, ix.snapshotOf(p, id), &snapshot)
		if fact.Status != inventory.NotVisible {
			into.need("snapshot", fact)
		}
		names = append(names, snapshot.KmsKeyID)
	}
	names = append(append(names, distinct(p, keysNamed)...), ix.defaultKey(into))
	return ix.resolveKeys(names, into)
}

// defaultKey is the key that EBS uses where nobody names one, as the account's settings name it.
func (ix *index) defaultKey(into *list) string {
	var standard struct {
		KmsKeyID string `json:"KmsKeyId"`
	}
	settings := ix.byID[inventory.Settings][ix.part.Account+"/"+ix.part.Region]
	into.need("ebs_default_kms_key", ix.read(defaultKeyFact, settings.Fact("ebs_default_kms_key"), &standard))
	return standard.KmsKeyID
}

func (ix *index) resolveKeys(names []string, into *list) []string {
	var arns []string
	for _, name := range names {
		arn := name
		if name != "" && !isKeyARN(name) {
			var target struct{ Arn string }
			into.need("target", ix.read(targetFact, ix.find(targetFact, name), &target))
			arn = target.Arn
		}
		if arn != "" && !slices.Contains(arns, arn) {
			arns = append(arns, arn)
		}
	}
	return arns
}

// isKeyARN tells a key's own ARN from an alias, an alias's ARN and a bare id.
func isKeyARN(name string) bool {
	return strings.HasPrefix(name, "arn:") && strings.Contains(name, ":key/")
}

// keysOfLaunches adds a fact of every key of the launches.
func keysOfLaunches(
	of inventory.FactRef, value func(arn string, fact inventory.Fact) inventory.Fact,
) func(*index, *plan, *list) {
	return func(ix *index, p *plan, into *list) {
		for _, arn := range ix.keyARNs(p, into) {
			into.add(of.Name, value(arn, ix.find(of, arn)))
		}
	}
}

func plainValue(_ string, fact inventory.Fact) inventory.Fact { return fact }

// besideKey puts the key's ARN beside what is known of it.
func besideKey(name string) func(string, inventory.Fact) inventory.Fact {
	return func(arn string, fact inventory.Fact) inventory.Fact {
		if fact.Status == inventory.Known {
			fact.Value, _ = json.Marshal(map[string]any{"Arn": arn, name: fact.Value})
		}
		return fact
	}
}

// besideARN is the schema of a list of what besideKey makes.
func besideARN(name string, of inventory.FactRef) func(map[inventory.FactRef]Schema) Schema {
	return func(own map[inventory.FactRef]Schema) Schema {
		return Schema{"type": "array", "items": Schema{
			"type": "object", "additionalProperties": false,
			"properties": Schema{"Arn": Schema{"type": "string"}, name: own[of]},
		}}
	}
}

func (ix *index) addKeyNames(p *plan, into *list) {
	for _, name := range append(distinct(p, keysNamed), ix.defaultKey(into)) {
		if name != "" && !isKeyARN(name) {
			into.add("target", ix.find(targetFact, name))
		}
	}
}
