package collect

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestPause(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		if err := pause(t.Context(), time.Minute); err != nil || time.Since(start) != time.Minute {
			t.Errorf("after %s: %v", time.Since(start), err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := pause(ctx, time.Hour); err == nil || time.Since(start) != time.Minute+time.Second {
			t.Errorf("after %s: %v", time.Since(start), err)
		}
	})
}

func TestNoCallAfterTheRun(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	u := newUnit(testUnit, clients{}, Request{})
	_, err := call(ctx, u, "x:Get", func(context.Context) (int, error) {
		t.Error("the call was made")
		return 0, nil
	})
	if err == nil {
		t.Error("no error")
	}
}
