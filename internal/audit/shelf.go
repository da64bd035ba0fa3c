package audit

import (
	"context"

	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/store"
)

// kept is a store for the time of one run.
type kept struct {
	ctx   context.Context
	store store.Store
}

// Has reports whether a unit is there.
func (k kept) Has(u inventory.Unit) (bool, error) { return k.store.Has(k.ctx, u) }

// Part returns the part of a unit that is there.
func (k kept) Part(u inventory.Unit) (inventory.Part, error) { return k.store.Part(k.ctx, u) }

// Put puts a part once.
func (k kept) Put(p inventory.Part) error { return k.store.Put(k.ctx, p) }
