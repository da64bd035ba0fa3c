package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/amiscan/amiscan/internal/awsstub"
	madeup "github.com/amiscan/amiscan/internal/awsstub/estate"
	"github.com/amiscan/amiscan/internal/inventory"
)

// A run that is told to stop ends with 130 and leaves whole units alone; the next one goes on from there, and leaves what an
// undisturbed one does.
func TestStoppedAuditGoesOn(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no SIGTERM")
	}
	size := madeup.Size{Seed: 3, Accounts: 12, Regions: []string{"eu-west-1", "us-east-1"}, LargeImages: 20}
	_, quiet := startEstate(t, size)
	alone := filepath.Join(t.TempDir(), "inventory")
	collectInto(t, quiet, alone)

	stub, slow := startEstate(t, size, awsstub.Latency(2*time.Millisecond))
	path := filepath.Join(t.TempDir(), "inventory")
	worker := startShard(t, slow, path, 0)
	awaitCalls(t, stub, 200)
	if err := worker.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := codeOfProcess(worker.Wait()); code != 130 {
		t.Errorf("exit code %d\n%s", code, worker.Stderr)
	}
	for name := range filesOf(t, path) {
		if base := filepath.Base(name); base != "manifest.json" && base != "part.jsonl.zst" {
			t.Errorf("%s was left", name)
		}
	}
	if code, report, _ := quiet.program(t, "amiscan-clock", "eval", path, "-o", "json"); code != 3 ||
		!strings.Contains(string(report), "nothing was read of") {
		t.Errorf("half an audit: exit code %d", code)
	}
	collectInto(t, slow, path)
	sameFiles(t, alone, path)
}

// An account that closes half way costs its own units certainty and nobody else anything.
func TestAccountThatClosesHalfWay(t *testing.T) {
	t.Parallel()
	_, there := startStub(t, orgParts(t), awsstub.Fail("*", awsstub.Fault{Deny: true, ForAccount: webAccount, FromCall: 3}))
	path := filepath.Join(t.TempDir(), "inventory")
	code, _, problems := there.program(t, "amiscan", "collect", "--org", "--select", "sharing/*", "--inventory", path)
	if code != 0 && code != 3 {
		t.Fatalf("exit code %d\n%s", code, problems)
	}
	code, report, problems := there.program(t, "amiscan", "eval", path, "--select", "sharing/*", "--include-pass", "-o", "json")
	if code != 3 {
		t.Errorf("eval: exit code %d\n%s", code, problems)
	}
	for line := range strings.Lines(string(report)) {
		if strings.Contains(line, `"outcome":"pass"`) && strings.Contains(line, `"account":"`+webAccount) &&
			strings.Contains(line, "launch_permissions") {
			t.Errorf("an all-clear for what was not read: %s", line)
		}
		if strings.Contains(line, `"outcome":"unknown"`) && strings.Contains(line, `"account":"`+dataAccount+`","account_name"`) {
			t.Errorf("another account lost certainty: %s", line)
		}
	}
}

// A disk that is full ends the run with one line and exit code 3. What was stored before is whole, and the next run goes on.
func TestAuditOnAFullDisk(t *testing.T) {
	t.Parallel()
	shell, err := exec.LookPath("sh")
	if err != nil || runtime.GOOS == "windows" {
		t.Skip("limits on files are set by a shell")
	}
	parts := orgParts(t)
	for i, part := range parts {
		if part.Account == dataAccount && part.Region == "us-east-1" {
			parts[i].Resources = append(part.Resources, wordyImages(t, part.Unit, 150)...)
		}
	}
	_, there := startStub(t, parts)
	for _, command := range []string{"collect", "scan"} {
		path := filepath.Join(t.TempDir(), "inventory")
		args := []string{command, "--org", "--select", "sharing/ami-public", "--quiet", "--inventory", path}
		limited := append([]string{"-c", `ulimit -f 8; exec amiscan "$@"`, "sh"}, args...)
		code, _, problems := there.program(t, shell, limited...)
		if code != 3 || strings.Count(problems, "error:") != 1 || !strings.Contains(problems, "put part") {
			t.Errorf("%s: exit code %d\n%s", command, code, problems)
		}
		if _, err := os.Stat(filepath.Join(path, "account="+dataAccount, "region=us-east-1", "part.jsonl.zst")); err == nil {
			t.Errorf("%s: a part that did not fit is there", command)
		}
		args[0] = "collect"
		if code, _, problems := there.program(t, "amiscan", args...); code != 0 {
			t.Errorf("with room: exit code %d\n%s", code, problems)
		}
	}
}

// The list of accounts is a part like any other.
func TestListOnAFullDisk(t *testing.T) {
	t.Parallel()
	shell, err := exec.LookPath("sh")
	if err != nil || runtime.GOOS == "windows" {
		t.Skip("limits on files are set by a shell")
	}
	parts := orgParts(t)
	random := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		id := fmt.Sprintf("7%011d", random.IntN(1e9))
		r := inventory.NewResource(inventory.Account, inventory.Unit{Partition: "aws", Account: id, Region: inventory.Global}, id)
		r.Facts["account"] = orgFact(t, map[string]any{
			"Id": id, "Name": fmt.Sprintf("%016x", random.Uint64()), "State": "CLOSED",
			"Arn": "arn:aws:organizations::" + managementAccount + ":account/o-exampleorgid/" + id,
		})
		parts[0].Resources = append(parts[0].Resources, r)
	}
	_, there := startStub(t, parts)
	for _, command := range []string{"collect", "scan"} {
		code, _, problems := there.program(t, shell, "-c", `ulimit -f 4; exec amiscan "$@"`, "sh", command, "--org",
			"--select", "sharing/ami-public", "--quiet", "--inventory", filepath.Join(t.TempDir(), "inventory"))
		if code != 3 || strings.Count(problems, "error:") != 1 || !strings.Contains(problems, "put part") {
			t.Errorf("%s: exit code %d\n%s", command, code, problems)
		}
	}
}

// wordyImages are images that no compression makes small.
func wordyImages(t *testing.T, unit inventory.Unit, n int) []inventory.Resource {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	var images []inventory.Resource
	for i := range n {
		image := inventory.NewResource(inventory.AMI, unit, fmt.Sprintf("ami-0%016x", i+1))
		var words strings.Builder
		for range 12 {
			fmt.Fprintf(&words, "%016x", random.Uint64())
		}
		image.Facts["image"] = orgFact(t, map[string]any{
			"ImageId": image.ID, "OwnerId": unit.Account, "State": "available", "Public": false, "Description": words.String(),
		})
		images = append(images, image)
	}
	return images
}
