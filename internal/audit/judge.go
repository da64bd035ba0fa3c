package audit

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/eval"
	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
	"github.com/amiscan/amiscan/internal/report"
)

// Selection says which policies judge, and by which values.
type Selection struct {
	// Sources are all trees of policies, the embedded one among them.
	Sources []eval.Source
	// Catalog is every fact, collected and linked.
	Catalog inventory.Catalog
	// Schemas are the JSON Schemas of what policies see, by kind.
	Schemas eval.Schemas
	// Select and Skip are terms as finding.Select takes them.
	Select []string
	Skip   []string
	// Params are values by name.
	Params map[string]any
	// Severities are severities by policy, in place of the policies' own.
	Severities map[string]finding.Severity
}

// Judge is a set of compiled policies and the choice among them.
type Judge struct {
	engine     *eval.Engine
	catalog    inventory.Catalog
	selected   []finding.Policy
	outOfScope []report.OutOfScope
	named      []string
}

// NewJudge loads all policies and chooses. Every error means that nothing can be judged.
func NewJudge(ctx context.Context, s Selection) (*Judge, error) {
	engine, err := eval.Load(ctx, s.Sources, eval.Options{
		Catalog: s.Catalog, Schemas: s.Schemas, Params: s.Params, Severities: s.Severities,
	})
	if err != nil {
		return nil, err
	}
	selected, err := finding.Select(engine.Policies(), s.Select, s.Skip)
	if err != nil {
		return nil, fmt.Errorf("select policies: %w", err)
	}
	if len(selected) == 0 {
		return nil, fmt.Errorf("select policies: --skip leaves none to judge")
	}
	return &Judge{engine: engine, catalog: s.Catalog, selected: selected, named: s.Select}, nil
}

// Engine returns the compiled policies, selected or not.
func (j *Judge) Engine() *eval.Engine { return j.engine }

// Warm prepares for gaps beside what the caller waits for.
func (j *Judge) Warm(ctx context.Context) { j.engine.Warm(ctx) }

// Selected returns the policies that judge, sorted by ID.
func (j *Judge) Selected() []finding.Policy { return j.selected }

// narrowKinds are the kinds of which single images bring resources along; everything else is evidence then.
var narrowKinds = []string{inventory.AMI, inventory.Snapshot, inventory.KMSKey}

// NarrowToImages puts aside the policies that single images don't suffice for, unless they were selected by name.
func (j *Judge) NarrowToImages() {
	j.narrow(func(p finding.Policy) string {
		scope := j.scopeOf(p)
		if scope == inventory.ResourceScope && slices.Contains(narrowKinds, p.Resource) {
			return ""
		}
		return fmt.Sprintf("needs the whole %s, not single images", inventory.Wider(scope, inventory.UnitScope))
	})
}

// NarrowToAccounts puts aside the policies that need to know which accounts the organization has, unless they were selected
// by name: where nobody listed them, every verdict would be unknown.
func (j *Judge) NarrowToAccounts() {
	listed := inventory.FactRef{Kind: inventory.Account, Name: "account"}
	j.narrow(func(p finding.Policy) string {
		if !slices.Contains(j.catalog.Closure(readsOf(p)), listed) {
			return ""
		}
		return "needs the accounts of the organization (--org)"
	})
}

// narrow keeps the policies that nothing speaks against, and those that were selected by name.
func (j *Judge) narrow(why func(finding.Policy) string) {
	var kept []finding.Policy
	for _, p := range j.selected {
		reason := why(p)
		if reason == "" || finding.NamedBy(p, j.named) {
			kept = append(kept, p)
			continue
		}
		j.outOfScope = append(j.outOfScope, report.OutOfScope{Policy: p.ID, Why: reason})
	}
	j.selected = kept
	slices.SortFunc(j.outOfScope, func(a, b report.OutOfScope) int { return strings.Compare(a.Policy, b.Policy) })
}

// scopeOf is the widest scope among the facts that a policy reads.
func (j *Judge) scopeOf(p finding.Policy) inventory.Scope {
	scope := inventory.ResourceScope
	for _, ref := range readsOf(p) {
		if t, ok := j.catalog.Lookup(ref); ok {
			scope = inventory.Wider(scope, t.Scope)
		}
	}
	return scope
}

// Facts returns what must be collected for the selected policies: what they read, what that is made of, and the listings
// of the kinds that they judge.
func (j *Judge) Facts() []inventory.FactRef {
	var refs []inventory.FactRef
	for _, p := range j.selected {
		refs = append(refs, readsOf(p)...)
		for _, kind := range inventory.KindsOf(p.Resource) {
			if listing, ok := j.catalog.Listing(kind); ok {
				refs = append(refs, listing.FactRef)
			}
		}
	}
	return j.catalog.Closure(refs)
}

func readsOf(p finding.Policy) []inventory.FactRef {
	var refs []inventory.FactRef
	for _, kind := range inventory.KindsOf(p.Resource) {
		for _, name := range p.Reads {
			refs = append(refs, inventory.FactRef{Kind: kind, Name: name})
		}
	}
	return refs
}

func (j *Judge) ids() []string {
	ids := make([]string, len(j.selected))
	for i, p := range j.selected {
		ids[i] = p.ID
	}
	return ids
}

// kinds are the kinds of resource that the selected policies judge, sorted.
func (j *Judge) kinds() []string {
	var kinds []string
	for _, p := range j.selected {
		kinds = append(kinds, inventory.KindsOf(p.Resource)...)
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

// reads are the facts that the selected policies read.
func (j *Judge) reads() []inventory.FactRef {
	refs := []inventory.FactRef{}
	for _, p := range j.selected {
		refs = append(refs, readsOf(p)...)
	}
	return refs
}

// linkOptions describes resources to people.
func (j *Judge) linkOptions(people People, world link.World) link.Options {
	return link.Options{
		OwnerTag: people.OwnerTag, Lineages: people.Lineages, Catalog: j.catalog, Facts: j.reads(), World: world,
	}
}
