package store

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"
)

// watch ends a call that stands still, however large it is: a limit on the whole would cut off what is only slow.
type watch struct {
	timer   *time.Timer
	silence time.Duration
	cancel  context.CancelCauseFunc
	ctx     context.Context
}

// watched returns a context that is cancelled when no byte has moved for so long.
func watched(ctx context.Context, silence time.Duration) (context.Context, *watch) {
	ctx, cancel := context.WithCancelCause(ctx)
	still := fmt.Errorf("not a byte has moved for %s: %w", silence, os.ErrDeadlineExceeded)
	timer := time.AfterFunc(silence, func() { cancel(still) })
	return ctx, &watch{timer: timer, silence: silence, cancel: cancel, ctx: ctx}
}

// over returns a reader that counts as movement.
func (w *watch) over(r io.Reader) io.Reader { return watchedReader{r, w} }

// explain puts the reason in the place of a cancellation that is our own: the run goes on.
func (w *watch) explain(err error) error {
	if cause := context.Cause(w.ctx); cause != nil {
		return cause
	}
	return err
}

func (w *watch) stop() {
	w.timer.Stop()
	w.cancel(nil)
}

type watchedReader struct {
	io.Reader
	watch *watch
}

// Read reads on and lets the time begin anew.
func (r watchedReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if n > 0 {
		r.watch.timer.Reset(r.watch.silence)
	}
	return n, err
}
