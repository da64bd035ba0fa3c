package collect

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

// listing is one DescribeSnapshots call, as far as it matters.
type listing struct {
	Owners, Public, Filtered []string
	Page                     int32
}

// watchSnapshots keeps what was asked for and answers from a list, whatever the question.
func watchSnapshots(
	asked *[]listing, all ...types.Snapshot,
) operation[ec2.DescribeSnapshotsInput, ec2.DescribeSnapshotsOutput, ec2.Options] {
	var mu sync.Mutex
	return func(
		_ context.Context, in *ec2.DescribeSnapshotsInput, _ ...func(*ec2.Options),
	) (*ec2.DescribeSnapshotsOutput, error) {
		mu.Lock()
		defer mu.Unlock()
		l := listing{Owners: in.OwnerIds, Public: in.RestorableByUserIds, Page: aws.ToInt32(in.MaxResults)}
		for _, filter := range in.Filters {
			l.Filtered = append(append(l.Filtered, *filter.Name), filter.Values...)
		}
		*asked = append(*asked, l)
		return &ec2.DescribeSnapshotsOutput{Snapshots: all}, nil
	}
}

func TestSnapshotsOfAWholeUnit(t *testing.T) {
	t.Parallel()
	var asked []listing
	c := noCalls(t)
	c.DescribeSnapshots = watchSnapshots(&asked,
		snapshot("snap-2", ours), snapshot("snap-3", theirs), snapshot("snap-1", ours))
	part := read(t, c, Request{Facts: closure(t, "snapshot.snapshot")})
	if diff := cmp.Diff([]string{"snap-1", "snap-2"}, idsOf(part, inventory.Snapshot)); diff != "" {
		t.Errorf("snapshots (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]listing{{Owners: []string{"self"}, Page: 1000}}, asked); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}

// The images must be there before their snapshots are asked for, also when no policy reads images.
func TestSnapshotsOfSingleImages(t *testing.T) {
	t.Parallel()
	for _, facts := range [][]string{{"snapshot.snapshot"}, {"snapshot.snapshot", "ami.image"}} {
		var asked []listing
		c := noCalls(t)
		c.DescribeImages = serveImages(
			image(ami1, ours, "snap-2", "snap-1", "snap-2"), image(ami2, ours, "snap-1", "snap-9"))
		c.DescribeSnapshots = watchSnapshots(&asked,
			snapshot("snap-1", ours), snapshot("snap-2", ours), snapshot("snap-7", ours))
		part := read(t, c, Request{Facts: closure(t, facts...), Images: []string{ami1, ami2}})
		want := []listing{{Filtered: []string{"snapshot-id", "snap-1", "snap-2", "snap-9"}, Page: 1000}}
		if diff := cmp.Diff(want, asked); diff != "" {
			t.Errorf("calls (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"snap-1", "snap-2", "snap-9"}, idsOf(part, inventory.Snapshot)); diff != "" {
			t.Errorf("snapshots (-want +got):\n%s", diff)
		}
		wantFact(t, factOf(t, part, inventory.Snapshot, "snap-9", "snapshot"), inventory.NotFound, "", "")
		if c := part.CoverageOf(inventory.Snapshot, "snapshot"); c.Narrowed != "images" || c.Items != 3 || c.Missing != 0 {
			t.Errorf("coverage is %+v", c)
		}
	}
}

func TestSnapshotsOfSingleImagesInBatches(t *testing.T) {
	t.Parallel()
	var names []string
	for i := range 450 {
		names = append(names, fmt.Sprintf("snap-%04d", i))
	}
	var asked []listing
	c := noCalls(t)
	c.DescribeImages = serveImages(image(ami1, ours, names...))
	c.DescribeSnapshots = watchSnapshots(&asked)
	part := read(t, c, Request{Facts: closure(t, "snapshot.snapshot"), Images: []string{ami1}})
	if len(asked) != 3 || len(asked[0].Filtered) != 201 || len(asked[2].Filtered) != 51 {
		t.Errorf("%d calls", len(asked))
	}
	if got := len(idsOf(part, inventory.Snapshot)); got != 450 {
		t.Errorf("%d snapshots", got)
	}
}

// What could not be read is neither missing nor private.
func TestSnapshotsOfSingleImagesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	facts := closure(t, "snapshot.snapshot_public", "snapshot.snapshot_permissions", "kms_key.key")
	c := noCalls(t)
	c.DescribeImages = serveImages(image(ami1, ours, "snap-1"))
	c.DescribeSnapshots = failing[ec2.DescribeSnapshotsInput, ec2.DescribeSnapshotsOutput, ec2.Options](
		refused("RequestLimitExceeded"))
	part := read(t, c, Request{Facts: facts, Images: []string{ami1}})
	for _, name := range []string{"snapshot", "snapshot_public", "snapshot_permissions"} {
		wantFact(t, factOf(t, part, inventory.Snapshot, "snap-1", name), inventory.Throttled, "RequestLimitExceeded", "")
		if c := part.CoverageOf(inventory.Snapshot, name); c.Status != inventory.Throttled || c.Missing != 1 {
			t.Errorf("coverage of %s is %+v", name, c)
		}
	}
	key := part.CoverageOf(inventory.KMSKey, "key")
	if key.Status != inventory.Throttled || key.Action != "ec2:DescribeSnapshots" {
		t.Errorf("coverage of keys is %+v", key)
	}
}
