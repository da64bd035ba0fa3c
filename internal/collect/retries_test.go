package collect

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
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

// An answer is asked for again also where it is too short for more than a look at its beginning.
func TestCutOffAnswersAreAskedForAgain(t *testing.T) {
	t.Parallel()
	const whole = `<DescribeImagesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><imagesSet/></DescribeImagesResponse>`
	for _, cut := range []int{0, 10, len(whole) / 2, len(whole) - 1} {
		synctest.Test(t, func(t *testing.T) {
			calls := 0
			do := func(*http.Request) (*http.Response, error) {
				answer := wireAnswer(http.StatusOK, whole)
				if calls++; calls == 1 {
					answer.Body = io.NopCloser(io.MultiReader(strings.NewReader(whole[:cut]), iotest.ErrReader(io.ErrUnexpectedEOF)))
				}
				return answer, nil
			}
			if failed := describeImages(t.Context(), accountBy(do, NewPace(Pacing{})), 1, 1); failed != 0 || calls != 2 {
				t.Errorf("cut off after %d bytes: %d calls, %d failed", cut, calls, failed)
			}
		})
	}
}
