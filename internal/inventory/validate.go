package inventory

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// identity tells resources of one part apart.
type identity struct {
	Unit
	kind, id string
}

// partCheck holds what one part has shown so far. Writer and reader share it: what can be written can be read.
type partCheck struct {
	resources map[identity]bool
	coverage  map[identity]bool
}

func newPartCheck() *partCheck {
	return &partCheck{resources: map[identity]bool{}, coverage: map[identity]bool{}}
}

// resource refuses a resource that has no identity, has come before, or has a fact that says nothing.
func (c *partCheck) resource(r Resource) error {
	if r.Kind == "" || r.ID == "" {
		return errors.New("resource without kind or id")
	}
	key := identity{r.Unit, r.Kind, r.ID}
	if c.resources[key] {
		return fmt.Errorf("%.80q %.80q of account %.80q stands twice in this part", r.Kind, r.ID, r.Account)
	}
	c.resources[key] = true
	for _, name := range slices.Sorted(maps.Keys(r.Facts)) {
		if err := checkFact(r.Facts[name]); err != nil {
			return fmt.Errorf("fact %.80q of %.80q %.80q: %w", name, r.Kind, r.ID, err)
		}
	}
	return nil
}

func checkFact(fact Fact) error {
	if !fact.Status.IsValid() {
		return fmt.Errorf("status %.80q is none", fact.Status)
	}
	if fact.Status == Known && isNull(fact.Value) {
		return errors.New("known, but without a value")
	}
	return nil
}

// isNull counts null as no value: the AWS CLI prints none, and a list that was forgotten must not pass for an empty
// one.
func isNull(value []byte) bool {
	trimmed := bytes.TrimSpace(value)
	return len(trimmed) == 0 || string(trimmed) == "null"
}

// covers refuses a coverage record that has no subject or status, or that has come before.
func (c *partCheck) covers(record Coverage) error {
	if record.Kind == "" || record.Fact == "" {
		return errors.New("coverage without kind or fact")
	}
	if !record.Status.IsValid() {
		return fmt.Errorf("coverage of %.80q.%.80q: status %.80q is none", record.Kind, record.Fact, record.Status)
	}
	key := identity{record.Unit, record.Kind, record.Fact}
	if c.coverage[key] {
		return fmt.Errorf("coverage of %.80q.%.80q stands twice in this part", record.Kind, record.Fact)
	}
	c.coverage[key] = true
	return nil
}

func checkUnit(u Unit) error {
	if u.Partition == "" || u.Account == "" || u.Region == "" {
		return fmt.Errorf("partition %.80q, account %.80q, region %.80q: none may be empty", u.Partition, u.Account, u.Region)
	}
	return nil
}
