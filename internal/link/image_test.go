package link_test

import (
	"testing"

	"github.com/amiscan/amiscan/internal/inventory"
)

const (
	seesImages    = "ec2:DescribeImages"
	seesSnapshots = "ec2:DescribeSnapshots"
)

func TestSnapshotsOfAnImage(t *testing.T) {
	t.Parallel()
	const s1, s2 = `{"SnapshotId":"snap-1","KmsKeyId":""}`, `{"SnapshotId":"snap-2","KmsKeyId":""}`
	runLinkTests(t, inventory.AMI, imageID, "snapshots", []linkTest{
		{"whole", whole().image(imageID, "snap-2", "snap-1").snapshot("snap-1", "").snapshot("snap-2", ""),
			inventory.Known, "[" + s2 + "," + s1 + "]", nil},
		{"mapped twice", whole().image(imageID, "snap-1", "snap-1").snapshot("snap-1", ""), inventory.Known,
			"[" + s1 + "]", nil},
		{"none mapped", whole().image(imageID), inventory.Known, "[]", nil},
		{"gone", whole().image(imageID, "snap-1", "snap-2").snapshot("snap-2", ""), inventory.Known, "[" + s2 + "]", nil},
		{"not found by itself", whole().image(imageID, "snap-1").put(inventory.Snapshot, "snap-1", "snapshot",
			inventory.NotFound),
			inventory.Known, "[]", nil},
		{"listing denied", whole().image(imageID, "snap-1", "snap-2").snapshot("snap-2",
			"").covered(inventory.Snapshot, inventory.Denied, ""),
			inventory.Denied, "[" + s2 + "]", []inventory.Gap{gap("snapshot", inventory.Denied, seesSnapshots, "Code")}},
		{"listing narrowed", whole().image(imageID, "snap-1").covered(inventory.Snapshot, inventory.Known, "import"),
			inventory.NotCollected, "[]", []inventory.Gap{gap("snapshot", inventory.NotCollected, seesSnapshots, "")}},
		{"one not visible, one throttled", whole().image(imageID, "snap-1", "snap-2").
			put(inventory.Snapshot, "snap-1", "snapshot", inventory.NotVisible).put(inventory.Snapshot, "snap-2",
			"snapshot", inventory.Throttled),
			inventory.Throttled, "[]", []inventory.Gap{
				gap("snapshot", inventory.NotVisible, seesSnapshots, "Code"), gap("snapshot", inventory.Throttled,
					seesSnapshots, "Code"),
			}},
		{"one throttled, one not visible", whole().image(imageID, "snap-1", "snap-2").
			put(inventory.Snapshot, "snap-1", "snapshot", inventory.Throttled).put(inventory.Snapshot, "snap-2",
			"snapshot", inventory.NotVisible),
			inventory.Throttled, "[]", []inventory.Gap{
				gap("snapshot", inventory.Throttled, seesSnapshots, "Code"), gap("snapshot", inventory.NotVisible,
					seesSnapshots, "Code"),
			}},
		{"two throttled alike", whole().image(imageID, "snap-1", "snap-2").
			put(inventory.Snapshot, "snap-1", "snapshot", inventory.Throttled).put(inventory.Snapshot, "snap-2",
			"snapshot", inventory.Throttled),
			inventory.Throttled, "[]", []inventory.Gap{gap("snapshot", inventory.Throttled, seesSnapshots, "Code")}},
		{"image denied", whole().put(inventory.AMI, imageID, "image", inventory.Denied),
			inventory.Denied, "[]", []inventory.Gap{gap("image", inventory.Denied, seesImages, "Code")}},
		{"image never asked for", whole().put(inventory.AMI, imageID, "other", "1"),
			inventory.NotCollected, "[]", []inventory.Gap{gap("image", inventory.NotCollected, seesImages, "")}},
		{"image not found", whole().put(inventory.AMI, imageID, "image", inventory.NotFound), inventory.Known, "[]", nil},
		{"image in another shape", whole().put(inventory.AMI, imageID, "image", `{"BlockDeviceMappings":"none"}`),
			inventory.Error, "[]", []inventory.Gap{gap("image", inventory.Error, seesImages, "")}},
		{"snapshot of two images", whole().image("ami-0", "snap-1").image(imageID, "snap-1").snapshot("snap-1", ""),
			inventory.Known, "[" + s1 + "]", nil},
	})
}

func TestSnapshotPermissionsOfAnImage(t *testing.T) {
	t.Parallel()
	runLinkTests(t, inventory.AMI, imageID, "snapshot_permissions", []linkTest{
		{"whole", whole().image(imageID, "snap-1").put(inventory.Snapshot, "snap-1", "snapshot_permissions",
			`[{"Group":"all"}]`),
			inventory.Known, `[{"CreateVolumePermissions":[{"Group":"all"}],"SnapshotId":"snap-1"}]`, nil},
		{"never asked for", whole().image(imageID, "snap-1").snapshot("snap-1", ""), inventory.NotCollected, "[]",
			[]inventory.Gap{gap("snapshot_permissions", inventory.NotCollected, "ec2:DescribeSnapshotAttribute", "")}},
		{"denied", whole().image(imageID, "snap-1").put(inventory.Snapshot, "snap-1", "snapshot_permissions",
			inventory.Denied),
			inventory.Denied, "[]", []inventory.Gap{gap("snapshot_permissions", inventory.Denied,
				"ec2:DescribeSnapshotAttribute", "Code")}},
		{"gone", whole().image(imageID, "snap-1"), inventory.Known, "[]", nil},
	})
}

func TestKeysOfAnImage(t *testing.T) {
	t.Parallel()
	const key = `{"Arn":"k"}`
	missingKey := func(status inventory.Status, code string) []inventory.Gap {
		return []inventory.Gap{gap("key", status, "kms:DescribeKey", code)}
	}
	runLinkTests(t, inventory.AMI, imageID, "keys", []linkTest{
		{"shared by two snapshots", whole().image(imageID, "snap-1", "snap-2").snapshot("snap-1",
			keyID).snapshot("snap-2", keyID).
			put(inventory.KMSKey, keyID, "key", key), inventory.Known, "[" + key + "]", nil},
		{"not encrypted", whole().image(imageID, "snap-1").snapshot("snap-1", ""), inventory.Known, "[]", nil},
		{"deleted", whole().image(imageID, "snap-1").snapshot("snap-1", keyID).put(inventory.KMSKey, keyID, "key",
			inventory.NotFound),
			inventory.Known, "[]", nil},
		{"denied", whole().image(imageID, "snap-1").snapshot("snap-1", keyID).put(inventory.KMSKey, keyID, "key",
			inventory.Denied),
			inventory.Denied, "[]", missingKey(inventory.Denied, "Code")},
		{"not visible", whole().image(imageID, "snap-1").snapshot("snap-1", keyID).put(inventory.KMSKey, keyID, "key",
			inventory.NotVisible),
			inventory.NotVisible, "[]", missingKey(inventory.NotVisible, "Code")},
		{"never asked for, though all snapshots were listed", whole().image(imageID, "snap-1").snapshot("snap-1", keyID),
			inventory.NotCollected, "[]", missingKey(inventory.NotCollected, "")},
		{"of a snapshot that was not listed", whole().image(imageID, "snap-1").covered(inventory.Snapshot,
			inventory.Throttled, ""),
			inventory.Throttled, "[]", []inventory.Gap{gap("snapshot", inventory.Throttled, seesSnapshots, "Code")}},
		{"of a snapshot in another shape", whole().image(imageID, "snap-1").put(inventory.Snapshot, "snap-1",
			"snapshot", `{"KmsKeyId":7}`),
			inventory.Error, "[]", []inventory.Gap{gap("snapshot", inventory.Error, seesSnapshots, "")}},
	})
}

func TestOrganizationOfAnImage(t *testing.T) {
	t.Parallel()
	settings := unit.Account + "/" + unit.Region
	tests := []struct {
		name   string
		value  any
		status inventory.Status
	}{
		{"known", `{"Id":"o-1"}`, inventory.Known},
		{"in none", inventory.NotFound, inventory.NotFound},
		{"denied", inventory.Denied, inventory.Denied},
		{"never asked for", nil, inventory.NotCollected},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := whole().image(imageID)
			if test.value != nil {
				p.put(inventory.Settings, settings, "organization", test.value)
			}
			got := p.fact(t, inventory.AMI, imageID, "organization")
			if got.Status != test.status || got.Action != "organizations:DescribeOrganization" {
				t.Errorf("fact is %+v", got)
			}
		})
	}
}
