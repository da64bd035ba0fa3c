//go:build unix

package main

import (
	"bufio"
	"bytes"

	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

const (
	// auditLatency is how long every answer takes, auditInFlight how many calls are under way at once.
	auditLatency  = 100 * time.Millisecond
	auditInFlight = 256
	// usualAccounts is how many accounts the organization has unless AMISCAN_BENCH_ACCOUNTS says otherwise.
	usualAccounts = 2000
	// nearLatency is how much longer than the answers an audit may take, mostResident the MiB that it may have in memory.
	nearLatency  = 1.2
	mostResident = 512
)

// BenchmarkAudit reads an organization that another process serves, and judges what it read, as the programs are shipped.
func BenchmarkAudit(b *testing.B) {
	accounts := benchAccounts(b)
	programs := buildPrograms(b)
	inventory := filepath.Join(b.TempDir(), "inventory")
	b.Run("collect", func(b *testing.B) {
		for b.Loop() {
			// Another run would find everything there.
			if err := os.RemoveAll(inventory); err != nil {
				b.Fatal(err)
			}
			collectOrganization(b, programs, accounts, inventory)
		}
	})
	b.Run("eval", func(b *testing.B) {
		for b.Loop() {
			judgeOrganization(b, programs, inventory)
		}
	})
}

// collectOrganization prints the time beside the least that the answers take, and the memory.
func collectOrganization(b *testing.B, programs string, accounts int, inventory string) {
	b.Helper()
	there := serveOrganization(b, programs, accounts)
	ran := runProgram(b, there.environment, filepath.Join(programs, "amiscan"), "collect", "--org", "--politeness", "1",
		"--in-flight", strconv.Itoa(auditInFlight), "--quiet", "--inventory", inventory)
	units := firstNumber(b, `(\d+) of \d+ units`, ran.said)
	calls := firstNumber(b, `(\d+) requests`, there.end(b))
	floor := time.Duration(calls) * auditLatency / auditInFlight
	ratio := ran.took.Seconds() / floor.Seconds()
	b.ReportMetric(float64(accounts), "accounts")
	b.ReportMetric(float64(units), "units")
	b.ReportMetric(float64(calls), "calls")
	b.ReportMetric(floor.Seconds(), "floor-s")
	b.ReportMetric(ratio, "wall/floor")
	ran.report(b)
	if ratio > nearLatency {
		b.Errorf("%d calls of %d units took %.0f s, %.2f times the floor of %.0f s, want at most %.1f", calls, units,
			ran.took.Seconds(), ratio, floor.Seconds(), nearLatency)
	}
}

// judgeOrganization prints how long judging takes, the memory, and how long the report is.
func judgeOrganization(b *testing.B, programs, inventory string) {
	b.Helper()
	report := filepath.Join(b.TempDir(), "report.json")
	runProgram(b, os.Environ(), filepath.Join(programs, "amiscan"), "eval", inventory, "--fail-on", "none", "--allow-partial",
		"--now", judgedAt, "--quiet", "-o", "json="+report).report(b)
	info, err := os.Stat(report)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(info.Size())/1e6, "report-MB")
}

// programRun is a program that ran.
type programRun struct {
	said     string
	took     time.Duration
	resident float64
}

// report prints what a program took.
func (r programRun) report(b *testing.B) {
	b.Helper()
	b.ReportMetric(r.took.Seconds(), "wall-s")
	b.ReportMetric(r.resident, "resident-MiB")
	if r.resident >= mostResident {
		b.Errorf("%.0f MiB were resident in %.0f s, want less than %d", r.resident, r.took.Seconds(), mostResident)
	}
}

// runProgram runs a program to its good end.
func runProgram(b *testing.B, environment []string, name string, args ...string) programRun {
	b.Helper()
	var said bytes.Buffer
	command := exec.CommandContext(b.Context(), name, args...)
	command.Env, command.Stdout, command.Stderr = environment, &said, &said
	begin := time.Now()
	if err := command.Run(); err != nil {
		b.Fatalf("%v: %v\n%s", command, err, said.String())
	}
	return programRun{said.String(), time.Since(begin), residentMiB(command.ProcessState)}
}

// residentMiB is the most that a process had in memory. Linux and BSD tell KiB, macOS bytes.
func residentMiB(state *os.ProcessState) float64 {
	most := float64(state.SysUsage().(*syscall.Rusage).Maxrss) / 1024
	if runtime.GOOS == "darwin" {
		return most / 1024
	}
	return most
}

// organization is a process that serves one.
type organization struct {
	command     *exec.Cmd
	said        *bytes.Buffer
	environment []string
}

func serveOrganization(b *testing.B, programs string, accounts int) organization {
	b.Helper()
	o := organization{said: &bytes.Buffer{}}
	o.command = exec.CommandContext(b.Context(), filepath.Join(programs, "serve"),
		"-accounts", strconv.Itoa(accounts), "-latency", auditLatency.String())
	o.command.Stderr, o.command.Cancel = o.said, func() error { return o.command.Process.Signal(os.Interrupt) }
	out, err := o.command.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := o.command.Start(); err != nil {
		b.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.Fatal(err, o.said)
	}
	o.environment = append(strings.Fields(line), "HOME="+b.TempDir(), "NO_PROXY=127.0.0.1")
	return o
}

// end ends the process and returns what it says of what was asked.
func (o organization) end(b *testing.B) string {
	b.Helper()
	if err := o.command.Process.Signal(os.Interrupt); err != nil {
		b.Fatal(err)
	}
	if err := o.command.Wait(); err != nil {
		b.Fatal(err, o.said)
	}
	return o.said.String()
}

// buildPrograms builds amiscan and the stub that serves organizations.
func buildPrograms(b *testing.B) string {
	b.Helper()
	dir := b.TempDir()
	command := exec.CommandContext(b.Context(), "go", "build", "-o", dir+"/", ".", "../../internal/awsstub/serve")
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := command.CombinedOutput(); err != nil {
		b.Fatalf("go build: %v\n%s", err, out)
	}
	return dir
}

func benchAccounts(b *testing.B) int {
	b.Helper()
	text := os.Getenv("AMISCAN_BENCH_ACCOUNTS")
	if text == "" {
		return usualAccounts
	}
	accounts, err := strconv.Atoi(text)
	if err != nil {
		b.Fatalf("AMISCAN_BENCH_ACCOUNTS: %v", err)
	}
	return accounts
}

// firstNumber finds a number in what a program said.
func firstNumber(b *testing.B, pattern, said string) int {
	b.Helper()
	found := regexp.MustCompile(pattern).FindStringSubmatch(said)
	if found == nil {
		b.Fatalf("%q is not in %s", pattern, said)
	}
	n, err := strconv.Atoi(found[1])
	if err != nil {
		b.Fatal(err)
	}
	return n
}
