package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestDemonstrate runs the demo as `make demo` does and looks at what a newcomer would see.
func TestDemonstrate(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	amiscan := filepath.Join(dir, "amiscan.exe")
	if text, err := exec.Command("go", "build", "-o", amiscan, "../../../cmd/amiscan").CombinedOutput(); err != nil {
		t.Fatalf("build amiscan: %v\n%s", err, text)
	}
	var out bytes.Buffer
	if err := demonstrate(amiscan, dir, &out); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	for _, want := range []string{
		"kms:DescribeKey: denied", "every AWS account may launch this image", "does not resolve here",
		"777788889999", "exit 3: 1 unit incomplete", "bin/amiscan scan --region", "none that writes",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the demo does not say %q:\n%s", want, out.String())
		}
	}
	for _, name := range []string{"report.json", "report.sarif"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() == 0 {
			t.Errorf("the demo leaves no %s: %v", name, err)
		}
	}
}

// TestEnvironmentIsCleared makes sure that nothing of the user's shell reaches amiscan.
func TestEnvironmentIsCleared(t *testing.T) {
	t.Setenv("AWS_PROFILE", "production")
	t.Setenv("AWS_SESSION_TOKEN", "secret")
	t.Setenv("HTTPS_PROXY", "http://proxy.example")
	for _, variable := range environment(t.TempDir(), "http://127.0.0.1:1") {
		name, value, _ := strings.Cut(variable, "=")
		if name == "AWS_PROFILE" || name == "AWS_SESSION_TOKEN" || name == "HTTPS_PROXY" || value == "secret" {
			t.Errorf("%s goes through", name)
		}
	}
}
