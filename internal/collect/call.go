package collect

import (
	"context"
	"errors"
	"slices"
)

// call makes one call of an action and tells of it; its clients keep the pace and the time. An action that has ceased to be
// answered is not called again: its last error stands for the calls that are left.
func call[Out any](
	ctx context.Context, u *unit, action string, do func(ctx context.Context) (Out, error),
) (Out, error) {
	var none Out
	if err := u.outages.over(action); err != nil {
		return none, err
	}
	if err := cancelled(ctx); err != nil {
		return none, err
	}
	out, err := do(ctx)
	u.outages.note(action, err)
	u.trace(action, err)
	return out, err
}

// maxPages bounds a listing: five million resources of one kind in one region are more than there are.
const maxPages = 5000

// What a listing that never ends is refused with.
var (
	errLoop    = errors.New("the listing repeats a page token")
	errEndless = errors.New("the listing has more pages than any can have")
)

// staleTokens are the codes for a page token that has expired: of EC2, Auto Scaling and SSM, KMS, Image Builder.
var staleTokens = []string{
	"InvalidPaginationToken", "InvalidNextToken", "InvalidMarkerException", "InvalidPaginationTokenException",
}

// pages reads a listing to its end. It goes on while there is a token, not while there are items: empty pages with a
// token are legal. A token that expired starts the listing over, once. What was read before an error is handed over all
// the same, together with the error.
func pages[Item any](
	ctx context.Context, u *unit, action string, fetch func(ctx context.Context, token *string) ([]Item, *string, error),
) ([]Item, error) {
	items, err := readPages(ctx, u, action, fetch)
	if slices.Contains(staleTokens, ErrorCode(err)) {
		return readPages(ctx, u, action, fetch)
	}
	return items, err
}

// errUnnamed is what a page is refused with when something on it has no id: whatever it is, it is missing.
var errUnnamed = errors.New("the listing holds something without an id")

// named refuses a page on which something has no id.
func named[Item any](items []Item, id func(Item) *string) error {
	for _, item := range items {
		if name := id(item); name == nil || *name == "" {
			return errUnnamed
		}
	}
	return nil
}

// errNoList is what an answer in JSON is refused with that holds no list at all: AWS sends an empty one.
var errNoList = errors.New("the answer holds no list")

// listOf refuses a page without a list.
func listOf[Item any](items []Item, next *string) ([]Item, *string, error) {
	if items == nil {
		return nil, nil, errNoList
	}
	return items, next, nil
}

func readPages[Item any](
	ctx context.Context, u *unit, action string, fetch func(ctx context.Context, token *string) ([]Item, *string, error),
) ([]Item, error) {
	var all []Item
	err := visitPages(ctx, u, action, fetch, func(items []Item) error {
		all = append(all, items...)
		return nil
	})
	return all, err
}

// visitPages hands out the pages of a listing as they come.
func visitPages[Item any](
	ctx context.Context, u *unit, action string,
	fetch func(ctx context.Context, token *string) ([]Item, *string, error), visit func([]Item) error,
) error {
	type page struct {
		items []Item
		next  *string
	}
	seen := map[string]bool{}
	for token := (*string)(nil); ; {
		p, err := call(ctx, u, action, func(ctx context.Context) (page, error) {
			items, next, err := fetch(ctx, token)
			return page{items, next}, err
		})
		if err == nil {
			err = visit(p.items)
		}
		if err != nil || p.next == nil || *p.next == "" {
			return err
		}
		switch {
		case seen[*p.next]:
			return errLoop
		case len(seen) == maxPages:
			return errEndless
		}
		seen[*p.next] = true
		token = p.next
	}
}
