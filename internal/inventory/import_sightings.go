package inventory

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// sightingKey says what was seen: a fact of a resource, or one item of a fact that is a list of them.
type sightingKey struct {
	kind, id, fact string
	item           int64
}

// sighting is one thing that saved output says.
type sighting struct {
	key     sightingKey
	file    string
	status  Status
	value   json.RawMessage
	derived bool
	// action and code explain an answer that is no value.
	action, code string
	// listed marks an item of a list.
	listed bool
	// rank settles which of two sightings counts: the higher one.
	rank int64
	// own is what the output says of the resource's own unit, hint what it lets us conclude; empty fields say nothing.
	own, hint Unit
	// arn is the resource's ARN, where the output prints one.
	arn string
}

// sightings is all that the files say, without regard to their order.
type sightings struct {
	byKey map[sightingKey]sighting
	// empty are the listings that a file holds and that list nothing.
	empty map[FactRef]bool
}

func newSightings() *sightings {
	return &sightings{byKey: map[sightingKey]sighting{}, empty: map[FactRef]bool{}}
}

// add keeps a sighting. Two files may say the same twice; where they differ nobody can tell which is newer, and judging
// one of them could be a false all-clear.
func (s *sightings) add(seen sighting) error {
	old, ok := s.byKey[seen.key]
	if !ok || seen.rank > old.rank {
		s.byKey[seen.key] = seen
		return nil
	}
	if seen.rank < old.rank || seen.status == old.status && bytes.Equal(seen.value, old.value) {
		return nil
	}
	return fmt.Errorf("%s of %s %.80q differs from what %s says: remove the older of the two",
		seen.key.fact, seen.key.kind, seen.key.id, old.file)
}
