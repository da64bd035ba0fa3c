package inventory

import "slices"

// Scope says how much of the world must be seen before a fact can be known.
type Scope string

// The scopes, narrowest first.
const (
	ResourceScope     Scope = "resource"
	UnitScope         Scope = "unit"
	OrganizationScope Scope = "organization"
)

// Wider returns the wider of two scopes.
func Wider(a, b Scope) Scope {
	order := []Scope{ResourceScope, UnitScope, OrganizationScope}
	if slices.Index(order, a) >= slices.Index(order, b) {
		return a
	}
	return b
}

// FactRef names a fact of a kind of resource.
type FactRef struct {
	Kind string
	Name string
}

// String returns "kind.name".
func (r FactRef) String() string { return r.Kind + "." + r.Name }

// FactType describes a fact: what it is called, what it costs and what it is made of.
type FactType struct {
	FactRef
	// Meaning is one sentence for people, with the call that answers it.
	Meaning string
	Scope   Scope
	// Action is the IAM action that reads it; empty for a linked fact.
	Action string
	// Calls says how many calls of the action it takes.
	Calls Calls
	// Besides are further actions that the fact takes.
	Besides []Call
	// ListedBy is the fact whose collection finds the resources of this kind: itself, or the one that names them.
	ListedBy FactRef
	// From are the facts that this one is made of or that must be collected before it.
	From []FactRef
	// ByName marks a fact of resources that are looked up by the names which others give them: one that is not there was
	// never asked for, whatever a listing of its kind says.
	ByName bool
	// Linked marks a fact that is joined from others and never collected itself.
	Linked bool
}

// Catalog is every fact that this amiscan knows.
type Catalog []FactType

// Lookup returns the description of a fact.
func (c Catalog) Lookup(ref FactRef) (FactType, bool) {
	i := slices.IndexFunc(c, func(t FactType) bool { return t.FactRef == ref })
	if i < 0 {
		return FactType{}, false
	}
	return c[i], true
}

// Names returns the names of the facts that a kind of resource has, sorted; for a class of kinds, those that all of them
// have.
func (c Catalog) Names(class string) []string {
	kinds := KindsOf(class)
	having := map[string]int{}
	for _, t := range c {
		if slices.Contains(kinds, t.Kind) {
			having[t.Name]++
		}
	}
	var names []string
	for name, n := range having {
		if n == len(kinds) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Has reports whether a kind, or every kind of a class, has the named fact.
func (c Catalog) Has(class, name string) bool {
	return !slices.ContainsFunc(KindsOf(class), func(kind string) bool {
		_, ok := c.Lookup(FactRef{Kind: kind, Name: name})
		return !ok
	})
}

// Listing returns the fact whose collection finds the resources of a kind.
func (c Catalog) Listing(kind string) (FactType, bool) {
	i := slices.IndexFunc(c, func(t FactType) bool { return t.Kind == kind && t.ListedBy != FactRef{} })
	if i < 0 {
		return FactType{}, false
	}
	return c.Lookup(c[i].ListedBy)
}

// Closure returns every fact that must be collected so that the given ones can be known: the facts that they are made
// of and the listings of their kinds, all the way down; linked facts themselves are left out.
func (c Catalog) Closure(refs []FactRef) []FactRef {
	seen := map[FactRef]bool{}
	for _, ref := range refs {
		c.close(ref, seen)
	}
	var all []FactRef
	for _, t := range c {
		if seen[t.FactRef] && !t.Linked {
			all = append(all, t.FactRef)
		}
	}
	return all
}

func (c Catalog) close(ref FactRef, seen map[FactRef]bool) {
	t, ok := c.Lookup(ref)
	if !ok || seen[ref] {
		return
	}
	seen[ref] = true
	if listing, ok := c.Listing(t.Kind); ok && !t.ByName {
		c.close(listing.FactRef, seen)
	}
	for _, from := range t.From {
		c.close(from, seen)
	}
}

// AllActions returns every IAM action that some fact is read by, sorted.
func (c Catalog) AllActions() []string {
	var actions []string
	for _, t := range c {
		for _, further := range t.Besides {
			actions = append(actions, further.Action)
		}
		if t.Action != "" {
			actions = append(actions, t.Action)
		}
	}
	slices.Sort(actions)
	return slices.Compact(actions)
}

// Actions returns the IAM actions that close the gap in a fact: its own, or those of what a linked fact is made of.
func (c Catalog) Actions(ref FactRef) []string {
	if t, ok := c.Lookup(ref); ok && !t.Linked {
		return []string{t.Action}
	}
	var actions []string
	for _, r := range c.Closure([]FactRef{ref}) {
		if t, ok := c.Lookup(r); ok && t.Action != "" && !slices.Contains(actions, t.Action) {
			actions = append(actions, t.Action)
		}
	}
	return actions
}
