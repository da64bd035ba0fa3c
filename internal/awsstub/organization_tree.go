package awsstub

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// accountTree is an organization: its accounts, and the roots and OUs in their paths. An OU without any account in or below
// it is in no path, so there is none.
type accountTree struct {
	partition, management, id string
	members                   map[string]*member
	// units are the roots and OUs by id.
	units map[string]*organizationUnit
	// accounts are the fields of all members by id, inUnit those that stand in one root or OU.
	accounts []map[string]any
	inUnit   map[string][]map[string]any
}

// organizationUnit is a root or an OU; a root has no parent.
type organizationUnit struct{ id, parent, path string }

// What ids look like that nothing in an inventory tells.
const (
	madeUpOrganization = "o-awsstub000"
	madeUpRoot         = "r-awsstub"
)

func newAccountTree(partition, management string) *accountTree {
	return &accountTree{partition: partition, management: management, members: map[string]*member{},
		units: map[string]*organizationUnit{}, inUnit: map[string][]map[string]any{}}
}

// add takes in an account, with the parents that its paths name.
func (t *accountTree) add(m *member) error {
	if t.members[m.id] != nil {
		return errors.New("it is there twice")
	}
	t.members[m.id] = m
	paths, _ := m.fields["Paths"].([]any)
	for _, path := range paths {
		text, _ := path.(string)
		organization, parents, err := readPath(text, m.id)
		if err != nil {
			return err
		}
		if t.id == "" {
			t.id = organization
		}
		if err := t.grow(organization, parents); err != nil {
			return err
		}
		m.parents = append(m.parents, parents[len(parents)-1])
	}
	return nil
}

// grow takes in a root and the OUs below it.
func (t *accountTree) grow(organization string, path []string) error {
	parent, below := "", organization+"/"
	for _, id := range path {
		below += id + "/"
		if there := t.units[id]; there != nil && there.path != below {
			return fmt.Errorf("account.Paths: %s stands in %s and in %s", id, there.path, below)
		}
		t.units[id] = &organizationUnit{id: id, parent: parent, path: below}
		parent = id
	}
	return nil
}

// finish places the accounts of which no path is known under the root.
func (t *accountTree) finish() {
	if t.id == "" {
		t.id = madeUpOrganization
	}
	if len(t.units) == 0 {
		t.units[madeUpRoot] = &organizationUnit{id: madeUpRoot, path: t.id + "/" + madeUpRoot + "/"}
	}
	for _, id := range sortedKeys(t.members) {
		m := t.members[id]
		if len(m.parents) == 0 {
			m.parents = []string{t.children("")[0].id}
		}
		t.accounts = append(t.accounts, m.fields)
		for _, parent := range m.parents {
			t.inUnit[parent] = append(t.inUnit[parent], m.fields)
		}
	}
}

// children returns the OUs in a root or OU by id; the roots stand in "".
func (t *accountTree) children(parent string) (units []*organizationUnit) {
	for _, id := range sortedKeys(t.units) {
		if t.units[id].parent == parent {
			units = append(units, t.units[id])
		}
	}
	return units
}

// arn names something of the organization, or with the id "" the organization itself.
func (t *accountTree) arn(kind, id string) string {
	names := slices.DeleteFunc([]string{kind, t.id, id}, func(name string) bool { return name == "" })
	return "arn:" + t.partition + ":organizations::" + t.management + ":" + strings.Join(names, "/")
}

// document describes the organization.
func (t *accountTree) document() document {
	// Strings always marshal.
	body, _ := json.Marshal(map[string]string{
		"Id": t.id, "Arn": t.arn("organization", ""), "FeatureSet": "ALL",
		"MasterAccountId": t.management, "MasterAccountArn": t.arn("account", t.management),
		"MasterAccountEmail": t.management + "@example.com",
	})
	return document{body: body}
}

// fields are those of a root or an OU in a listing. Names are made up: no path holds them.
func (u *organizationUnit) fields(t *accountTree) map[string]any {
	if u.parent == "" {
		return map[string]any{"Id": u.id, "Arn": t.arn("root", u.id), "Name": "Root", "PolicyTypes": []any{}}
	}
	return map[string]any{"Id": u.id, "Arn": t.arn("ou", u.id), "Name": "Unit " + u.id, "Path": u.path}
}
