package collect

import (
	"context"
	"sync"

	"github.com/amiscan/amiscan/internal/inventory"
)

// Fellows are the accounts of a run, which answer for one another: KMS shows a key's policy to the key's own account alone,
// and many accounts use the keys of one. They are safe for concurrent use.
type Fellows struct {
	// enter finds an account of the run; nil where it is none. An error says what stands in the way.
	enter func(ctx context.Context, account string) (*Account, error)
	// answers are kept for the next account that uses the same key.
	answers *once

	mu      sync.Mutex
	keepers map[keeperKey]func() keeper
	entered map[string]func() (*Account, error)
}

type keeperKey struct{ account, region string }

// keeper is an account as it answers for others in one region: a unit without resources, or the fact that says why there
// is none.
type keeper struct {
	unit    *unit
	refused *inventory.Fact
}

// NewFellows returns the accounts that enter finds. It is asked once for each account and region.
func NewFellows(enter func(ctx context.Context, account string) (*Account, error)) *Fellows {
	return &Fellows{
		enter: enter, answers: newOnce(), keepers: map[keeperKey]func() keeper{}, entered: map[string]func() (*Account, error){},
	}
}

// keeperIn finds who answers for an account in a region.
func (f *Fellows) keeperIn(ctx context.Context, account, region string, asker *unit) keeper {
	f.mu.Lock()
	key := keeperKey{account, region}
	find := f.keepers[key]
	if find == nil {
		find = sync.OnceValue(func() keeper { return f.find(ctx, account, region, asker) })
		f.keepers[key] = find
	}
	f.mu.Unlock()
	k := find()
	if k.refused != nil && k.refused.Status != inventory.Denied {
		// Whoever asks next may be answered.
		f.mu.Lock()
		delete(f.keepers, key)
		delete(f.entered, account)
		f.mu.Unlock()
	}
	return k
}

// account enters an account once for all regions.
func (f *Fellows) account(ctx context.Context, id string) (*Account, error) {
	f.mu.Lock()
	enter := f.entered[id]
	if enter == nil {
		enter = sync.OnceValues(func() (*Account, error) { return f.enter(ctx, id) })
		f.entered[id] = enter
	}
	f.mu.Unlock()
	return enter()
}

func (f *Fellows) find(ctx context.Context, account, region string, asker *unit) keeper {
	found, err := f.account(ctx, account)
	switch {
	case err != nil:
		fact := refusal(err)
		return keeper{refused: &fact}
	case found == nil:
		return keeper{}
	}
	id := inventory.Unit{Partition: asker.Partition, Account: account, Region: region}
	return keeper{unit: newUnit(id, found.clients(region), Request{Trace: asker.trace})}
}

// keeperOf is who is asked about a key: its own account where that belongs to the run, or else this one.
func (u *unit) keeperOf(ctx context.Context, id string) keeper {
	owner := ownerOf(id, u.Account)
	if owner == u.Account || u.fellows == nil {
		return keeper{unit: u}
	}
	k := u.fellows.keeperIn(ctx, owner, u.Region, u)
	if k.unit == nil && k.refused == nil {
		k.unit = u
	}
	return k
}

// aboutKey reads a fact of a key from whom AWS shows it to: the key's own account, or else this one. A key may be described
// to others, too, but never its policy.
func (u *unit) aboutKey(ctx context.Context, t inventory.FactType, id string, read keyReader) inventory.Fact {
	by := u.keeperOf(ctx, id)
	if by.unit == u {
		return read(ctx, u, t, id)
	}
	fact := u.atHome(ctx, by, t, id, read)
	if fact.Status.IsAnswer() || t.FactRef == keyPolicyFact {
		return fact
	}
	if own := read(ctx, u, t, id); own.Status.IsAnswer() {
		return own
	}
	return fact
}

// atHome asks the key's own account. What it answers is the same for everybody who uses the key, and is kept for them, but
// for grants: they depend on who asks, or are very many.
func (u *unit) atHome(ctx context.Context, by keeper, t inventory.FactType, id string, read keyReader) inventory.Fact {
	switch {
	case by.refused != nil:
		return *by.refused
	case t.Action == listGrantsAction:
		return read(ctx, by.unit, t, id)
	}
	return u.fellows.answers.do(t.Name+"\x00"+id, func() inventory.Fact { return read(ctx, by.unit, t, id) })
}
