package collect_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/amiscan/amiscan/internal/collect"
	"github.com/amiscan/amiscan/internal/inventory"
)

// uncovered says what of a disturbed part differs from the undisturbed one without a status that says so.
func uncovered(undisturbed, disturbed inventory.Part) (wrong []string) {
	c := comparison{undisturbed, disturbed}
	for _, before := range undisturbed.Resources {
		now, there := find(disturbed, before)
		if !there {
			if !c.isUnlisted(before.Kind) {
				wrong = append(wrong, fmt.Sprintf("%s %s is missing, and its listing is whole", before.Kind, before.ID))
			}
			continue
		}
		wrong = append(wrong, c.facts(before, now)...)
	}
	for _, now := range disturbed.Resources {
		if _, there := find(undisturbed, now); !there && !isUnseen(now) && !c.isOwnTakenForForeign(now) {
			wrong = append(wrong, fmt.Sprintf("%s %s of %q is there, and was not undisturbed", now.Kind, now.ID, now.Account))
		}
	}
	return append(wrong, c.uncounted()...)
}

// comparison is one of the same unit.
type comparison struct{ undisturbed, disturbed inventory.Part }

// facts compares what is known of one resource.
func (c comparison) facts(before, now inventory.Resource) (wrong []string) {
	for name, was := range before.Facts {
		if is := now.Fact(name); is.Status.IsAnswer() && !sameFact(was, is) && !c.isOpen(now.Kind, name) {
			wrong = append(wrong, fmt.Sprintf("%s of %s %s is %s %s, undisturbed %s %s",
				name, now.Kind, now.ID, is.Status, is.Value, was.Status, was.Value))
		}
	}
	for name, is := range now.Facts {
		if _, was := before.Facts[name]; !was && is.Status.IsAnswer() {
			wrong = append(wrong, fmt.Sprintf("%s of %s %s is %s, undisturbed nothing", name, now.Kind, now.ID, is.Status))
		}
	}
	return wrong
}

func sameFact(a, b inventory.Fact) bool { return a.Status == b.Status && bytes.Equal(a.Value, b.Value) }

// isUnlisted reports whether the part says of a kind that some of it may be missing: that of its listing, or of the fact for
// which its resources are looked up by their names.
func (c comparison) isUnlisted(kind string) bool {
	listing, ok := collect.Catalog().Listing(kind)
	return ok && c.isOpen(listing.Kind, listing.Name) || c.isUnnamed(kind)
}

// isUnnamed reports whether resources of a kind that others name may be missing. What has no listing is found by its name.
func (c comparison) isUnnamed(kind string) bool {
	_, listed := collect.Catalog().Listing(kind)
	return slices.ContainsFunc(collect.Catalog(), func(t inventory.FactType) bool {
		return t.Kind == kind && (t.ByName || !listed) && c.isOpen(kind, t.Name)
	})
}

// isOpen reports whether the part says of a fact that it is not whole.
func (c comparison) isOpen(kind, fact string) bool {
	return !c.disturbed.CoverageOf(kind, fact).Status.IsAnswer()
}

// isOwnTakenForForeign reports whether this is an image of one's own that a launch names and that a broken listing lacks: who is
// asked for it in particular finds it, and what is said of it is true.
func (c comparison) isOwnTakenForForeign(r inventory.Resource) bool {
	of := map[string]string{inventory.ForeignImage: inventory.AMI, inventory.ForeignSnapshot: inventory.Snapshot}[r.Kind]
	fact := map[string]string{inventory.ForeignImage: "image", inventory.ForeignSnapshot: "snapshot"}[r.Kind]
	own, there := find(c.undisturbed, inventory.Resource{Kind: of, ID: r.ID})
	return there && c.isUnlisted(of) && sameFact(own.Fact(fact), r.Fact(fact))
}

// uncounted are the facts that some resource lacks and of which the coverage does not say so, or says nothing at all.
func (c comparison) uncounted() (wrong []string) {
	for _, before := range c.undisturbed.Coverage {
		now := c.disturbed.CoverageOf(before.Kind, before.Fact)
		missing := 0
		for _, r := range c.disturbed.Resources {
			if r.Kind == before.Kind && !r.Fact(before.Fact).Status.IsAnswer() {
				missing++
			}
		}
		if now.Missing != missing {
			wrong = append(wrong, fmt.Sprintf("%s.%s: %d are missing, the coverage says %d", before.Kind, before.Fact, missing, now.Missing))
		}
		if now.Status.IsAnswer() && now.Missing <= before.Missing && now.Items < before.Items {
			wrong = append(wrong, fmt.Sprintf("%s.%s: %d are known, undisturbed %d, and the coverage says %s",
				before.Kind, before.Fact, now.Items, before.Items, now.Status))
		}
	}
	return wrong
}

// isUnseen reports whether nothing is known of a resource but that somebody named it.
func isUnseen(r inventory.Resource) bool {
	for _, f := range r.Facts {
		if f.Status.IsAnswer() {
			return false
		}
	}
	return true
}

// find finds a resource by its kind and id: whose it is may not be known.
func find(part inventory.Part, wanted inventory.Resource) (inventory.Resource, bool) {
	i := slices.IndexFunc(part.Resources, func(r inventory.Resource) bool { return r.Kind == wanted.Kind && r.ID == wanted.ID })
	if i < 0 {
		return inventory.Resource{}, false
	}
	return part.Resources[i], true
}

func sameParts(a, b []inventory.Part) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
