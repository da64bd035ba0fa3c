package collect

import (
	"context"
	"reflect"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/amiscan/amiscan/internal/inventory"
)

// The shapes that most facts have: one call for the unit, one listing for a kind, one call for each resource. Two more
// have a file of their own: overlay and byName.

// ofImage describes a further fact of each own image.
func ofImage(name, action, meaning string) inventory.FactType {
	return inventory.FactType{
		FactRef: ref(inventory.AMI, name), Scope: inventory.ResourceScope, Action: action, Meaning: meaning,
		From: []inventory.FactRef{ref(inventory.AMI, "image")},
	}
}

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

// perResource makes the collector of a fact that takes one call for each resource of its kind.
func perResource[Value any](
	t inventory.FactType, fetch func(ctx context.Context, u *unit, id string) (Value, error),
) collector {
	return readEach[Value](t, func(ctx context.Context, u *unit, t inventory.FactType, id string) inventory.Fact {
		return u.ask(ctx, t, func(ctx context.Context) (any, error) { return fetch(ctx, u, id) })
	})
}

// readEach makes the collector of a fact, with values like Value, that is read in its own way for each resource of its
// kind.
func readEach[Value any](
	t inventory.FactType, read func(ctx context.Context, u *unit, t inventory.FactType, id string) inventory.Fact,
) collector {
	t.Calls = orCalls(t.Calls, inventory.Calls{Of: t.Kind, Each: 1})
	c := collector{FactType: t, value: reflect.TypeFor[Value]()}
	c.collect = func(ctx context.Context, u *unit) error {
		err := each(ctx, u.ids(t.Kind), func(ctx context.Context, id string) {
			u.putBeside(t.FactRef, id, read(ctx, u, t, id))
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
