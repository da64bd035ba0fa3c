package collect

import (
	"context"

	"github.com/amiscan/amiscan/internal/inventory"
)

// Fellows are the accounts of a run, which answer for one another: KMS shows a key's policy to the key's own account alone,
// and many accounts use the keys of one. They are safe for concurrent use.
type Fellows struct {
	// enter finds an account of the run; nil where it is none. An error says what stands in the way.
	enter func(ctx context.Context, account string) (*Account, error)
	// answers are kept for the next account that uses the same key.
	answers *once[string, inventory.Fact]
	keepers *once[keeperKey, keeper]
	entered *once[string, entry]
}

// entry is what entering an account ended with.
type entry struct {
	account *Account
	err     error
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
		enter: enter, answers: newOnce[string, inventory.Fact](), keepers: newOnce[keeperKey, keeper](),
		entered: newOnce[string, entry](),
	}
}

// keeperIn finds who answers for an account in a region.
func (f *Fellows) keeperIn(ctx context.Context, account, region string, asker *unit) keeper {
	key := keeperKey{account, region}
	k := f.keepers.do(key, func() keeper { return f.find(ctx, account, region, asker) })
	if k.refused != nil && k.refused.Status != inventory.Denied {
		// Whoever asks next may be answered.
		f.keepers.forget(key)
		f.entered.forget(account)
	}
	return k
}

func (f *Fellows) find(ctx context.Context, account, region string, asker *unit) keeper {
	found := f.entered.do(account, func() entry {
		entered, err := f.enter(ctx, account)
		return entry{entered, err}
	})
	switch {
	case found.err != nil:
		fact := refusal(found.err)
		return keeper{refused: &fact}
	case found.account == nil:
		return keeper{}
	}
	id := inventory.Unit{Partition: asker.Partition, Account: account, Region: region}
	return keeper{unit: newUnit(id, found.account.clients(region), Request{Trace: asker.trace})}
}

// keeperOf is who is asked about a key: its own account where that belongs to the run, or else this one.
func (u *unit) keeperOf(ctx context.Context, id string) keeper {
	owner := ownerOf(id, u.Account)
	if owner == u.Account || u.fellows == nil {
		return keeper{unit: u}
	}
	k := u.fellows.keeperIn(ctx, owner, u.Region, u)
	switch {
	case k.unit != nil:
		k.unit = u.homes.do(owner, func() *unit { return newUnit(k.unit.Unit, k.unit.clients, Request{Trace: u.trace}) })
	case k.refused == nil:
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
	// AWS does not say that strangers are told of all grants: an empty list of theirs is no answer after a fault at home.
	isList := t.Action == listGrantsAction && fact.Status != inventory.Denied
	if fact.Status.IsAnswer() || t.FactRef == keyPolicyFact || isList {
		return fact
	}
	// That a key is not there, AWS says to strangers, too.
	if own := read(ctx, u, t, id); own.Status == inventory.Known {
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
	question := t.Name + "\x00" + id
	fact := u.fellows.answers.do(question, func() inventory.Fact { return read(ctx, by.unit, t, id) })
	if !fact.Status.IsAnswer() && fact.Status != inventory.Denied {
		// Whoever asks next may be answered.
		u.fellows.answers.forget(question)
	}
	return fact
}
