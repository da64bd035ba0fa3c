package audit

import (
	"context"

	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/store"
)

// Save collects into an inventory that is kept, unit by unit. Units that are there already are not read again. A run that
// could not store a part fails with an UnkeptError: what was stored before is whole.
func (t *Target) Save(ctx context.Context, path string) (Outcome, error) {
	place, err := store.Create(ctx, path, t.manifest, store.Access{Profile: t.asked.Profile, Region: t.account.Region})
	if err != nil {
		return Outcome{}, err
	}
	shelf := kept{ctx, place}
	if t.asked.Whose.Many() {
		return t.newFleet(shelf).run(ctx)
	}
	return t.saveOwn(ctx, shelf)
}

// saveOwn reads the caller's own units.
func (t *Target) saveOwn(ctx context.Context, s shelf) (Outcome, error) {
	var open []inventory.Unit
	for _, u := range t.Units() {
		has, err := s.Has(u)
		if err != nil {
			return Outcome{}, err
		}
		if !has {
			open = append(open, u)
		}
	}
	o := Outcome{Units: len(t.Units()), Kept: len(t.Units()) - len(open)}
	t.watch.Listed(o.Kept)
	t.watch.Kept(o.Kept)
	err := t.Read(ctx, open, func(part inventory.Part) error {
		if gapsIn(part) > 0 && ctx.Err() == nil && t.sessionOver(ctx, part) {
			o.Failed++ // the next run reads it
			return nil
		}
		if err := s.Put(part); err != nil {
			return &UnkeptError{Err: err}
		}
		o.Read++
		return nil
	})
	return o, err
}

// SaveFile collects into one file, which appears only when it is whole; it returns how many units it holds. A run that
// is cancelled before any unit is whole leaves no file.
func (t *Target) SaveFile(ctx context.Context, path string) (units int, err error) {
	parts, interrupted, err := t.ReadAll(ctx)
	if err != nil || (interrupted && len(parts) == 0) {
		return 0, err
	}
	return len(parts), store.WriteFile(path, t.manifest, InMemory(parts))
}

// sessionOver reports whether the session ended while a unit was read.
func (t *Target) sessionOver(ctx context.Context, part inventory.Part) bool {
	return t.account.SessionOver(ctx, part) != nil
}
