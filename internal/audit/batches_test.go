package audit

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"

	"github.com/amiscan/amiscan/internal/inventory"
)

// unitsOf are units with so many resources each, after which reading ends in an error, if there is one.
func unitsOf(sizes []int, broken error) iter.Seq2[inventory.Part, error] {
	return func(yield func(inventory.Part, error) bool) {
		for i, size := range sizes {
			part := inventory.Part{Resources: make([]inventory.Resource, size)}
			part.Account, part.Region = fmt.Sprint(i), "a"
			if size == 0 {
				part.Region = inventory.Global
			}
			if !yield(part, nil) {
				return
			}
		}
		if broken != nil {
			yield(inventory.Part{}, broken)
		}
	}
}

func TestBatches(t *testing.T) {
	t.Parallel()
	small := slices.Repeat([]int{1}, 2*batchUnits+3)
	tests := []struct {
		name  string
		sizes []int
		want  []int
	}{
		{"none", nil, nil},
		{"accounts alone", []int{0, 0}, nil},
		{"few", []int{1, 0, 1}, []int{2}},
		{"many small ones", small, []int{batchUnits, batchUnits, 3}},
		{"a large one ends a batch", []int{1, batchResources, 1}, []int{2, 1}},
	}
	for _, test := range tests {
		var got []int
		for batch, err := range readAhead(batches(unitsOf(test.sizes, nil))) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, len(batch))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: batches of %v, want %v", test.name, got, test.want)
		}
	}
}

// A part that can't be read is an error whatever was read before it, and whoever stops early is waited for by nobody.
func TestBatchesThatBreak(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	var last error
	for _, err := range readAhead(batches(unitsOf([]int{1, 1}, broken))) {
		last = err
	}
	if !errors.Is(last, broken) {
		t.Errorf("the error is %v", last)
	}
	for range readAhead(batches(unitsOf(slices.Repeat([]int{batchResources}, 9), nil))) {
		break
	}
}
