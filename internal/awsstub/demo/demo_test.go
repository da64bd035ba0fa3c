package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestDemonstrate runs the demo as `make demo` does and looks at what a newcomer would see.
func TestDemonstrate(t *testing.T) {
	t.Parallel()
	amiscan := build(t)
	t.Run("stories", func(t *testing.T) {
		t.Parallel()
		checkStories(t, amiscan)
	})
	t.Run("what is sound", func(t *testing.T) {
		t.Parallel()
		checkSound(t, amiscan)
	})
}

func checkStories(t *testing.T, amiscan string) {
	t.Helper()
	dir := t.TempDir()
	text := play(t, amiscan, dir)
	for _, want := range []string{
		"kms:DescribeKey: denied", "every AWS account may launch this image", "exit 3: ", "$ amiscan scan --region eu-west-1",
		"none that writes", "WHAT BREAKS NEXT MONTH", "2026-12-15  lifecycle/ami-deprecated-in-use: payments-20261015",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the demo does not say %q:\n%s", want, text)
		}
	}
	if info, err := os.Stat(filepath.Join(dir, "report.sarif")); err != nil || info.Size() == 0 {
		t.Errorf("the demo leaves no report.sarif: %v", err)
	}
	today, next := read(t, dir, "report.json"), read(t, dir, "next-month.json")
	for _, s := range stories() {
		for _, scene := range s.scenes {
			checkScene(t, today.Findings, scene)
		}
	}
	checkNextMonth(t, onlyIn(next, today))
}

// checkNextMonth expects what a month adds: all of it and nothing else.
func checkNextMonth(t *testing.T, fresh []found) {
	t.Helper()
	for _, scene := range breaksNextMonth() {
		checkScene(t, fresh, scene)
	}
	if len(fresh) != len(breaksNextMonth()) {
		t.Errorf("a month adds %d findings, want %d: %+v", len(fresh), len(breaksNextMonth()), fresh)
	}
}

// checkScene expects one finding with the words of the scene.
func checkScene(t *testing.T, findings []found, s scene) {
	t.Helper()
	messages := []string{}
	for _, f := range findings {
		if f.isOf(s) {
			messages = append(messages, f.Message)
		}
	}
	if len(messages) != 1 {
		t.Errorf("%d findings of %s for %s %s, want one", len(messages), s.policy, s.resource, s.subject)
		return
	}
	for _, word := range s.words {
		if !strings.Contains(messages[0], word) {
			t.Errorf("%s for %s does not say %q: %s", s.policy, s.resource, word, messages[0])
		}
	}
}

// checkSound makes sure that what the demo calls sound was judged, and passes.
func checkSound(t *testing.T, amiscan string) {
	t.Helper()
	report := scanWhole(t, amiscan, t.TempDir())
	for _, want := range []struct{ policy, name string }{
		{"encryption/ami-shared-key-not-usable", "web-20261102"}, {"encryption/ami-shared-key-not-usable", "orders-20261110"},
		{"sharing/ami-shared-untrusted", "web-20261102"}, {"launch/lt-image-gone", "web"}, {"launch/lt-boot-mode-mismatch", "web"},
		{"account/ebs-default-encryption-off", "111122223333/eu-west-1"}, {"account/trail-missing", "111122223333/eu-west-1"},
	} {
		sound := func(f found) bool { return f.Policy == want.policy && f.name() == want.name && f.Outcome == "pass" }
		if !slices.ContainsFunc(report.Findings, sound) {
			t.Errorf("%s does not pass for %s", want.policy, want.name)
		}
	}
}

// scanWhole scans the account once and returns what passes, too.
func scanWhole(t *testing.T, amiscan, dir string) jsonReport {
	t.Helper()
	stub, err := account()
	if err != nil {
		t.Fatal(err)
	}
	url, stop, err := stub.Start()
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	if err := writeConfiguration(dir); err != nil {
		t.Fatal(err)
	}
	var out, notes bytes.Buffer
	s := stage{amiscan: amiscan, out: dir, stub: stub, environment: environment(dir, url), w: &notes}
	if err := s.scan(arguments(dir, observed, "--include-pass", "-o", "json"), &out); err != nil {
		t.Fatalf("%v\n%s", err, notes.String())
	}
	var report jsonReport
	if err := json.Unmarshal(out.Bytes(), &report); err != nil {
		t.Fatal(err)
	}
	return report
}

// TestMissingStory makes sure that the demo does not lead through a story that the report does not tell.
func TestMissingStory(t *testing.T) {
	t.Parallel()
	for _, s := range stories() {
		if err := tell(&bytes.Buffer{}, 1, s, jsonReport{}); err == nil || !strings.Contains(err.Error(), s.scenes[0].policy) {
			t.Errorf("%s: %v", s.title, err)
		}
	}
}

func TestParagraph(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	long := strings.Repeat("x", width)
	paragraph(&out, 2, "one "+long+" two "+strings.Repeat("y", width-5)+" three")
	want := "  one\n  " + long + "\n  two\n  " + strings.Repeat("y", width-5) + "\n  three\n"
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}

func build(t *testing.T) string {
	t.Helper()
	amiscan := filepath.Join(t.TempDir(), "amiscan.exe")
	if text, err := exec.Command("go", "build", "-o", amiscan, "../../../cmd/amiscan").CombinedOutput(); err != nil {
		t.Fatalf("build amiscan: %v\n%s", err, text)
	}
	return amiscan
}

func play(t *testing.T, amiscan, dir string) string {
	t.Helper()
	var out bytes.Buffer
	if err := demonstrate(amiscan, dir, &out); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	return out.String()
}

func read(t *testing.T, dir, name string) jsonReport {
	t.Helper()
	report, err := readReport(dir, name)
	if err != nil {
		t.Fatal(err)
	}
	return report
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
