package main

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/amiscan/amiscan/internal/inventory"
)

// TestShareWith asks the question before the image is shared: would they be able to launch it? The key's policy leaves it to
// its own account.
func TestShareWith(t *testing.T) {
	t.Parallel()
	const stranger = "999988887777"
	_, there := startStub(t, []inventory.Part{estate()})
	fails := func(flags ...string) []string {
		path := filepath.Join(t.TempDir(), "r.json")
		args := append([]string{
			"scan", "--now", judgedAt, "--region", scriptRegion, "--image", estateImage, "--fail-on", "none",
			"--select", "encryption/ami-shared-key-not-usable", "-o", "json=" + path,
		}, flags...)
		if code, _, problems := there.program(t, "amiscan", args...); code != 0 {
			t.Fatalf("exit code %d\n%s", code, problems)
		}
		var subjects []string
		for _, f := range readReport(t, path).Findings {
			if f.Outcome == "fail" {
				subjects = append(subjects, f.Subject)
			}
		}
		return subjects
	}
	before, after := fails(), fails("--share-with", stranger)
	names := func(subject string) bool { return subject == stranger || len(subject) > 12 && subject[:12] == stranger }
	if slices.ContainsFunc(before, names) || !slices.ContainsFunc(after, names) {
		t.Errorf("fails for %q, and if it is shared, for %q", before, after)
	}
}
