package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/amiscan/amiscan/internal/audit"
	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/collect"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/schema"
)

const (
	// speed is how many times faster than the day's the time of the token buckets is.
	speed = 20
	// nearFloor is how much longer than the busiest bucket a large unit may take, fewThrottles the share of its calls that
	// may be refused.
	nearFloor    = 1.15
	fewThrottles = 0.01
	// The bucket of EC2's calls that change nothing (Amazon EC2 Developer Guide, "Request throttling for the Amazon EC2 API").
	documentedBurst, documentedRefill = 100, 20
)

// BenchmarkLargeUnit reads the permissions of a unit's 5,000 images and 10,000 snapshots from an account with AWS's token
// buckets, of which it may use all. It prints the time beside the least that the busiest bucket allows.
func BenchmarkLargeUnit(b *testing.B) {
	part := largePart(map[string]int{inventory.AMI: 5000, inventory.Snapshot: 10000, inventory.KMSKey: 100})
	for b.Loop() {
		clock := hasten(time.Now, speed)
		stub, there := startStub(b, []inventory.Part{part}, awsstub.CountOnly(), awsstub.Buckets(clock))
		there.enter(b)
		begin := time.Now()
		readAt(b, collect.Pacing{Politeness: 1, Now: clock, Sleep: sleepFaster})
		tellLargeUnit(b, stub, time.Since(begin))
	}
}

// tellLargeUnit prints the figures and holds them to what is promised.
func tellLargeUnit(b *testing.B, stub *awsstub.Stub, took time.Duration) {
	b.Helper()
	calls, throttled := sumOf(stub.Calls()), sumOf(stub.Throttled())
	floor := busiestBucket(stub.Calls()) / speed
	ratio, share := took.Seconds()/floor.Seconds(), float64(throttled)/float64(calls)
	b.ReportMetric(float64(calls), "calls")
	b.ReportMetric(took.Seconds(), "wall-s")
	b.ReportMetric(floor.Seconds(), "floor-s")
	b.ReportMetric(ratio, "wall/floor")
	b.ReportMetric(100*share, "throttled-%")
	if ratio > nearFloor || share > fewThrottles {
		b.Errorf("%.1f s are %.2f times the floor of %.1f s, want at most %.2f; %d of %d calls throttled, want at most %.0f %%",
			took.Seconds(), ratio, floor.Seconds(), nearFloor, throttled, calls, 100*fewThrottles)
	}
}

// busiestBucket is how long the calls of the action that is called most take at EC2's documented rate.
func busiestBucket(calls map[string]int) time.Duration {
	most := 0
	for action, n := range calls {
		if strings.HasPrefix(action, "ec2:") {
			most = max(most, n)
		}
	}
	return time.Duration(most-documentedBurst) * time.Second / documentedRefill
}

// readAt reads the unit at a pace. What is missing would make it fast.
func readAt(b *testing.B, pacing collect.Pacing) {
	b.Helper()
	facts := schema.Catalog().Closure([]inventory.FactRef{
		{Kind: inventory.AMI, Name: "launch_permissions"}, {Kind: inventory.Snapshot, Name: "snapshot_permissions"},
	})
	target, err := audit.Connect(b.Context(), facts, audit.Collecting{Regions: []string{scriptRegion}, Pacing: pacing})
	if err != nil {
		b.Fatal(err)
	}
	parts, _, err := target.ReadAll(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range parts[0].Coverage {
		if !c.Status.IsAnswer() || c.Missing > 0 || c.Items == 0 {
			b.Errorf("%s of %s: %s, %d are there and %d are missing", c.Fact, c.Kind, c.Status, c.Items, c.Missing)
		}
	}
}

// enter leads this process's own AWS clients to the endpoint.
func (e endpoint) enter(b *testing.B) {
	b.Helper()
	for _, pair := range e.environment(b) {
		// A throttled call is to be tried again, as it is for users.
		if name, value, _ := strings.Cut(pair, "="); strings.HasPrefix(name, "AWS_") && name != "AWS_MAX_ATTEMPTS" {
			b.Setenv(name, value)
		}
	}
}

// hasten returns a clock that runs so many times faster from now on.
func hasten(clock func() time.Time, speed int) func() time.Time {
	begin := clock()
	return func() time.Time { return begin.Add(clock().Sub(begin) * time.Duration(speed)) }
}

// sleepFaster sleeps in the faster time.
func sleepFaster(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d / speed)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
