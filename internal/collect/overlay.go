package collect

import (
	"context"
	"reflect"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/amiscan/amiscan/internal/inventory"
)

// overlayOne is an overlay that has one item for a resource.
func overlayOne[Item any](t inventory.FactType, id func(Item) *string, fetch pageOf[Item]) collector {
	return overlay(t, id, fetch, func(items []Item) Item { return items[0] })
}

// overlayAll is an overlay that has a list of items for a resource.
func overlayAll[Item any](t inventory.FactType, id func(Item) *string, fetch pageOf[Item]) collector {
	return overlay(t, id, fetch, func(items []Item) []Item { return items })
}

// overlay makes the collector of a fact that one listing answers for those resources of a kind that have it: the others
// are not in the listing, and have none if it was whole. Several items may belong to one resource.
func overlay[Item, Value any](
	t inventory.FactType, id func(Item) *string, fetch pageOf[Item], value func([]Item) Value,
) collector {
	t.Calls = orCalls(t.Calls, inventory.Calls{Least: 1, Of: t.Kind, Each: pageSize})
	c := collector{FactType: t, value: reflect.TypeFor[Value]()}
	c.collect = func(ctx context.Context, u *unit) error {
		list, err := readAll(ctx, u, t.Action, id, fetch)
		found := grouped(list, id)
		for _, of := range u.ids(t.Kind) {
			u.put(t.FactRef, of, overlaid(t, found[of], err, value))
		}
		u.cover(c, err)
		return cancelled(ctx)
	}
	return c
}

func overlaid[Item, Value any](t inventory.FactType, items []Item, err error, value func([]Item) Value) inventory.Fact {
	switch {
	case err != nil:
		return gap(t, err)
	case len(items) == 0:
		return inventory.Fact{Status: inventory.NotFound, Action: t.Action}
	}
	return known(t, value(items))
}

// grouped puts the items together that belong to one resource.
func grouped[Item any](items []Item, id func(Item) *string) map[string][]Item {
	groups := map[string][]Item{}
	for _, item := range items {
		of := aws.ToString(id(item))
		groups[of] = append(groups[of], item)
	}
	return groups
}

// putLists stores for each resource the items that belong to it, which may be none; an error stands for all of them.
func putLists[Item any](
	u *unit, t inventory.FactType, ids []string, items []Item, id func(Item) *string, err error,
) {
	found := grouped(items, id)
	for _, of := range ids {
		fact := known(t, append([]Item{}, found[of]...))
		if err != nil {
			fact = gap(t, err)
		}
		u.put(t.FactRef, of, fact)
	}
}
