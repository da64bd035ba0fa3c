package finding_test

import (
	"testing"
	"testing/quick"

	"github.com/amiscan/amiscan/internal/finding"
)

// image is a resource with everything that keys are made of.
func image() finding.Resource {
	return finding.Resource{
		Kind: "ami", Partition: "aws", Account: "111122223333", Region: "eu-west-1", ID: "ami-0123456789abcdef0",
		Lineage: "web", Device: "/dev/xvda",
	}
}

// TestGoldenKeys holds keys for good: every baseline and every open alert hangs on them. The values were computed by
// another program, in another language. If this test fails, the version tags of the keys must change.
func TestGoldenKeys(t *testing.T) {
	t.Parallel()
	const (
		fingerprint = "ae95c85c6fcf9ff35913d2690c22f2bb866cdcb90bbc166a4f1b30108c3a18a3"
		alertKey    = "e6faf3c181057f96d8108ca8efe7161f7db925fcb1ecba2839864c84f1aaecff"
	)
	if got := finding.NewFingerprint("sharing/ami-public", image(), "444455556666"); got != fingerprint {
		t.Errorf("fingerprint %s, want %s", got, fingerprint)
	}
	if got := finding.NewAlertKey("sharing/ami-public", image(), "444455556666"); got != alertKey {
		t.Errorf("alert key %s, want %s", got, alertKey)
	}
}

// changes are the parts of a finding's identity, and whether each is part of a key.
func changes() []struct {
	name                  string
	change                func(policy *string, r *finding.Resource, subject *string)
	fingerprint, alertKey bool
} {
	return []struct {
		name                  string
		change                func(policy *string, r *finding.Resource, subject *string)
		fingerprint, alertKey bool
	}{
		{"policy", func(p *string, _ *finding.Resource, _ *string) { *p += "x" }, true, true},
		{"subject", func(_ *string, _ *finding.Resource, s *string) { *s += "x" }, true, true},
		{"kind", func(_ *string, r *finding.Resource, _ *string) { r.Kind += "x" }, true, true},
		{"partition", func(_ *string, r *finding.Resource, _ *string) { r.Partition += "x" }, true, true},
		{"account", func(_ *string, r *finding.Resource, _ *string) { r.Account += "x" }, true, true},
		{"region", func(_ *string, r *finding.Resource, _ *string) { r.Region += "x" }, true, true},
		{"id", func(_ *string, r *finding.Resource, _ *string) { r.ID += "x" }, true, false},
		{"lineage", func(_ *string, r *finding.Resource, _ *string) { r.Lineage += "x" }, false, true},
		{"device", func(_ *string, r *finding.Resource, _ *string) { r.Device += "x" }, false, true},
		{"name", func(_ *string, r *finding.Resource, _ *string) { r.Name += "x" }, false, false},
		{"ARN", func(_ *string, r *finding.Resource, _ *string) { r.ARN += "x" }, false, false},
		{"owner", func(_ *string, r *finding.Resource, _ *string) { r.Owner += "x" }, false, false},
		{"account's name", func(_ *string, r *finding.Resource, _ *string) { r.AccountName += "x" }, false, false},
		{"OU", func(_ *string, r *finding.Resource, _ *string) { r.OU += "x" }, false, false},
	}
}

// TestWhatKeysHold changes one thing at a time.
func TestWhatKeysHold(t *testing.T) {
	t.Parallel()
	for _, test := range changes() {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			policy, r, subject := "p/q", image(), "s"
			fingerprint, alertKey := finding.NewFingerprint(policy, r, subject), finding.NewAlertKey(policy, r, subject)
			test.change(&policy, &r, &subject)
			if changed := finding.NewFingerprint(policy, r, subject) != fingerprint; changed != test.fingerprint {
				t.Errorf("the fingerprint changed: %t, want %t", changed, test.fingerprint)
			}
			if changed := finding.NewAlertKey(policy, r, subject) != alertKey; changed != test.alertKey {
				t.Errorf("the alert key changed: %t, want %t", changed, test.alertKey)
			}
		})
	}
}

// TestAlertKeyWithoutLineage falls back to the id.
func TestAlertKeyWithoutLineage(t *testing.T) {
	t.Parallel()
	a, b := image(), image()
	a.Lineage, b.Lineage, b.ID = "", "", "ami-0fedcba9876543210"
	if finding.NewAlertKey("p/q", a, "") == finding.NewAlertKey("p/q", b, "") {
		t.Error("two images without lineage share an alert key")
	}
}

// TestPartsDoNotRunIntoEachOther moves text from one part to its neighbour.
func TestPartsDoNotRunIntoEachOther(t *testing.T) {
	t.Parallel()
	differ := func(a, b string) bool {
		if b == "" {
			return true
		}
		whole := finding.Resource{Account: a + b, Region: "r"}
		split := finding.Resource{Account: a, Region: b + "r"}
		return finding.NewFingerprint("p", whole, "") != finding.NewFingerprint("p", split, "")
	}
	if err := quick.Check(differ, nil); err != nil {
		t.Error(err)
	}
}
