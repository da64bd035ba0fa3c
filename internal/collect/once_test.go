package collect

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// Many ask at the same time for what takes a while; the clock of the bubble goes on only if none of them holds a lock.
func TestOnceIsAskedOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		answers, asked := newOnce[string, int64](), atomic.Int64{}
		ask := func() int64 {
			time.Sleep(time.Hour)
			return asked.Add(1)
		}
		for range 8 {
			go func() {
				if got := answers.do("a", ask); got != 1 {
					t.Errorf("answer %d, want the first one", got)
				}
			}()
		}
		synctest.Wait()
		time.Sleep(2 * time.Hour)
		if got := answers.do("b", ask); got != 2 {
			t.Errorf("answer %d to another question, want 2", got)
		}
		answers.forget("a")
		if got := answers.do("a", ask); got != 3 {
			t.Errorf("answer %d to what was forgotten, want 3", got)
		}
	})
}
