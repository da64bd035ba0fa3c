package finding

import (
	"cmp"
	"slices"
)

// ChangeKind says what became of a failing finding between two reports.
type ChangeKind string

// The kinds of change, in the order in which they are told.
const (
	New ChangeKind = "new"
	// Changed: it fails still, with another severity, message or suppression.
	Changed ChangeKind = "changed"
	// Fixed: the later report looked, and it does not fail any more.
	Fixed ChangeKind = "fixed"
	// NoLongerObserved: it is not in the later report, which did not look or could not tell.
	NoLongerObserved ChangeKind = "no_longer_observed"
)

// ChangeKinds returns the kinds of change in the order in which they are told.
func ChangeKinds() []ChangeKind { return []ChangeKind{New, Changed, Fixed, NoLongerObserved} }

// Change is what became of one finding.
type Change struct {
	Kind ChangeKind `json:"kind"`
	// Why says what changed, or why nothing can be said; empty where the kind says it all.
	Why string `json:"why,omitempty"`
	// Before and After are the finding in either report; nil where it is not there.
	Before *Finding `json:"before,omitempty"`
	After  *Finding `json:"after,omitempty"`
}

// Latest is the finding as it was seen last.
func (c Change) Latest() Finding {
	if c.After != nil {
		return *c.After
	}
	return *c.Before
}

// CompareChanges orders changes by kind, then as every report orders findings.
func CompareChanges(a, b Change) int {
	order := ChangeKinds()
	return cmp.Or(slices.Index(order, a.Kind)-slices.Index(order, b.Kind), Compare(a.Latest(), b.Latest()))
}
