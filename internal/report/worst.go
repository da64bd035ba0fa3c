package report

import "github.com/amiscan/amiscan/internal/finding"

// worst keeps the items of the worst severities up to a limit, so that a format that cannot stream still has bounded
// memory. Among equals the earlier ones stay: what is dropped depends on the order of the findings alone.
type worst[T any] struct {
	limit   int
	size    int
	buckets [finding.Critical + 1][]T
}

// add keeps an item; if that is one too many, it returns the item that had to go, which may be the new one.
func (w *worst[T]) add(severity finding.Severity, item T) (gone T, full bool) {
	w.buckets[severity] = append(w.buckets[severity], item)
	w.size++
	if w.size <= w.limit {
		return gone, false
	}
	return w.dropMildest(), true
}

func (w *worst[T]) dropMildest() (gone T) {
	for severity := range w.buckets {
		bucket := w.buckets[severity]
		if last := len(bucket) - 1; last >= 0 {
			var zero T
			gone, bucket[last] = bucket[last], zero
			w.buckets[severity] = bucket[:last]
			w.size--
			break
		}
	}
	return gone
}

// all returns what is kept, worst first and otherwise in the order in which it came.
func (w *worst[T]) all() []T {
	items := make([]T, 0, w.size)
	for _, severity := range finding.Severities() {
		items = append(items, w.buckets[severity]...)
	}
	return items
}
