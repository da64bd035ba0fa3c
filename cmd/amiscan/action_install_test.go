package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/outside"
)

// stand is a program in place of amiscan: what is installed does not matter here, only whether it is what was released.
const stand = "#!/bin/sh\necho stand-in \"$@\"\n"

// TestActionInstalls downloads releases from a directory in place of the internet.
func TestActionInstalls(t *testing.T) {
	t.Parallel()
	for _, program := range []string{"bash", "curl", "tar"} {
		if outside.ProgramOrLeftOut(t, program) == "" {
			return
		}
	}
	if runtime.GOOS == "windows" {
		t.Skip("the action runs on Linux and macOS")
	}
	archive := fmt.Sprintf("amiscan_0.1.0_%s_%s.tar.gz", runtime.GOOS, runtime.GOARCH)
	data := archived(t, "amiscan", stand)
	sum := fmt.Sprintf("%x", sha256.Sum256(data))
	other := strings.Repeat("0", 64) + "  other.tar.gz\n"
	tests := []struct {
		name, version, checksums, refused string
	}{
		{"release", "v0.1.0", other + sum + "  " + archive + "\n", ""},
		{"other digest", "v0.1.0", strings.Repeat("0", 64) + "  " + archive + "\n", "does not have the checksum"},
		{"not named", "v0.1.0", sum + "  " + archive + ".sbom.json\n", "does not name"},
		{"named twice", "v0.1.0", sum + "  " + archive + "\n" + sum + "  " + archive + "\n", "does not have the checksum"},
		{"no release", "v0.2.0", sum + "  " + archive + "\n", "can't be downloaded"},
		{"elsewhere", "v0.1.0/../v0.1.0", sum + "  " + archive + "\n", "neither a release"},
		{"latest", "latest", sum + "  " + archive + "\n", "neither a release"},
		{"nothing", "", sum + "  " + archive + "\n", "neither a release"},
		{"command", "v0.1.0\n::set-env name=PATH::x", sum + "  " + archive + "\n", "neither a release"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			releases := t.TempDir()
			write(t, filepath.Join(releases, "v0.1.0", archive), data)
			write(t, filepath.Join(releases, "v0.1.0", "checksums.txt"), []byte(test.checksums))
			outputs, printed, err := install(t, test.version, "file://"+releases)
			if test.refused == "" {
				if err != nil || printed != "stand-in version\n" || !strings.HasPrefix(outputs, "binary=") {
					t.Fatalf("printed %q, outputs %q: %v", printed, outputs, err)
				}
				return
			}
			if codeOfProcess(err) != 2 || outputs != "" {
				t.Errorf("exit code %d, outputs %q", codeOfProcess(err), outputs)
			}
			if !strings.Contains(printed, "\n::error title=amiscan::") && !strings.HasPrefix(printed, "::error title=amiscan::") ||
				!strings.Contains(printed, test.refused) || strings.Contains(printed, "\n::set-env") {
				t.Errorf("printed %q", printed)
			}
		})
	}
}

// TestActionBuildsFromSource builds the checkout, as a pull request of this repository does.
func TestActionBuildsFromSource(t *testing.T) {
	t.Parallel()
	if outside.ProgramOrLeftOut(t, "bash") == "" {
		return
	}
	outputs, printed, err := install(t, "source", "file:///nowhere")
	if err != nil || !strings.HasPrefix(printed, "amiscan ") {
		t.Fatalf("printed %q: %v", printed, err)
	}
	binary := strings.TrimSuffix(strings.TrimPrefix(outputs, "binary="), "\n")
	if info, err := os.Stat(binary); err != nil || info.Mode().Perm()&0o100 == 0 {
		t.Fatalf("outputs %q: %v", outputs, err)
	}
}

// install runs scripts/action/install as a runner does.
func install(t *testing.T, version, releases string) (outputs, printed string, err error) {
	t.Helper()
	root, err := filepath.Abs(checkout)
	if err != nil {
		t.Fatal(err)
	}
	temp := t.TempDir()
	file := filepath.Join(temp, "outputs")
	command := exec.CommandContext(t.Context(), filepath.Join(root, "scripts/action/install"))
	command.Env = append(os.Environ(), "VERSION="+version, "RELEASES="+releases, "RUNNER_TEMP="+temp, "GITHUB_OUTPUT="+file,
		"GITHUB_ACTION_PATH="+root)
	text, err := command.CombinedOutput()
	written, _ := os.ReadFile(file)
	return string(written), string(text), err
}

// archived is a .tar.gz of one program.
func archived(t *testing.T, name, content string) []byte {
	t.Helper()
	var data bytes.Buffer
	zipped := gzip.NewWriter(&data)
	files := tar.NewWriter(zipped)
	if err := files.WriteHeader(&tar.Header{Name: name, Mode: 0o755, Size: int64(len(content))}); err != nil {
		t.Fatal(err)
	}
	_, _ = files.Write([]byte(content))
	if err := files.Close(); err != nil {
		t.Fatal(err)
	}
	if err := zipped.Close(); err != nil {
		t.Fatal(err)
	}
	return data.Bytes()
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
