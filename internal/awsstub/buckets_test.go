package awsstub_test

import (
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

// handClock is a clock that moves only by hand.
type handClock struct{ passed atomic.Int64 }

func (c *handClock) now() time.Time          { return today().Add(time.Duration(c.passed.Load())) }
func (c *handClock) move(d time.Duration)    { c.passed.Add(int64(d)) }
func (c *handClock) buckets() awsstub.Option { return awsstub.Buckets(c.now) }

// TestEmptyBucket empties a bucket and waits for a token, with the SDK as the caller.
func TestEmptyBucket(t *testing.T) {
	t.Parallel()
	clock := &handClock{}
	stub, url := serve(t, []inventory.Part{part(ours, ireland)}, clock.buckets())
	ask := func() error {
		_, err := ec2As(url, ourKey).DescribeRegions(t.Context(), &ec2.DescribeRegionsInput{})
		return err
	}
	for call := range 100 {
		if err := ask(); err != nil {
			t.Fatalf("call %d: %v", call+1, err)
		}
	}
	wantError(t, ask(), "RequestLimitExceeded", 503)
	clock.move(49 * time.Millisecond)
	wantError(t, ask(), "RequestLimitExceeded", 503)
	clock.move(time.Millisecond)
	if err := ask(); err != nil {
		t.Errorf("a token has come back: %v", err)
	}
	if diff := cmp.Diff(map[string]int{"ec2:DescribeRegions": 2}, stub.Throttled()); diff != "" {
		t.Error(diff)
	}
}

// drain sends a request until it is throttled and returns how often it was not.
func drain(t *testing.T, stub *awsstub.Stub, authorization, target, body string) (answered int) {
	t.Helper()
	for range 5000 {
		w := httptest.NewRecorder()
		r := httptest.NewRequest("POST", "/", strings.NewReader(body))
		r.Header.Set("Authorization", authorization)
		r.Header.Set("X-Amz-Target", target)
		stub.ServeHTTP(w, r)
		if text := w.Body.String(); strings.Contains(text, "Throttling") || strings.Contains(text, "RequestLimitExceeded") ||
			strings.Contains(text, "TooManyRequestsException") {
			return answered
		}
		answered++
	}
	t.Error("nothing is throttled")
	return answered
}

// TestRates holds the size of each bucket, and what has come back two seconds later.
func TestRates(t *testing.T) {
	t.Parallel()
	tests := []struct {
		service, target, body string
		burst, inTwoSeconds   int
	}{
		{"ec2", "", "Action=DescribeImages", 100, 40},
		{"ec2", "", "Action=DescribeSnapshots&Owner.1=self", 50, 20},
		{"ec2", "", "Action=DescribeSnapshots&Owner.1=self&MaxResults=1000", 100, 40},
		{"ec2", "", "Action=DescribeSnapshots&Filter.1.Name=status&Filter.1.Value.1=pending", 100, 40},
		{"ec2", "", "Action=DescribeSecurityGroups&GroupId.1=sg-1", 100, 40},
		{"ec2", "", "Action=DescribeStoreImageTasks", 50, 1},
		{"ec2", "", "Action=DescribeSpotFleetRequests", 50, 6},
		{"autoscaling", "", "Action=DescribeAutoScalingGroups", 20, 20},
		{"sts", "", "Action=GetCallerIdentity", 600, 600},
		{"iam", "", "Action=GetInstanceProfile&InstanceProfileName=a", 20, 20},
		{"kms", "TrentService.DescribeKey", `{"KeyId":"a"}`, 2000, 2000},
		{"kms", "TrentService.GetKeyPolicy", `{"KeyId":"a"}`, 1000, 1000},
		{"kms", "TrentService.ListGrants", `{"KeyId":"a"}`, 100, 100},
		{"ssm", "AmazonSSM.GetParameters", `{"Names":["a"]}`, 40, 40},
		{"ssm", "AmazonSSM.DescribeParameters", `{}`, 5, 5},
		{"organizations", "AWSOrganizationsV20161128.ListAccounts", `{}`, 10, 10},
	}
	for _, test := range tests {
		t.Run(test.service+" "+test.target+test.body, func(t *testing.T) {
			t.Parallel()
			clock := &handClock{}
			stub, err := awsstub.New([]inventory.Part{part(ours, ireland)}, keys(), awsstub.CountOnly(), clock.buckets())
			if err != nil {
				t.Fatal(err)
			}
			caller := signature(ourKey, ireland, test.service)
			burst := drain(t, stub, caller, test.target, test.body)
			clock.move(2 * time.Second)
			if later := drain(t, stub, caller, test.target, test.body); burst != test.burst || later != test.inTwoSeconds {
				t.Errorf("got %d, then %d; want %d, then %d", burst, later, test.burst, test.inTwoSeconds)
			}
		})
	}
}

// TestBucketsAreApart empties one bucket, and looks into another.
func TestBucketsAreApart(t *testing.T) {
	t.Parallel()
	const images, groups = "Action=DescribeImages", "Action=DescribeAutoScalingGroups"
	const snapshots, launchConfigurations = "Action=DescribeSnapshots", "Action=DescribeLaunchConfigurations"
	profile := "Action=GetInstanceProfile&InstanceProfileName=a"
	tests := []struct {
		name                     string
		firstAs, first, as, then string
		want                     int
	}{
		{"another account", signature(ourKey, ireland, "ec2"), images, signature(theirKey, ireland, "ec2"), images, 100},
		{"another region", signature(ourKey, ireland, "ec2"), images, signature(ourKey, "us-east-1", "ec2"), images, 100},
		{"another action", signature(ourKey, ireland, "ec2"), images, signature(ourKey, ireland, "ec2"), snapshots, 50},
		{"narrowed", signature(ourKey, ireland, "ec2"), snapshots, signature(ourKey, ireland, "ec2"), snapshots + "&MaxResults=5", 100},
		{"the same limit", signature(ourKey, ireland, "autoscaling"), groups,
			signature(ourKey, ireland, "autoscaling"), launchConfigurations, 0},
		{"a global service", signature(ourKey, ireland, "iam"), profile, signature(ourKey, "us-east-1", "iam"), profile, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			stub, err := awsstub.New([]inventory.Part{part(ours, ireland)}, keys(), (&handClock{}).buckets())
			if err != nil {
				t.Fatal(err)
			}
			drain(t, stub, test.firstAs, "", test.first)
			if got := drain(t, stub, test.as, "", test.then); got != test.want {
				t.Errorf("answered %d, want %d", got, test.want)
			}
		})
	}
}
