// Package outside gives tests what they hold amiscan against: other people's programs and files, which scripts/setup-tests
// installs and names in variables of the environment. Only tests use it.
package outside

import (
	"fmt"
	"os"
	"os/exec"
	"testing"
)

// The variables that name what scripts/setup-tests installs.
const (
	AWSCLI         = "AMISCAN_AWSCLI"
	Moto           = "AMISCAN_MOTO"
	Python         = "AMISCAN_PYTHON"
	SARIFMultitool = "AMISCAN_SARIF_MULTITOOL"
	SARIFSchema    = "AMISCAN_SARIF_SCHEMA"
)

// OrLeftOut returns the value of a variable. Where it is not set, the test is left out: see LeaveOut.
func OrLeftOut(t testing.TB, variable string) string {
	t.Helper()
	value := os.Getenv(variable)
	if value == "" {
		LeaveOut(t, variable+" is not set")
	}
	return value
}

// ProgramOrLeftOut returns the path of a program of the machine. Where it is not installed, the test is left out: see
// LeaveOut.
func ProgramOrLeftOut(t testing.TB, name string) string {
	t.Helper()
	program, err := exec.LookPath(name)
	if err != nil {
		LeaveOut(t, "no "+name)
		return ""
	}
	return program
}

// LeaveOut says what a test can't do here, and why; the test has to return. Where CI=true, nothing may be left out: the
// test fails.
func LeaveOut(t testing.TB, why string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("left out: %s (%s)", t.Name(), why)
	}
	// Not t.Log, which nobody sees of a test that passes.
	_, _ = fmt.Fprintf(os.Stdout, "left out: %s (%s)\n", t.Name(), why)
}
