package awsstub

import (
	"strconv"
	"testing"
	"time"
)

// TestFullBucketsAreForgotten asks from ever more accounts; only what is not full yet has to be kept.
func TestFullBucketsAreForgotten(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	b := newBehaviour()
	Buckets(func() time.Time { return now })(b)
	for account := range 10 * fewBuckets {
		now = now.Add(time.Millisecond)
		b.buckets.take(Request{Service: "ec2", Action: "DescribeImages", Account: strconv.Itoa(account)})
	}
	if kept := len(b.buckets.levels); kept > fewBuckets {
		t.Errorf("%d buckets are kept, want at most %d", kept, fewBuckets)
	}
	slow := Request{Service: "ec2", Action: "DescribeStoreImageTasks", Account: "slow"}
	for range 50 {
		b.buckets.take(slow)
	}
	for account := range 2 * fewBuckets {
		b.buckets.take(Request{Service: "ec2", Action: "DescribeImages", Account: strconv.Itoa(account)})
	}
	if b.buckets.take(slow) {
		t.Error("an empty bucket was forgotten")
	}
}
