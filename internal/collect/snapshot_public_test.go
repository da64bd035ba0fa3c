package collect

import (
	"context"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

// attributes answers DescribeSnapshotAttribute and keeps how often each snapshot was asked for.
type attributes struct {
	mu     sync.Mutex
	asked  map[string]int
	public []string
	err    map[string]error
}

func (a *attributes) describe(
	_ context.Context, in *ec2.DescribeSnapshotAttributeInput, _ ...func(*ec2.Options),
) (*ec2.DescribeSnapshotAttributeOutput, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.asked == nil {
		a.asked = map[string]int{}
	}
	a.asked[*in.SnapshotId]++
	out := &ec2.DescribeSnapshotAttributeOutput{
		CreateVolumePermissions: []types.CreateVolumePermission{{UserId: aws.String(theirs)}},
	}
	if contains(a.public, *in.SnapshotId) {
		out.CreateVolumePermissions = append(out.CreateVolumePermissions,
			types.CreateVolumePermission{Group: types.PermissionGroupAll})
	}
	return out, a.err[*in.SnapshotId]
}

// bulk answers the listing of own snapshots and the one of public snapshots apart.
func bulk(
	own, public []types.Snapshot,
) operation[ec2.DescribeSnapshotsInput, ec2.DescribeSnapshotsOutput, ec2.Options] {
	return func(
		_ context.Context, in *ec2.DescribeSnapshotsInput, _ ...func(*ec2.Options),
	) (*ec2.DescribeSnapshotsOutput, error) {
		if contains(in.RestorableByUserIds, "all") && contains(in.OwnerIds, "self") {
			return &ec2.DescribeSnapshotsOutput{Snapshots: public}, nil
		}
		return &ec2.DescribeSnapshotsOutput{Snapshots: own}, nil
	}
}

func TestPublicSnapshots(t *testing.T) {
	t.Parallel()
	one, two, three := snapshot("snap-1", ours), snapshot("snap-2", ours), snapshot("snap-3", ours)
	own := []types.Snapshot{one, two, three, snapshot("snap-8", theirs)}
	tests := []struct {
		name   string
		listed []types.Snapshot
		asked  map[string]int
		want   map[string]bool
	}{
		{"an honest server", []types.Snapshot{two}, map[string]int{"snap-2": 1}, map[string]bool{"snap-2": true}},
		{
			"a server that ignores the filter", own, map[string]int{"snap-1": 1, "snap-2": 1, "snap-3": 1},
			map[string]bool{"snap-2": true},
		},
		{"none", nil, nil, map[string]bool{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := &attributes{public: []string{"snap-2"}}
			c := noCalls(t)
			c.DescribeSnapshots, c.DescribeSnapshotAttribute = bulk(own, test.listed), a.describe
			part := read(t, c, Request{Facts: closure(t, "snapshot.snapshot_public")})
			if diff := cmp.Diff(test.asked, a.asked); diff != "" {
				t.Errorf("attributes (-want +got):\n%s", diff)
			}
			for _, id := range []string{"snap-1", "snap-2", "snap-3"} {
				fact := factOf(t, part, inventory.Snapshot, id, "snapshot_public")
				if got := string(fact.Value) == "true"; fact.Status != inventory.Known || got != test.want[id] {
					t.Errorf("%s: %s %s", id, fact.Status, fact.Value)
				}
				if fact.Derived != (test.asked[id] == 0) {
					t.Errorf("%s: derived is %v", id, fact.Derived)
				}
			}
		})
	}
}

func TestPublicSnapshotsOfSingleImages(t *testing.T) {
	t.Parallel()
	encrypted := snapshot("snap-1", ours)
	encrypted.Encrypted = aws.Bool(true)
	a := &attributes{err: map[string]error{"snap-3": refused("UnauthorizedOperation")}}
	c := noCalls(t)
	c.DescribeImages = serveImages(image(ami1, ours, "snap-1", "snap-2", "snap-3", "snap-4"))
	c.DescribeSnapshots = serveSnapshots(encrypted, snapshot("snap-2", ours), snapshot("snap-3", ours))
	c.DescribeSnapshotAttribute = a.describe
	part := read(t, c, Request{Facts: closure(t, "snapshot.snapshot_public"), Images: []string{ami1}})
	if diff := cmp.Diff(map[string]int{"snap-2": 1, "snap-3": 1}, a.asked); diff != "" {
		t.Errorf("attributes (-want +got):\n%s", diff)
	}
	public := func(id string) inventory.Fact { return factOf(t, part, inventory.Snapshot, id, "snapshot_public") }
	wantFact(t, public("snap-1"), inventory.Known, "", "false")
	wantFact(t, public("snap-2"), inventory.Known, "", "false")
	wantFact(t, public("snap-3"), inventory.Denied, "UnauthorizedOperation", "")
	wantFact(t, public("snap-4"), inventory.NotFound, "", "")
}

func TestPublicListingThatFails(t *testing.T) {
	t.Parallel()
	serve := bulk([]types.Snapshot{snapshot("snap-1", ours)}, nil)
	c := noCalls(t)
	c.DescribeSnapshots = func(
		ctx context.Context, in *ec2.DescribeSnapshotsInput, _ ...func(*ec2.Options),
	) (*ec2.DescribeSnapshotsOutput, error) {
		if len(in.RestorableByUserIds) > 0 {
			return nil, refused("RequestLimitExceeded")
		}
		return serve(ctx, in)
	}
	part := read(t, c, Request{Facts: closure(t, "snapshot.snapshot_public")})
	fact := factOf(t, part, inventory.Snapshot, "snap-1", "snapshot_public")
	wantFact(t, fact, inventory.Throttled, "RequestLimitExceeded", "")
	coverage := part.CoverageOf(inventory.Snapshot, "snapshot_public")
	for _, action := range []string{fact.Action, coverage.Action} {
		if action != "ec2:DescribeSnapshots" {
			t.Errorf("names %s", action)
		}
	}
	if coverage.Status != inventory.Throttled || coverage.Missing != 1 {
		t.Errorf("coverage is %+v", coverage)
	}
}

// Two facts want the same attribute, side by side: it is asked for once.
func TestAttributeIsAskedForOnce(t *testing.T) {
	t.Parallel()
	var own []types.Snapshot
	want := map[string]int{}
	for i := range 40 {
		id := "snap-" + string(rune('A'+i))
		own, want[id] = append(own, snapshot(id, ours)), 1
	}
	a := &attributes{public: []string{"snap-A"}}
	c := noCalls(t)
	c.DescribeSnapshots, c.DescribeSnapshotAttribute = bulk(own, own), a.describe
	part := read(t, c, Request{Facts: closure(t, "snapshot.snapshot_public", "snapshot.snapshot_permissions")})
	if diff := cmp.Diff(want, a.asked); diff != "" {
		t.Errorf("attributes (-want +got):\n%s", diff)
	}
	wantFact(t, factOf(t, part, inventory.Snapshot, "snap-A", "snapshot_public"), inventory.Known, "", "true")
	wantFact(t, factOf(t, part, inventory.Snapshot, "snap-A", "snapshot_permissions"), inventory.Known, "",
		`[{"UserId":"999900001111"},{"Group":"all"}]`)
}
