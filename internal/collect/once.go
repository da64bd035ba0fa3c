package collect

import "sync"

// once keeps an answer for each key. Whoever asks while it is being found waits for it.
type once[K comparable, V any] struct {
	mu      sync.Mutex
	answers map[K]*awaited[V]
}

// awaited is an answer that is there when found is closed. That is a channel, and no sync.Once: in a bubble of
// testing/synctest the clock stands still for whoever waits at a mutex.
type awaited[V any] struct {
	found chan struct{}
	value V
}

func newOnce[K comparable, V any]() *once[K, V] { return &once[K, V]{answers: map[K]*awaited[V]{}} }

// do returns what ask says, or has said.
func (o *once[K, V]) do(key K, ask func() V) V {
	o.mu.Lock()
	a, asked := o.answers[key]
	if !asked {
		a = &awaited[V]{found: make(chan struct{})}
		o.answers[key] = a
	}
	o.mu.Unlock()
	if asked {
		<-a.found
		return a.value
	}
	defer close(a.found)
	a.value = ask()
	return a.value
}

// forget lets the next one who asks be answered anew.
func (o *once[K, V]) forget(key K) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.answers, key)
}
