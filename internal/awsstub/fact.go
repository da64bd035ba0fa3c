package awsstub

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

// fact is one fact of a resource, decoded: known, denied, or neither where there is nothing.
type fact struct {
	value  any
	known  bool
	denied bool
}

// servedFacts are the facts that some call reads, by kind.
func servedFacts(kind string) []string {
	return slices.Concat(factsOfTheirOwn(kind), rosterFacts(kind), documentFactNames(kind))
}

// factsOfTheirOwn are those that stand in no table of facts.
func factsOfTheirOwn(kind string) []string {
	switch kind {
	case inventory.AMI, inventory.ForeignImage:
		return []string{"image", "launch_permissions"}
	case inventory.Snapshot:
		return []string{"snapshot", "snapshot_permissions", "snapshot_public"}
	case inventory.KMSKey:
		return []string{"key", "key_policy", "key_rotation", "grants", "service_role_grants"}
	case inventory.KMSAlias:
		return []string{"target"}
	case inventory.LaunchTemplate:
		return []string{"template_versions", "pinned_versions"}
	case inventory.SSMParameter:
		return []string{"parameter", "image_parameter"}
	case inventory.Settings:
		return append(settingFacts(), "organization")
	case inventory.ForeignSnapshot:
		return []string{"snapshot"}
	case inventory.InstanceProfile:
		return []string{"instance_profile"}
	case inventory.Account:
		return []string{"account", "regions", "tags"}
	}
	return nil
}

// isListed reports whether a fact comes from a listing, which is denied as a whole or not at all.
func isListed(name string) bool {
	return slices.Contains([]string{"account", "image", "snapshot", "template_versions"}, name)
}

// checkFacts refuses facts that no call reads: their values would be lost in silence.
func checkFacts(r inventory.Resource) error {
	served := servedFacts(r.Kind)
	if served == nil {
		return fmt.Errorf("kind %q is not served", r.Kind)
	}
	for _, name := range sortedKeys(r.Facts) {
		if !slices.Contains(served, name) {
			return fmt.Errorf("fact %q is not served", name)
		}
	}
	return nil
}

// readFact decodes a fact. A listing shows what is not there and what is not visible alike: not at all. A status that a
// server could not bring about for one resource is refused: that is what Deny and Fail are for.
func readFact(r inventory.Resource, name string) (fact, error) {
	f, there := r.Facts[name]
	switch {
	case !there || f.Status == inventory.NotFound || f.Status == inventory.NotVisible && isListed(name):
		return fact{}, nil
	case f.Status == inventory.Known:
		value, err := decode(f.Value)
		if err != nil {
			return fact{}, fmt.Errorf("%s: %w", name, err)
		}
		return fact{value: value, known: true}, nil
	case f.Status == inventory.Denied && !isListed(name):
		return fact{denied: true}, nil
	}
	return fact{}, fmt.Errorf("%s: the status %q cannot be served, use Deny or Fail", name, f.Status)
}

// decode reads one JSON value and keeps its numbers as they are written.
func decode(raw json.RawMessage) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, fmt.Errorf("decode value: %w", err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, errors.New("decode value: more than one JSON value")
	}
	return value, nil
}

// field returns a string field of a decoded object, or "".
func field(value any, name string) string {
	object, _ := value.(map[string]any)
	s, _ := object[name].(string)
	return s
}

// isSet reports whether a boolean field of a decoded object is true.
func isSet(value any, name string) bool {
	object, _ := value.(map[string]any)
	b, _ := object[name].(bool)
	return b
}

// sameAs refuses a field that contradicts what the resource says of itself.
func sameAs(value any, path, name, want string) error {
	if got := field(value, name); got != "" && got != want {
		return fmt.Errorf("%s.%s: %q contradicts the resource's %q", path, name, got, want)
	}
	return nil
}
