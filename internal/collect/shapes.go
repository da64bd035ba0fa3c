package collect

import (
	"cmp"
	"context"
	"reflect"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/amiscan/amiscan/internal/inventory"
)

// The shapes that most facts have: one call for the unit, one listing for a kind, one call for each resource, one filter
// for a batch of names.

// setting makes the collector of a fact that one call answers for the whole unit.
func setting[Value any](
	name, action, meaning string, fetch func(ctx context.Context, u *unit) (Value, error),
) collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: ref(inventory.Settings, name), Scope: inventory.ResourceScope, Action: action, Meaning: meaning,
			Calls: inventory.Calls{Least: 1},
		},
		value: reflect.TypeFor[Value](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		value, err := call(ctx, u, action, func(ctx context.Context) (Value, error) { return fetch(ctx, u) })
		fact := known(c.FactType, value)
		if err != nil {
			fact = gap(c.FactType, err)
		}
		u.put(c.FactRef, u.Account+"/"+u.Region, fact)
		u.cover(c, nil)
		u.whole(c)
		return cancelled(ctx)
	}
	return c
}

// orCalls is what a fact itself says of its calls, and what its shape says where it says nothing.
func orCalls(own, shape inventory.Calls) inventory.Calls {
	if own != (inventory.Calls{}) {
		return own
	}
	return shape
}

// pageOf fetches one page of a listing, with the token of the next.
type pageOf[Item any] func(ctx context.Context, u *unit, token *string) ([]Item, *string, error)

// listed makes the collector of a fact that one listing answers for every resource of a kind, which it finds as well.
func listed[Item any](t inventory.FactType, id func(Item) *string, fetch pageOf[Item]) collector {
	t.ListedBy, t.Scope = t.FactRef, inventory.UnitScope
	t.Calls = orCalls(t.Calls, inventory.Calls{Least: 1, Of: t.Kind, Each: pageSize})
	c := collector{FactType: t, value: reflect.TypeFor[Item]()}
	c.collect = func(ctx context.Context, u *unit) error {
		list, err := readAll(ctx, u, t.Action, id, fetch)
		for _, item := range list {
			u.put(t.FactRef, aws.ToString(id(item)), known(t, item))
		}
		u.cover(c, err)
		u.whole(c)
		return cancelled(ctx)
	}
	return c
}

// readAll reads a listing whose items all have an id.
func readAll[Item any](
	ctx context.Context, u *unit, action string, id func(Item) *string, fetch pageOf[Item],
) ([]Item, error) {
	return pages(ctx, u, action, func(ctx context.Context, token *string) ([]Item, *string, error) {
		items, next, err := fetch(ctx, u, token)
		if err != nil {
			return nil, nil, err
		}
		return items, next, named(items, id)
	})
}

// overlay makes the collector of a fact that one listing answers for those resources of a kind that have it: the others
// are not in the listing, and have none if it was whole. Several items may belong to one resource.
func overlay[Item any](
	t inventory.FactType, id func(Item) *string, fetch pageOf[Item], value func([]Item) any, typ reflect.Type,
) collector {
	t.Calls = orCalls(t.Calls, inventory.Calls{Least: 1, Of: t.Kind, Each: pageSize})
	c := collector{FactType: t, value: typ}
	c.collect = func(ctx context.Context, u *unit) error {
		list, err := readAll(ctx, u, t.Action, id, fetch)
		found := map[string][]Item{}
		for _, item := range list {
			found[aws.ToString(id(item))] = append(found[aws.ToString(id(item))], item)
		}
		for _, of := range u.ids(t.Kind) {
			u.put(t.FactRef, of, overlaid(t, found[of], err, value))
		}
		u.cover(c, err)
		return cancelled(ctx)
	}
	return c
}

func overlaid[Item any](t inventory.FactType, items []Item, err error, value func([]Item) any) inventory.Fact {
	switch {
	case err != nil:
		return gap(t, err)
	case len(items) == 0:
		return inventory.Fact{Status: inventory.NotFound, Action: t.Action}
	}
	return known(t, value(items))
}

// only is the value of an overlay that has one item for a resource.
func only[Item any](items []Item) any { return items[0] }

// all is the value of an overlay that has a list of items for a resource.
func all[Item any](items []Item) any { return items }

// perResource makes the collector of a fact that takes one call for each resource of its kind.
func perResource[Value any](
	t inventory.FactType, fetch func(ctx context.Context, u *unit, id string) (Value, error),
) collector {
	t.Calls = orCalls(t.Calls, inventory.Calls{Of: t.Kind, Each: 1})
	c := collector{FactType: t, value: reflect.TypeFor[Value]()}
	c.collect = func(ctx context.Context, u *unit) error {
		err := each(ctx, u.ids(t.Kind), func(ctx context.Context, id string) {
			u.putBeside(t.FactRef, id, u.ask(ctx, t, func(ctx context.Context) (any, error) { return fetch(ctx, u, id) }))
		})
		u.cover(c, nil)
		return err
	}
	return c
}

// ask makes the one call of a fact.
func (u *unit) ask(
	ctx context.Context, t inventory.FactType, fetch func(ctx context.Context) (any, error),
) inventory.Fact {
	value, err := call(ctx, u, t.Action, fetch)
	if err != nil {
		return gap(t, err)
	}
	return known(t, value)
}

// unseen turns "not found" into "not visible": for something that was listed, it does not mean that there is none.
func unseen(c collector) collector {
	collect := c.collect
	c.collect = func(ctx context.Context, u *unit) error {
		err := collect(ctx, u)
		for _, id := range u.ids(c.Kind) {
			if fact := u.fact(c.FactRef, id); fact.Status == inventory.NotFound {
				fact.Status = inventory.NotVisible
				u.putBeside(c.FactRef, id, fact)
			}
		}
		return err
	}
	return c
}

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
