package awsstub

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// member is one account of an organization, as its management account sees it.
type member struct {
	id string
	// fields are what listings tell of it, as they go over the wire.
	fields map[string]any
	// tags are those of ListTagsForResource, as they go over the wire.
	tags       []map[string]any
	tagsDenied bool
	// parents are the roots and OUs in which it stands.
	parents []string
}

// isActive reports whether the account can be used. What is told of neither state nor status is taken to be.
func (m *member) isActive() bool {
	state := cmp.Or(field(m.fields, "State"), field(m.fields, "Status"))
	return state == "" || state == "ACTIVE"
}

// addAccount keeps what an account's own part says of its regions, and the management account's part of all accounts.
func (c *catalog) addAccount(p inventory.Part, r inventory.Resource) error {
	if p.Region != inventory.Global {
		return errors.New("an account belongs to the region " + inventory.Global)
	}
	return errors.Join(c.addMember(p, r), c.addDoor(p, r))
}

func (c *catalog) addMember(p inventory.Part, r inventory.Resource) error {
	f, err := readFact(r, "account")
	if err != nil {
		return err
	}
	m := &member{id: r.ID}
	switch err := m.addTags(r); {
	case err != nil:
		return err
	case !f.known && (m.tags != nil || m.tagsDenied):
		return errors.New("tags: the account is not listed")
	case !f.known:
		return nil
	}
	if err := sameAs(f.value, "account", "Id", r.ID); err != nil {
		return err
	}
	wire, err := wireJSON(group(accountShape), "account", f.value)
	if err != nil {
		return err
	}
	m.fields, _ = wire.(map[string]any)
	m.complete()
	return c.treeOf(p, m).add(m)
}

func (m *member) addTags(r inventory.Resource) error {
	f, err := readFact(r, "tags")
	if err != nil || !f.known {
		m.tagsDenied = f.denied
		return err
	}
	wire, err := wireJSON(array(group(tagShape)), "tags", f.value)
	if err != nil {
		return err
	}
	m.tags = objects(wire)
	return nil
}

// objects returns the members of a list as the objects that they are.
func objects(list any) []map[string]any {
	members, _ := list.([]any)
	all := make([]map[string]any, 0, len(members))
	for _, m := range members {
		object, _ := m.(map[string]any)
		all = append(all, object)
	}
	return all
}

// complete adds what an inventory leaves out: the address, which is made up, and the older word for the state.
func (m *member) complete() {
	if m.fields["Email"] == nil {
		m.fields["Email"] = m.id + "@example.com"
	}
	if state := field(m.fields, "State"); state != "" && m.fields["Status"] == nil {
		m.fields["Status"] = statusOf(state)
	}
}

// statusOf returns the Status that goes with a State. The older word had three values (Organizations API Reference,
// Account), of which only SUSPENDED fits an account that was closed or never activated.
func statusOf(state string) string {
	if state == "PENDING_ACTIVATION" || state == "CLOSED" {
		return "SUSPENDED"
	}
	return state
}

// treeOf returns the organization of an account. Its ARN begins with the management account's:
// arn:PARTITION:organizations::MANAGEMENT:account/ORGANIZATION/ACCOUNT. Without one the part is the management account's.
func (c *catalog) treeOf(p inventory.Part, m *member) *accountTree {
	arn := field(m.fields, "Arn")
	management := cmp.Or(arnAccount(arn), p.Account)
	if c.trees[management] == nil {
		c.trees[management] = newAccountTree(cmp.Or(p.Partition, "aws"), management)
	}
	tree := c.trees[management]
	if names := strings.Split(arn, "/"); tree.id == "" && len(names) == 3 {
		tree.id = names[1]
	}
	return tree
}

// joinOrganizations tells every account which organization it is in. An organization of which no part holds the document
// is described by what the ARNs of its accounts say.
func (c *catalog) joinOrganizations() error {
	for _, management := range sortedKeys(c.trees) {
		tree := c.trees[management]
		tree.finish()
		for _, account := range append(sortedKeys(tree.members), management) {
			if other := c.treeOfMember[account]; other != nil && other != tree {
				return fmt.Errorf("serve organization of %s: account %s is in that of %s, too", management, account, other.management)
			}
			c.join(account, tree)
		}
	}
	return nil
}

func (c *catalog) join(account string, tree *accountTree) {
	c.treeOfMember[account] = tree
	c.partitions[account] = cmp.Or(c.partitions[account], tree.partition)
	if !c.organizations[account].isThere() {
		c.organizations[account] = tree.document()
	}
	c.organizationARNs[account] = cmp.Or(c.organizationARNs[account], tree.arn("organization", ""))
}

// isOrganizational reports whether a path's segment is an id of the given kind: o-, r- or ou-.
func isOrganizational(segment, prefix string) bool {
	return strings.HasPrefix(segment, prefix) && len(segment) > len(prefix)
}

// readPath splits o-ID/r-ID/ou-ID/.../ACCOUNT/ into the organization and the parents of an account, the root first. The
// account's own id may be left out at the end.
func readPath(path, account string) (organization string, parents []string, err error) {
	names := strings.Split(strings.TrimSuffix(path, "/"), "/")
	if names[len(names)-1] == account {
		names = names[:len(names)-1]
	}
	if len(names) < 2 || !isOrganizational(names[0], "o-") || !isOrganizational(names[1], "r-") ||
		slices.ContainsFunc(names[2:], func(name string) bool { return !isOrganizational(name, "ou-") }) {
		return "", nil, fmt.Errorf("account.Paths: %q is no path of account %s", path, account)
	}
	return names[0], names[1:], nil
}
