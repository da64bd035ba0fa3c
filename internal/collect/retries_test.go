package collect

import (
	"errors"
	"testing"
	"time"
)

func TestBackOff(t *testing.T) {
	t.Parallel()
	throttled, silent := refused("RequestLimitExceeded"), errors.New("connection reset")
	tests := []struct {
		attempt int
		err     error
		limit   time.Duration
	}{
		{1, silent, time.Second},
		{2, silent, 2 * time.Second},
		{6, silent, 20 * time.Second},
		{1000, silent, 20 * time.Second},
		{1, throttled, 200 * time.Millisecond},
		{3, throttled, 800 * time.Millisecond},
		{9, throttled, 20 * time.Second},
	}
	for _, test := range tests {
		if got := backOffLimit(test.attempt, test.err); got != test.limit {
			t.Errorf("after attempt %d and %q at most %s, want %s", test.attempt, test.err, got, test.limit)
		}
		different := map[time.Duration]bool{}
		for range 100 {
			delay, err := retryer(0)().RetryDelay(test.attempt, test.err)
			if err != nil || delay < 0 || delay >= test.limit {
				t.Fatalf("after attempt %d: %s, %v", test.attempt, delay, err)
			}
			different[delay] = true
		}
		if len(different) < 50 {
			t.Errorf("after attempt %d all come back together", test.attempt)
		}
	}
}
