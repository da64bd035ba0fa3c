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
	homes   *once[homeKey, home]
	entered *once[string, entry]
}

// entry is what entering an account ended with.
type entry struct {
	account *Account
	err     error
}

type homeKey struct{ account, region string }

// home is how an account is asked in one region, or the fact that says why it can't be; neither where it belongs to no run.
type home struct {
	clients *clients
	refused *inventory.Fact
}

// keeper is an account as it answers one unit: as a unit without resources, or with the fact that says why it does not.
type keeper struct {
	unit    *unit
	refused *inventory.Fact
}

// NewFellows returns the accounts that enter finds. It is asked once for each account, unless it failed for a while only.
func NewFellows(enter func(ctx context.Context, account string) (*Account, error)) *Fellows {
	return &Fellows{
		enter: enter, answers: newOnce[string, inventory.Fact](), homes: newOnce[homeKey, home](),
		entered: newOnce[string, entry](),
	}
}

// homeIn finds out how an account is asked in a region.
func (f *Fellows) homeIn(ctx context.Context, account, region string) home {
	key := homeKey{account, region}
	h := f.homes.do(key, func() home { return f.find(ctx, account, region) })
	if h.refused != nil && h.refused.Status != inventory.Denied {
		// Whoever asks next may be answered.
		f.homes.forget(key)
		f.entered.forget(account)
	}
	return h
}

func (f *Fellows) find(ctx context.Context, account, region string) home {
	found := f.entered.do(account, func() entry {
		entered, err := f.enter(ctx, account)
		return entry{entered, err}
	})
	switch {
	case found.err != nil:
		fact := refusal(found.err)
		return home{refused: &fact}
	case found.account == nil:
		return home{}
	}
	calls := found.account.clients(region)
	return home{clients: &calls}
}

// keeperOf is who is asked about a key: its own account where that belongs to the run, or else this one.
func (u *unit) keeperOf(ctx context.Context, id string) keeper {
	owner := ownerOf(id, u.Account)
	if owner == u.Account || u.fellows == nil {
		return keeper{unit: u}
	}
	h := u.fellows.homeIn(ctx, owner, u.Region)
	switch {
	case h.refused != nil:
		return keeper{refused: h.refused}
	case h.clients == nil:
		return keeper{unit: u}
	}
	at := inventory.Unit{Partition: u.Partition, Account: owner, Region: u.Region}
	return keeper{unit: u.keepers.do(owner, func() *unit { return newUnit(at, *h.clients, Request{Trace: u.trace}) })}
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
