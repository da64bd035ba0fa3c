package collect

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/autoscaling"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go/middleware"
)

// answeringImages answers every request with the same page of images, without a network.
func answeringImages(*http.Request) (*http.Response, error) {
	return wireAnswer(http.StatusOK, imagesOf), nil
}

func wireAnswer(code int, body string) *http.Response {
	recorder := httptest.NewRecorder()
	recorder.Header().Set("Content-Type", xmlType)
	recorder.WriteHeader(code)
	_, _ = recorder.WriteString(body)
	return recorder.Result()
}

// accountBy is an account whose calls a function answers, and which keeps a pace.
func accountBy(do answerer, pace *Pace) *Account {
	return &Account{ID: ours, Partition: "aws", Region: "eu-west-1", organization: newOnce[string, inventory.Fact](), pace: pace, config: aws.Config{
		Region: "eu-west-1", HTTPClient: do, Retryer: retryer(0),
		Credentials: credentials.NewStaticCredentialsProvider("AKIDEXAMPLE", "secret", ""),
	}}
}

// describeImages asks n times, several callers at a time, and counts what ended in an error.
func describeImages(ctx context.Context, account *Account, n, callers int) (failed int) {
	client := account.clients("eu-west-1")
	var errs atomic.Int64
	var group sync.WaitGroup
	for range callers {
		group.Go(func() {
			for range n / callers {
				if _, err := client.DescribeImages(ctx, allImages()); err != nil {
					errs.Add(1)
				}
			}
		})
	}
	group.Wait()
	return int(errs.Load())
}

// Everything that a client sends waits for its token, through the SDK.
func TestClientsKeepThePace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		if failed := describeImages(t.Context(), accountBy(answeringImages, NewPace(Pacing{})), 100, 4); failed != 0 {
			t.Errorf("%d calls failed", failed)
		}
		if took := time.Since(start).Seconds(); math.Abs(took-5) > 1e-6 {
			t.Errorf("100 calls took %fs, want (100 - 50) / 10 = 5s", took)
		}
	})
}

func TestTimeThatIsInjected(t *testing.T) {
	t.Parallel()
	now := testNow
	pacing := Pacing{Rate: 1, Now: func() time.Time { return now }, Sleep: func(_ context.Context, d time.Duration) error {
		now = now.Add(d)
		return nil
	}}
	if failed := describeImages(t.Context(), accountBy(answeringImages, NewPace(pacing)), 65, 1); failed != 0 {
		t.Errorf("%d calls failed", failed)
	}
	if took := now.Sub(testNow).Round(time.Millisecond); took != time.Minute {
		t.Errorf("65 calls took %s, want 60s", took)
	}
}

func TestWhoSharesABucket(t *testing.T) {
	t.Parallel()
	images, snapshots := sdkOperation{"EC2", "DescribeImages"}, sdkOperation{"EC2", "DescribeSnapshots"}
	groups, configurations := sdkOperation{"Auto Scaling", "DescribeAutoScalingGroups"},
		sdkOperation{"Auto Scaling", "DescribeLaunchConfigurations"}
	profile, listing := sdkOperation{"IAM", "GetInstanceProfile"}, sdkOperation{"Organizations", "ListAccounts"}
	tests := []struct {
		name             string
		account, region  string
		first, operation sdkOperation
		shared           bool
	}{
		{"the same action", ours, "eu-west-1", images, images, true},
		{"another account", theirs, "eu-west-1", images, images, false},
		{"another region", ours, "us-east-1", images, images, false},
		{"another action", ours, "eu-west-1", images, snapshots, false},
		{"two actions of Auto Scaling", ours, "eu-west-1", groups, configurations, true},
		{"Auto Scaling elsewhere", ours, "us-east-1", groups, configurations, false},
		{"IAM in another region", ours, "us-east-1", profile, profile, true},
		{"IAM of another account", theirs, "eu-west-1", profile, profile, false},
		{"Organizations in another region", ours, "us-east-1", listing, listing, true},
	}
	for _, test := range tests {
		p := NewPace(Pacing{})
		first := p.borrow(ours, "eu-west-1", test.first)
		if got := first == p.borrow(test.account, test.region, test.operation); got != test.shared {
			t.Errorf("%s: shared is %v", test.name, got)
		}
	}
}

// 2,000 accounts, 17 regions and 60 actions are two million buckets, of which only those in use are kept.
func TestFullBucketsAreDropped(t *testing.T) {
	t.Parallel()
	now := testNow
	p := NewPace(Pacing{Now: func() time.Time { return now }})
	held := p.borrow(ours, "held", sdkOperation{"EC2", "DescribeImages"})
	p.giveBack(p.borrow(ours, "empty", sdkOperation{"EC2", "DescribeImages"}))
	empty := p.borrow(ours, "empty", sdkOperation{"EC2", "DescribeImages"})
	empty.seed.refill, empty.tokens, empty.rate = 1e-9, 0, 1e-9
	p.giveBack(empty)
	most := 0
	for account := range 2000 {
		for action := range 60 {
			b := p.borrow(fmt.Sprintf("%012d", account), "eu-west-1", sdkOperation{"EC2", fmt.Sprintf("Describe%d", action)})
			b.tryTake(now)
			p.giveBack(b)
		}
		now = now.Add(time.Second)
		most = max(most, len(p.buckets))
	}
	if most > 2*fewBuckets {
		t.Errorf("there were %d buckets", most)
	}
	if p.borrow(ours, "held", sdkOperation{"EC2", "DescribeImages"}) != held {
		t.Error("a bucket was dropped while it was in use")
	}
	if p.borrow(ours, "empty", sdkOperation{"EC2", "DescribeImages"}) != empty {
		t.Error("a bucket was dropped that was not full")
	}
}

// throttling is a server with a bucket of its own.
type throttling struct {
	mu               sync.Mutex
	bucket           *bucket
	calls, throttled int
	// settled is from when on calls count as settled.
	settled                        time.Time
	settledCalls, settledThrottled int
}

func (s *throttling) answer(*http.Request) (*http.Response, error) {
	time.Sleep(50 * time.Millisecond)
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	refused := s.bucket.tryTake(now) > 0
	s.calls++
	if refused {
		s.throttled++
	}
	if now.After(s.settled) {
		s.settledCalls++
		if refused {
			s.settledThrottled++
		}
	}
	if refused {
		return wireAnswer(http.StatusServiceUnavailable, ec2Error("RequestLimitExceeded")), nil
	}
	return wireAnswer(http.StatusOK, imagesOf), nil
}

// However little AWS lets through, every call is answered in the end, and few are throttled once the rate has settled.
func TestStormOfThrottles(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		// server is what AWS gives; we begin with a burst of 50 and 10 a second.
		server callRate
		calls  int
		// settling is how long the rate may take to settle; atMost is the part of calls that may be throttled then.
		settling time.Duration
		atMost   float64
	}{
		{"what is documented", callRate{100, 20}, 3000, 0, 0},
		{"half of our rate", callRate{50, 5}, 6000, time.Minute, 0.01},
		{"others have emptied the bucket", callRate{1, 7}, 6000, time.Minute, 0.01},
		{"a fifth of our rate", callRate{10, 2}, 4000, 2 * time.Minute, 0.01},
		{"a tenth of our rate", callRate{5, 1}, 2000, 5 * time.Minute, 0.02},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := &throttling{bucket: newBucket(test.server, time.Now()), settled: time.Now().Add(test.settling)}
				failed := describeImages(t.Context(), accountBy(server.answer, NewPace(Pacing{})), test.calls, 4)
				if failed != 0 || server.calls-server.throttled != test.calls {
					t.Errorf("%d calls failed, %d were answered", failed, server.calls-server.throttled)
				}
				if share := float64(server.settledThrottled) / float64(server.settledCalls); share > test.atMost {
					t.Errorf("%d of %d calls were throttled, %.2f%%", server.settledThrottled, server.settledCalls, 100*share)
				}
			})
		})
	}
}

// A storm that ends leaves no trace: nearly all of the rate is there again.
func TestRateComesBackAfterAStorm(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		pace, start := NewPace(Pacing{}), time.Now()
		account := accountBy(func(*http.Request) (*http.Response, error) {
			if time.Since(start) < 30*time.Second {
				return wireAnswer(http.StatusServiceUnavailable, ec2Error("RequestLimitExceeded")), nil
			}
			return wireAnswer(http.StatusOK, imagesOf), nil
		}, pace)
		if failed := describeImages(t.Context(), account, 3000, 4); failed != 0 {
			t.Errorf("%d calls failed", failed)
		}
		if rate := pace.borrow(ours, "eu-west-1", sdkOperation{"EC2", "DescribeImages"}).rate; rate != 10 {
			t.Errorf("the rate is %f after %s", rate, time.Since(start))
		}
	})
}

// Every attempt takes a token, and only throttles slow the action down.
func TestEveryAttemptTakesAToken(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		code int
		body string
		// times is how often the server refuses.
		times    int32
		attempts int32
		rate     float64
	}{
		{"answered", 200, imagesOf, 1, 1, 1000},
		{"throttled once", 503, ec2Error("RequestLimitExceeded"), 1, 2, 500},
		{"throttled three times", 503, ec2Error("RequestLimitExceeded"), 3, 4, 125},
		{"out of order once", 502, "", 1, 2, 1000},
		{"denied", 403, ec2Error("UnauthorizedOperation"), 1, 1, 1000},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var attempts atomic.Int32
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				code, body := http.StatusOK, imagesOf
				if attempts.Add(1) <= test.times {
					code, body = test.code, test.body
				}
				w.Header().Set("Content-Type", xmlType)
				w.WriteHeader(code)
				_, _ = w.Write([]byte(body))
			}))
			t.Cleanup(server.Close)
			// The buckets' clock moves only when somebody waits for a token, so that the tokens show what was taken.
			var now atomic.Int64
			pace := NewPace(Pacing{Rate: 1000, Now: func() time.Time { return testNow.Add(time.Duration(now.Load())) },
				Sleep: func(_ context.Context, d time.Duration) error { now.Add(int64(d)); return nil }})
			account := accountAt(server.URL).Paced(pace)
			account.config.Retryer = retryer(0)
			_, _ = account.clients("eu-west-1").DescribeImages(t.Context(), allImages())
			if got := attempts.Load(); got != test.attempts {
				t.Errorf("%d attempts, want %d", got, test.attempts)
			}
			b := pace.borrow(ours, "eu-west-1", sdkOperation{"EC2", "DescribeImages"})
			if math.Abs(b.rate-test.rate) > 1e-6 {
				t.Errorf("%f calls a second are left, want %f", b.rate, test.rate)
			}
			if want := 5000 - float64(test.attempts); test.rate == 1000 && math.Abs(b.tokens-want) > 0.01 {
				t.Errorf("%f tokens are left, want %f", b.tokens, want)
			}
			if test.rate < 1000 && b.tokens > 0.01 {
				t.Errorf("%f tokens are left after a throttle", b.tokens)
			}
		})
	}
}

// Image Builder throttles with a code of its own, and KMS with status 400.
func TestEveryServicesThrottleCounts(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"CallRateLimitExceededException", "ThrottlingException", "TooManyRequestsException"} {
		if !IsThrottled(fmt.Errorf("operation error: %w", refused(code))) {
			t.Errorf("%s is no throttle", code)
		}
	}
	if IsThrottled(nil) || IsThrottled(refused("AccessDenied")) {
		t.Error("what is no throttle is taken for one")
	}
}

// What nobody answered tells nothing of AWS's limits.
func TestSilenceIsNoAnswer(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		err  error
		want float64
	}{{nil, 5}, {refused("AccessDenied"), 5}, {errors.New("connection reset"), 2.5}} {
		b := rateAfter("throttled", "throttled")
		for i := range 60 {
			now := b.cutAt.Add(time.Duration(i+1) * time.Second)
			b.tokens = 0
			b.note(now, now, test.err)
		}
		if math.Abs(b.rate-test.want) > 1e-6 {
			t.Errorf("%v: the rate is %f, want %f", test.err, b.rate, test.want)
		}
	}
}

func TestUnitKeepsThePaceOfItsAccount(t *testing.T) {
	t.Parallel()
	pace := NewPace(Pacing{})
	request := Request{Facts: closure(t, "ami.image"), Now: testNow}
	if _, err := accountBy(answeringImages, pace).Unit(t.Context(), "eu-west-1", request); err != nil {
		t.Fatal(err)
	}
	if len(pace.buckets) == 0 {
		t.Error("no token was taken from the account's pace")
	}
}

// Services other than EC2 order their steps alike.
func TestEveryServiceIsPaced(t *testing.T) {
	t.Parallel()
	pace := NewPace(Pacing{})
	cfg := accountBy(func(*http.Request) (*http.Response, error) { return wireAnswer(http.StatusForbidden, ""), nil }, pace).in("eu-west-1")
	_, _ = kms.NewFromConfig(cfg).ListGrants(t.Context(), &kms.ListGrantsInput{KeyId: aws.String("k")})
	_, _ = sts.NewFromConfig(cfg).GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})
	_, _ = autoscaling.NewFromConfig(cfg).DescribeAutoScalingGroups(t.Context(), &autoscaling.DescribeAutoScalingGroupsInput{})
	for _, action := range []string{"kms:ListGrants", "sts:*", "autoscaling:*"} {
		if pace.buckets[bucketKey{ours, "eu-west-1", action}] == nil {
			t.Errorf("no token was taken for %s", action)
		}
	}
}

// What the SDK's own work costs is not counted here.
func BenchmarkPacedAttempt(b *testing.B) {
	calls := pacedCalls{NewPace(Pacing{Rate: math.MaxInt32}), ours, "eu-west-1"}
	ctx := awsmiddleware.SetServiceID(middleware.WithOperationName(b.Context(), "DescribeImages"), "EC2")
	answered := middleware.FinalizeHandlerFunc(func(
		context.Context, middleware.FinalizeInput,
	) (middleware.FinalizeOutput, middleware.Metadata, error) {
		return middleware.FinalizeOutput{}, middleware.Metadata{}, nil
	})
	slot := middleware.FinalizeHandlerFunc(func(
		ctx context.Context, in middleware.FinalizeInput,
	) (middleware.FinalizeOutput, middleware.Metadata, error) {
		return calls.withSlot(ctx, in, answered)
	})
	b.ReportAllocs()
	for b.Loop() {
		ctx, end := withWireTime(ctx, callLimit)
		_, _, _ = calls.withToken(ctx, middleware.FinalizeInput{}, slot)
		end()
	}
}

// The whole call through the SDK, for comparison.
func BenchmarkPacedCall(b *testing.B) {
	for _, pace := range []*Pace{nil, NewPace(Pacing{Rate: math.MaxInt32})} {
		b.Run(fmt.Sprintf("paced %v", pace != nil), func(b *testing.B) {
			client := accountBy(answeringImages, pace).clients("eu-west-1")
			b.ReportAllocs()
			for b.Loop() {
				if _, err := client.DescribeImages(b.Context(), &ec2.DescribeImagesInput{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
