package collect

import (
	"cmp"
	"context"
	"reflect"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/amiscan/amiscan/internal/inventory"
)

// byName makes the collector of a fact of resources that others name: they are looked up, a batch at a time. A name that
// the answer leaves out does not exist, or is in a state of its own.
type byName[Item any] struct {
	inventory.FactType
	// after are the facts that may name resources of this kind, where they are collected too.
	after []inventory.FactRef
	batch int
	// wanted are the names, sorted.
	wanted func(u *unit) []string
	id     func(Item) *string
	// owner is the account that an item belongs to; nil where that is always this one.
	owner func(Item) *string
	fetch func(ctx context.Context, u *unit, names []string) ([]Item, error)
	// absent is the status of a name that the answer leaves out.
	absent inventory.Status
}

func (b byName[Item]) collector() collector {
	b.Calls = orCalls(b.Calls, inventory.Calls{Of: b.Kind, Each: b.batch})
	c := collector{FactType: b.FactType, value: reflect.TypeFor[Item](), after: b.after}
	c.collect = func(ctx context.Context, u *unit) error {
		for names := range slices.Chunk(b.wanted(u), b.batch) {
			b.look(ctx, u, names)
		}
		u.cover(c, nil)
		u.whole(c)
		return cancelled(ctx)
	}
	return c
}

func (b byName[Item]) look(ctx context.Context, u *unit, names []string) {
	items, err := b.fetch(ctx, u, names)
	// Whose it is that could not be seen, nobody knows, unless it can only be one's own.
	unseen := u.Account
	if b.absent == inventory.NotVisible {
		unseen = ""
	}
	for _, name := range names {
		i := slices.IndexFunc(items, func(item Item) bool { return aws.ToString(b.id(item)) == name })
		switch {
		case i >= 0:
			u.putOwned(b.FactRef, name, b.ownerOf(items[i], u.Account), known(b.FactType, items[i]))
		case err != nil:
			u.putOwned(b.FactRef, name, unseen, gap(b.FactType, err))
		default:
			u.putOwned(b.FactRef, name, unseen, inventory.Fact{Status: cmp.Or(b.absent, inventory.NotFound), Action: b.Action})
		}
	}
}

func (b byName[Item]) ownerOf(item Item, otherwise string) string {
	if b.owner == nil {
		return otherwise
	}
	return cmp.Or(aws.ToString(b.owner(item)), otherwise)
}
