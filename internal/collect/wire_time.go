package collect

import (
	"context"
	"fmt"
	"time"
)

// callLimit bounds the time that one call is on the wire, with all its attempts: the HTTP client bounds one attempt only.
// Waiting, for a token or for others, does not count: a long queue is no error.
const callLimit = 2 * time.Minute

// errNoAnswer is what a call is cut off with that nobody answers.
var errNoAnswer = fmt.Errorf("no answer within %s", callLimit)

// wireTime is what is left of the time of one call. One attempt follows the other, so it needs no lock.
type wireTime struct {
	left  time.Duration
	since time.Time
	timer *time.Timer
	over  context.CancelCauseFunc
}

type wireTimeKey struct{}

// withWireTime begins a call. The time stands still until an attempt is on the wire.
func withWireTime(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	w := &wireTime{left: limit, over: cancel}
	return context.WithValue(ctx, wireTimeKey{}, w), func() { cancel(nil) }
}

// onTheWire lets the time of the context's call run until the returned function is called.
func onTheWire(ctx context.Context) (rest func()) {
	w, ok := ctx.Value(wireTimeKey{}).(*wireTime)
	if !ok {
		return func() {}
	}
	w.since = time.Now()
	w.timer = time.AfterFunc(w.left, func() { w.over(errNoAnswer) })
	return w.rest
}

func (w *wireTime) rest() {
	w.timer.Stop()
	w.left -= time.Since(w.since)
}
