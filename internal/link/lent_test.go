package link_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
)

const (
	lentSnapshot = `{"SnapshotId":"snap-9","KmsKeyId":"` + central + `"}`
	centralKey   = `{"Arn":"` + central + `","KeyManager":"CUSTOMER"}`
)

// lending is the unit of an account that shares an image under its key.
func lending(permissions any) *part {
	return owning().image("ami-9", "snap-9").snapshot("snap-9", central).
		put(inventory.AMI, "ami-9", "launch_permissions", permissions)
}

// borrowing is a unit whose template launches that image. It sees the image, and not what lies behind.
func borrowing(data string) *part {
	return launching(data).defaultKey(inventory.NotFound).put(inventory.ForeignImage, "ami-9", "image",
		`{"ImageId":"ami-9","BlockDeviceMappings":[{"DeviceName":"/dev/sda","Ebs":{"SnapshotId":"snap-9","Encrypted":true}}]}`)
}

// Whose image it is sees the snapshots behind it, and knows their key.
func TestSnapshotBehindASharedImage(t *testing.T) {
	t.Parallel()
	const toAccount, launched = `[{"UserId":"111122223333"}]`, `{"ImageId":"ami-9"}`
	const besides = `{"ImageId":"ami-9","BlockDeviceMappings":[{"DeviceName":"/dev/sdx","Ebs":{"SnapshotId":"snap-9"}}]}`
	unnamed := lending(toAccount)
	unnamed.snapshot("snap-9", "")
	tests := []struct {
		name            string
		own             *part
		world           link.World
		snapshots, keys string
	}{
		{"shared with the account", borrowing(launched), worldOf(lending(toAccount)), "[" + lentSnapshot + "]", "[" + centralKey + "]"},
		{"shared with its organization", borrowing(launched), worldOf(lending(`[{"OrganizationArn":"` + ownOrg + `"}]`)),
			"[" + lentSnapshot + "]", "[" + centralKey + "]"},
		{"nobody here looks at the other account", borrowing(launched), worldOf(), "[]", "[]"},
		{"it is not known with whom it is shared", borrowing(launched), worldOf(lending(inventory.Denied)), "[]", "[]"},
		{"shared with all alone", borrowing(launched), worldOf(lending(`[{"Group":"all"}]`)), "[]", "[]"},
		{"the owner does not know the key's policy", borrowing(launched),
			worldOf(lending(toAccount).put(inventory.KMSKey, central, "key_policy", inventory.Denied)), "[]", "[]"},
		{"under no key", borrowing(launched), worldOf(unnamed), "[]", "[]"},
		{"of another region", borrowing(launched), worldOf(lending(toAccount).movedTo("us-east-1")), "[]", "[]"},
		{"what the account itself sees stands", borrowing(launched).put(inventory.ForeignSnapshot, "snap-9", "snapshot",
			`{"SnapshotId":"snap-9"}`), worldOf(lending(toAccount)), `[{"SnapshotId":"snap-9"}]`, "[]"},
		{"the launch names it, and does not see it", borrowing(besides), worldOf(lending(toAccount)), "[]", "[]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			for name, want := range map[string]string{"snapshots": test.snapshots, "keys": test.keys} {
				got := test.own.factIn(t, test.world, inventory.LaunchTemplate, templateID, name)
				if diff := cmp.Diff(want, string(got.Value)); diff != "" || got.Gaps != nil {
					t.Errorf("%s (-want +got):\n%s\n%v", name, diff, got.Gaps)
				}
			}
		})
	}
}

// However many images are shared, only so much is kept of what lies behind them.
func TestLentSnapshotsAreBounded(t *testing.T) {
	t.Parallel()
	long := `{"SnapshotId":"snap-9","KmsKeyId":"` + central + `","Description":"` + strings.Repeat("x", 33<<20) + `"}`
	lender := lending(`[{"UserId":"111122223333"}]`).put(inventory.Snapshot, "snap-9", "snapshot", long)
	got := borrowing(`{"ImageId":"ami-9"}`).factIn(t, worldOf(lender), inventory.LaunchTemplate, templateID, "snapshots")
	if string(got.Value) != "[]" {
		t.Errorf("%d bytes of a snapshot are kept", len(got.Value))
	}
}

// movedTo is the same unit in another region.
func (p *part) movedTo(region string) *part {
	p.Region = region
	for i := range p.Resources {
		p.Resources[i].Region = region
	}
	return p
}
