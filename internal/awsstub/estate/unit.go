package estate

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"

	"github.com/amiscan/amiscan/internal/inventory"
)

// builder makes one part.
type builder struct {
	*Estate
	// account and region are indexes.
	account, region int
	part            *inventory.Part
	dice            *rand.Rand
	failed          error
}

// facts are the values of known facts by their names.
type facts map[string]any

// add adds a resource of the unit.
func (b *builder) add(kind, id string, known facts) { b.addOf(b.part.Unit, kind, id, known) }

// addOf adds a resource that the unit sees of an owner, who may be another account.
func (b *builder) addOf(owner inventory.Unit, kind, id string, known facts) {
	r := inventory.NewResource(kind, owner, id)
	for name, value := range known {
		text, err := json.Marshal(value)
		if err != nil {
			b.failed = fmt.Errorf("make %s of %s %q: %w", name, kind, id, err)
		}
		r.Facts[name] = inventory.Fact{Status: inventory.Known, Value: text}
	}
	b.part.Resources = append(b.part.Resources, r)
}

// addUnit adds what the account has in the region.
func (b *builder) addUnit() {
	b.addSettings()
	switch b.account {
	case imageFactory:
		b.addGoldenImages()
	case keyring:
		b.addCentralKeys()
	default:
		if n := b.images(b.account, b.region); n > 0 {
			b.addWorkload(n)
		}
	}
}

// images returns how many own images an ordinary account has in a region. Most have none anywhere; the others have their
// images in a few regions, and one in 250 has very many in one.
func (e *Estate) images(account, region int) int {
	if account < ordinary {
		return 0
	}
	home := e.draw(len(e.regions), "home", account)
	draw := e.draw(1000, "class", account)
	isHome := region == home
	switch {
	case draw < 4 && isHome:
		return e.size.LargeImages
	case draw < 50 && e.draw(4, "spread", account, region) == 0, draw < 400 && isHome:
		return 1 + e.draw(20, "images", account, region)
	}
	return 0
}

// isActiveAnywhere reports whether the account has images in any region.
func (b *builder) isActiveAnywhere() bool {
	for region := range b.regions {
		if b.images(b.account, region) > 0 {
			return true
		}
	}
	return false
}

// addSettings adds what the account has changed of AWS's defaults. Accounts are set up alike in all regions.
func (b *builder) addSettings() {
	changed := facts{}
	if b.draw(3, "encryption", b.account) == 0 {
		changed["ebs_encryption_by_default"] = doc{"EbsEncryptionByDefault": true, "SseType": "sse-ebs"}
	}
	if b.draw(3, "metadata", b.account) == 0 {
		changed["instance_metadata_defaults"] = doc{"HttpTokens": "required", "HttpPutResponseHopLimit": 2}
	}
	if b.draw(2, "public access", b.account) == 0 {
		changed["image_block_public_access"] = doc{"ImageBlockPublicAccessState": "block-new-sharing", "ManagedBy": "account"}
	}
	b.add(inventory.Settings, b.part.Account+"/"+b.part.Region, changed)
}

// chance reports whether something happens that happens so often in a hundred times.
func (b *builder) chance(percent int) bool { return b.dice.IntN(100) < percent }

// pick returns one of several.
func pick[T any](dice *rand.Rand, all ...T) T { return all[dice.IntN(len(all))] }
