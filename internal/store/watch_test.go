package store

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// What is slow goes on as long as bytes move; what stands still is ended, and says so.
func TestWatch(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, watch := watched(t.Context(), time.Minute)
		defer watch.stop()
		r := watch.over(strings.NewReader("slow"))
		for range 4 {
			time.Sleep(50 * time.Second) // of the bubble's time
			if _, err := r.Read(make([]byte, 1)); err != nil || ctx.Err() != nil {
				t.Fatalf("ended: %v, %v", err, ctx.Err())
			}
		}
		if err := watch.explain(errors.New("mine")); err.Error() != "mine" {
			t.Errorf("explained as %v", err)
		}
		time.Sleep(61 * time.Second)
		err := watch.explain(ctx.Err())
		if ctx.Err() == nil || !errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, context.Canceled) {
			t.Errorf("after a minute: %v", err)
		}
	})
}
