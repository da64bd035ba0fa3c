package collect

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// crowd is a server that knows the most calls that it had at once. It refuses every other one.
type crowd struct {
	mu            sync.Mutex
	now, most, of int
	code          int
}

func (c *crowd) answer(*http.Request) (*http.Response, error) {
	c.mu.Lock()
	c.now, c.of = c.now+1, c.of+1
	c.most = max(c.most, c.now)
	refused := c.code != 0 && c.of%2 == 0
	c.mu.Unlock()
	time.Sleep(100 * time.Millisecond)
	c.mu.Lock()
	c.now--
	c.mu.Unlock()
	if refused {
		return wireAnswer(c.code, ""), nil
	}
	return wireAnswer(http.StatusOK, imagesOf), nil
}

func TestCallsInFlight(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		pacing Pacing
		code   int
		most   int
	}{
		{"as a rule", Pacing{Rate: 10_000}, 0, 64},
		{"as told", Pacing{Rate: 10_000, InFlight: 7}, 0, 7},
		{"one", Pacing{Rate: 10_000, InFlight: 1}, 0, 1},
		{"with retries", Pacing{Rate: 10_000, InFlight: 7}, http.StatusBadGateway, 7},
		{"with throttles", Pacing{Rate: 10_000, InFlight: 7}, http.StatusTooManyRequests, 7},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := &crowd{code: test.code}
				pace := NewPace(test.pacing)
				var group sync.WaitGroup
				for _, account := range []string{ours, theirs} {
					group.Go(func() {
						a := accountBy(server.answer, pace)
						a.ID = account
						describeImages(t.Context(), a, 200, 100)
					})
				}
				group.Wait()
				if server.most != test.most {
					t.Errorf("%d calls were in flight, want %d", server.most, test.most)
				}
			})
		})
	}
}

// A call that backs off or waits for its token leaves the slot to others.
func TestSlotIsFreeWhileACallWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		refuse := func(*http.Request) (*http.Response, error) { return wireAnswer(http.StatusBadGateway, ""), nil }
		pace, start := NewPace(Pacing{InFlight: 1}), time.Now()
		var group sync.WaitGroup
		group.Go(func() {
			if describeImages(t.Context(), accountBy(refuse, pace), 1, 1) != 1 {
				t.Error("a call was answered that must back off")
			}
		})
		time.Sleep(time.Millisecond)
		other := accountBy(answeringImages, pace)
		other.ID = theirs
		if describeImages(t.Context(), other, 10, 1) != 0 || time.Since(start) != time.Millisecond {
			t.Errorf("the others waited for %s", time.Since(start))
		}
		group.Wait()
	})
}

// Credentials that take calls of their own are had before the slot: else all slots would wait for one.
func TestCredentialsDoNotWaitForASlot(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		pace := NewPace(Pacing{InFlight: 1})
		hub := accountBy(answeringImages, pace)
		member := accountBy(answeringImages, pace)
		member.ID = theirs
		member.config.Credentials = aws.CredentialsProviderFunc(func(ctx context.Context) (aws.Credentials, error) {
			time.Sleep(time.Second)
			_, _ = sts.NewFromConfig(hub.in("eu-west-1")).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
			return credentials.NewStaticCredentialsProvider("AKIDEXAMPLE", "secret", "").Retrieve(ctx)
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		if failed := describeImages(ctx, member, 4, 4); failed != 0 {
			t.Errorf("%d calls failed", failed)
		}
	})
}

func TestWaitForASlotEndsWithTheRun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		start := time.Now()
		time.AfterFunc(time.Second, cancel)
		if failed := describeImages(ctx, accountBy(silence, NewPace(Pacing{InFlight: 1})), 10, 10); failed != 10 {
			t.Errorf("only %d calls failed", failed)
		}
		if took := time.Since(start); took != time.Second {
			t.Errorf("it took %s", took)
		}
	})
}

// silence never answers.
func silence(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

// However long the queue is, it is no error: only the time on the wire counts.
func TestLongQueueIsNoError(t *testing.T) {
	t.Parallel()
	tests := map[string]Pacing{
		"for tokens": {Rate: 1, InFlight: 1000},
		"for slots":  {Rate: 10_000, InFlight: 1},
	}
	for name, pacing := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				slow := func(*http.Request) (*http.Response, error) {
					time.Sleep(time.Second)
					return wireAnswer(http.StatusOK, imagesOf), nil
				}
				start := time.Now()
				if failed := describeImages(t.Context(), accountBy(slow, NewPace(pacing)), 1000, 1000); failed != 0 {
					t.Errorf("%d calls failed", failed)
				}
				if took := time.Since(start); took < 5*callLimit {
					t.Errorf("the queue took only %s", took)
				}
			})
		})
	}
}

// The time of an attempt ends with it, and not while the next one waits.
func TestLongWaitAfterAThrottle(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		attempts, start := 0, time.Now()
		account := accountBy(func(*http.Request) (*http.Response, error) {
			time.Sleep(time.Second)
			if attempts++; attempts == 1 {
				return wireAnswer(http.StatusServiceUnavailable, ec2Error("RequestLimitExceeded")), nil
			}
			return wireAnswer(http.StatusOK, imagesOf), nil
		}, NewPace(Pacing{Politeness: 0.0001}))
		if failed := describeImages(t.Context(), account, 1, 1); failed != 0 || time.Since(start) < 2*callLimit {
			t.Errorf("%d calls failed after %s", failed, time.Since(start))
		}
	})
}

func TestTimeOnTheWireIsBounded(t *testing.T) {
	t.Parallel()
	timeout := func(*http.Request) (*http.Response, error) {
		time.Sleep(time.Minute)
		return nil, context.DeadlineExceeded
	}
	for name, do := range map[string]answerer{"silence": silence, "a client that gives up": timeout} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				_, err := accountBy(do, NewPace(Pacing{})).clients("eu-west-1").DescribeImages(t.Context(), allImages())
				if took := time.Since(start); !errors.Is(err, errNoAnswer) || took < callLimit || took > callLimit+20*time.Second {
					t.Errorf("after %s: %v", took, err)
				}
				if !hopeless(err) {
					t.Errorf("the next call is expected to end otherwise: %v", err)
				}
			})
		})
	}
}

// A run that is cancelled is not a server that does not answer.
func TestCancelledCallIsNoSilence(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := accountBy(silence, NewPace(Pacing{})).clients("eu-west-1").DescribeImages(ctx, allImages())
		if err == nil || errors.Is(err, errNoAnswer) {
			t.Errorf("got %v", err)
		}
	})
}
