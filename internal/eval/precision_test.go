package eval_test

import (
	"slices"
	"testing"

	"github.com/amiscan/amiscan/internal/inventory"
)

// TestGapsCostCertaintyOnlyWhereTheyMatter: what a policy can say without a fact, it says.
func TestGapsCostCertaintyOnlyWhereTheyMatter(t *testing.T) {
	t.Parallel()
	engine := loadEmbedded(t)
	tests := []struct {
		kind, name string
		without    []string
		policy     string
		want       string
	}{
		{inventory.AMI, "sound", []string{"references"}, "lifecycle/ami-deprecated-in-use", "pass"},
		{inventory.AMI, "deprecated, named by one", []string{"references"}, "lifecycle/ami-deprecated-in-use",
			notCollected},
		{inventory.AMI, "deprecated, named by no template", []string{"image"}, "lifecycle/ami-deprecated-in-use", "pass"},
		{inventory.AMI, "deprecated, named by one", []string{"image"}, "lifecycle/ami-deprecated-in-use", notCollected},
		{inventory.AMI, "paravirtual, without ENA, root not mapped, one mapping in the clear", []string{"snapshots"},
			"encryption/ami-mapping-unencrypted", "fail"},
		{inventory.AMI, "hvm without ENA; mappings that leave it to their snapshots", []string{"snapshots"},
			"encryption/ami-mapping-unencrypted", notCollected},
		{inventory.AMI, "sound", []string{"snapshots"}, "encryption/ami-mapping-unencrypted", "pass"},
		{inventory.AMI, "too old, without a deprecation date, public, shared with strangers", []string{"organization"},
			"sharing/ami-shared-untrusted", "fail"},
		{inventory.AMI, "one second short of too old, shared with its own organization, OU and owner",
			[]string{"organization"},
			"sharing/ami-shared-untrusted", notCollected},
		{inventory.AMI, "shared with a trusted account and a trusted OU", []string{"organization"},
			"sharing/ami-shared-untrusted", "pass"},
		{inventory.AMI, "sound", []string{"image"}, "readiness/ami-not-hvm", notCollected},
		{inventory.LaunchTemplate, "names an image that is gone", []string{"parameters"}, "launch/lt-image-gone", "fail"},
		{inventory.LaunchTemplate, "names an image that is there", []string{"images"}, "launch/lt-image-gone",
			notCollected},
		{inventory.LaunchTemplate, "names no image", []string{"images", "parameters"}, "launch/lt-image-gone", "pass"},
		{inventory.LaunchTemplate, "through one that does not exist", []string{"images"}, "launch/lt-image-gone", "fail"},
		{inventory.KMSKey, "enabled", []string{"key"}, "encryption/kms-key-pending-deletion", notCollected},
		{inventory.Snapshot, "public", []string{"snapshot_permissions"}, "sharing/snapshot-public", "fail"},
		{inventory.Snapshot, "public", []string{"snapshot_public"}, "sharing/snapshot-public", notCollected},
	}
	for _, test := range tests {
		t.Run(test.kind+" "+test.name, func(t *testing.T) {
			t.Parallel()
			samples := readSamples(t, test.kind)
			i := slices.IndexFunc(samples, func(s sample) bool { return s.Name == test.name })
			if i < 0 {
				t.Fatal("no such sample")
			}
			gap := samples[i].lack(0, test.without, inventory.Denied)
			if got := judgeSamples(t, engine, []sample{gap.sample}, test.policy)[0][test.policy]; got.verdict != test.want {
				t.Errorf("%s without %v: %q, want %q", test.policy, test.without, got.verdict, test.want)
			}
		})
	}
}
