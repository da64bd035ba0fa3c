package awsstub_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

// snap is a snapshot with further fields.
func snap(owner, id string, more doc, facts ...any) inventory.Resource {
	snapshot := doc{"SnapshotId": id, "OwnerId": owner, "State": "completed", "Encrypted": false}
	for name, value := range more {
		snapshot[name] = value
	}
	return resource(inventory.Snapshot, owner, ireland, id, append([]any{"snapshot", snapshot}, facts...)...)
}

func snapshotWorld() []inventory.Part {
	everyone := []doc{{"Group": "all"}}
	return []inventory.Part{
		part(ours, ireland,
			snap(ours, "snap-1", doc{"Encrypted": true}),
			snap(ours, "snap-public", nil, "snapshot_permissions", everyone),
			snap(ours, "snap-shared", nil, "snapshot_permissions", []doc{{"UserId": theirs}})),
		part(theirs, ireland,
			snap(theirs, "snap-t-private", nil),
			snap(theirs, "snap-t-shared", nil, "snapshot_permissions", []doc{{"UserId": ours}}),
			snap(stranger, "snap-s-public", doc{"OwnerAlias": "amazon"}, "snapshot_permissions", everyone)),
	}
}

// snapshotCase is a question of ours about snapshots and the ids in the answer.
type snapshotCase struct {
	name string
	ask  ec2.DescribeSnapshotsInput
	want []string
}

func snapshotCases() []snapshotCase {
	type ask = ec2.DescribeSnapshotsInput
	return []snapshotCase{
		{"owned by self", ask{OwnerIds: []string{"self"}}, []string{"snap-1", "snap-public", "snap-shared"}},
		{"owned by id", ask{OwnerIds: []string{theirs}}, []string{"snap-t-shared"}},
		{"owned by alias", ask{OwnerIds: []string{"amazon"}}, []string{"snap-s-public"}},
		{"restorable by all", ask{RestorableByUserIds: []string{"all"}},
			[]string{"snap-public", "snap-s-public"}},
		{"ours and restorable by all", ask{OwnerIds: []string{"self"}, RestorableByUserIds: []string{"all"}},
			[]string{"snap-public"}},
		{"restorable by self", ask{RestorableByUserIds: []string{"self"}},
			[]string{"snap-1", "snap-public", "snap-shared", "snap-t-shared"}},
		{"restorable by an account", ask{RestorableByUserIds: []string{theirs}},
			[]string{"snap-shared"}},
		{"an id that cannot be seen is left out",
			ask{SnapshotIds: []string{"snap-1", "snap-t-private"}}, []string{"snap-1"}},
		{"filter", ask{Filters: filter("encrypted", "true")},
			[]string{"snap-1"}},
	}
}

func TestDescribeSnapshots(t *testing.T) {
	t.Parallel()
	_, url := serve(t, snapshotWorld())
	for _, test := range snapshotCases() {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := ec2As(url, ourKey).DescribeSnapshots(t.Context(), &test.ask)
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, snapshot := range got.Snapshots {
				ids = append(ids, *snapshot.SnapshotId)
			}
			if diff := cmp.Diff(test.want, ids); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDescribeSnapshotsRefuses(t *testing.T) {
	t.Parallel()
	_, url := serve(t, snapshotWorld())
	tests := []struct {
		name string
		ask  ec2.DescribeSnapshotsInput
		code string
	}{
		{"unknown id", ec2.DescribeSnapshotsInput{SnapshotIds: []string{"snap-1", "snap-none"}},
			"InvalidSnapshot.NotFound"},
		{"no id at all", ec2.DescribeSnapshotsInput{SnapshotIds: []string{"ami-1"}}, "InvalidSnapshotID.Malformed"},
		{"too many a page", ec2.DescribeSnapshotsInput{MaxResults: ptr(int32(1001))}, "InvalidParameterValue"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := ec2As(url, ourKey).DescribeSnapshots(t.Context(), &test.ask)
			wantError(t, err, test.code, 400)
		})
	}
}

// TestSnapshotPublicIsAPermission serves the fact that says no more than whether everybody can restore a snapshot.
func TestSnapshotPublicIsAPermission(t *testing.T) {
	t.Parallel()
	_, url := serve(t, []inventory.Part{part(ours, ireland, snap(ours, "snap-1", nil, "snapshot_public", true),
		snap(ours, "snap-2", nil, "snapshot_public", false))})
	client := ec2As(url, ourKey)
	got, err := client.DescribeSnapshots(t.Context(), &ec2.DescribeSnapshotsInput{RestorableByUserIds: []string{"all"}})
	if err != nil || len(got.Snapshots) != 1 || *got.Snapshots[0].SnapshotId != "snap-1" {
		t.Fatalf("got %v, %v", got, err)
	}
	attribute, err := client.DescribeSnapshotAttribute(t.Context(), &ec2.DescribeSnapshotAttributeInput{
		SnapshotId: ptr("snap-1"), Attribute: types.SnapshotAttributeNameCreateVolumePermission})
	want := []types.CreateVolumePermission{{Group: types.PermissionGroupAll}}
	same(t, want, func() []types.CreateVolumePermission { return attribute.CreateVolumePermissions }, err)
}

// TestOthersSeeNoSnapshotTags holds that tags of a snapshot are its owner's alone, whatever their names.
func TestOthersSeeNoSnapshotTags(t *testing.T) {
	t.Parallel()
	tags := []doc{{"Key": "ec2:SharedTag/os", "Value": "linux"}}
	_, url := serve(t, []inventory.Part{part(ours, ireland,
		snap(ours, "snap-1", doc{"Tags": tags}, "snapshot_permissions", []doc{{"Group": "all"}}))})
	for key, want := range map[string]int{ourKey: 1, theirKey: 0} {
		ask := &ec2.DescribeSnapshotsInput{SnapshotIds: []string{"snap-1"}}
		got, err := ec2As(url, key).DescribeSnapshots(t.Context(), ask)
		if err != nil || len(got.Snapshots[0].Tags) != want {
			t.Errorf("%s: got %v, %v; want %d tags", key, got, err, want)
		}
	}
}

// TestForeignSnapshot holds that a stranger's snapshot is seen by the account whose part holds it, whatever its owner's
// part says of its permissions, and by nobody else.
func TestForeignSnapshot(t *testing.T) {
	t.Parallel()
	held := resource(inventory.ForeignSnapshot, stranger, ireland, "snap-f", "snapshot",
		doc{"SnapshotId": "snap-f", "OwnerId": stranger, "Encrypted": true})
	hidden := withStatus(resource(inventory.ForeignSnapshot, stranger, ireland, "snap-g"), "snapshot", inventory.NotVisible)
	_, url := serve(t, []inventory.Part{part(ours, ireland, held, hidden),
		part(stranger, ireland, snap(stranger, "snap-f", doc{"Encrypted": true}), snap(stranger, "snap-g", nil))})
	for key, want := range map[string][]string{ourKey: {"snap-f"}, theirKey: nil, strangerKey: {"snap-f", "snap-g"}} {
		got, err := ec2As(url, key).DescribeSnapshots(t.Context(),
			&ec2.DescribeSnapshotsInput{Filters: filter("snapshot-id", "snap-f", "snap-g", "snap-none")})
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, snapshot := range got.Snapshots {
			ids = append(ids, *snapshot.SnapshotId)
		}
		if diff := cmp.Diff(want, ids); diff != "" {
			t.Errorf("%s: %s", key, diff)
		}
	}
	got, err := ec2As(url, ourKey).DescribeSnapshots(t.Context(), &ec2.DescribeSnapshotsInput{OwnerIds: []string{"self"}})
	if err != nil || len(got.Snapshots) != 0 {
		t.Errorf("got %v, %v", got, err)
	}
}
