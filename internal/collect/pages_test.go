package collect

import (
	"context"
	"errors"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

// page is one answer of a listing.
type page struct {
	items []int
	next  string
	err   error
}

func TestPages(t *testing.T) {
	t.Parallel()
	expired := refused("InvalidPaginationToken")
	tests := []struct {
		name  string
		pages []page
		want  []int
		err   string
	}{
		{"one", []page{{items: []int{1, 2}}}, []int{1, 2}, ""},
		{"token, not length", []page{{[]int{1}, "a", nil}, {[]int{2}, "b", nil}, {items: []int{3}}}, []int{1, 2, 3}, ""},
		{"empty page with a token", []page{{nil, "a", nil}, {items: []int{3}}}, []int{3}, ""},
		{"empty listing", []page{{}}, nil, ""},
		{"repeated token", []page{{[]int{1}, "a", nil}, {[]int{2}, "a", nil}}, []int{1, 2}, errLoop.Error()},
		{"circle", []page{{nil, "a", nil}, {nil, "b", nil}, {nil, "a", nil}}, nil, errLoop.Error()},
		{"error keeps what came before", []page{{[]int{1}, "a", nil}, {err: errors.New("cut")}}, []int{1}, "cut"},
		{
			"expired token starts over",
			[]page{{[]int{1}, "a", nil}, {err: expired}, {[]int{1}, "b", nil}, {items: []int{2}}}, []int{1, 2}, "",
		},
		{
			"only once", []page{{[]int{1}, "a", nil}, {err: expired}, {[]int{5}, "b", nil}, {err: expired}},
			[]int{5}, expired.Error(),
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			left, asked := test.pages, ""
			u := newUnit(testUnit, clients{}, Request{})
			got, err := pages(t.Context(), u, "x:List", func(_ context.Context, token *string) ([]int, *string, error) {
				if (token == nil) != (asked == "") || token != nil && *token != asked {
					t.Errorf("asked with token %v, want %q", token, asked)
				}
				p := left[0]
				left, asked = left[1:], p.next
				return p.items, &p.next, p.err
			})
			if message(err) != test.err {
				t.Errorf("error is %q, want %q", message(err), test.err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("items (-want +got):\n%s", diff)
			}
			if len(left) != 0 {
				t.Errorf("%d pages were not read", len(left))
			}
		})
	}
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestPagesEndSomewhere(t *testing.T) {
	t.Parallel()
	u := newUnit(testUnit, clients{}, Request{})
	token := 0
	_, err := pages(t.Context(), u, "x:List", func(context.Context, *string) ([]int, *string, error) {
		token++
		next := strconv.Itoa(token)
		return nil, &next, nil
	})
	if !errors.Is(err, errEndless) {
		t.Errorf("after %d pages: %v", token, err)
	}
	if status(err) != inventory.Error {
		t.Errorf("status is %s", status(err))
	}
}

func TestNamed(t *testing.T) {
	t.Parallel()
	id := func(s *string) *string { return s }
	empty, some := "", "ami-1"
	if err := named([]*string{&some, &some}, id); err != nil {
		t.Error(err)
	}
	for _, items := range [][]*string{{&some, nil}, {&empty}} {
		if err := named(items, id); !errors.Is(err, errUnnamed) {
			t.Errorf("got %v", err)
		}
	}
}
