// Command demo shows amiscan at work without an AWS account: it serves a made-up account on a free loopback port and runs
// the real amiscan against it, with an environment from which no real account can be reached.
package main

import (
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/amiscan/amiscan/internal/awsstub"
)

// expected is the exit code that the made-up account deserves: one key refuses to be read.
const expected = 3

// configuration is the amiscan.yaml that goes with the account.
//
//go:embed amiscan.yaml
var configuration []byte

func main() {
	amiscan := flag.String("amiscan", "bin/amiscan", "the program to run")
	out := flag.String("out", "demo", "the directory for the reports")
	flag.Parse()
	if err := demonstrate(*amiscan, *out, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func demonstrate(amiscan, out string, w io.Writer) error {
	stub, err := account()
	if err != nil {
		return err
	}
	url, stop, err := stub.Start()
	if err != nil {
		return fmt.Errorf("serve the made-up account: %w", err)
	}
	defer stop()
	home, err := os.MkdirTemp("", "amiscan-demo")
	if err != nil {
		return fmt.Errorf("make an empty home: %w", err)
	}
	defer os.RemoveAll(home) //nolint:errcheck // an empty directory among the temporary files
	if err := writeConfiguration(out); err != nil {
		return err
	}
	s := stage{amiscan: amiscan, out: out, stub: stub, environment: environment(home, url), w: w}
	return s.play()
}

// stage is where the demo runs: the program, the account that it sees, and where it writes.
type stage struct {
	amiscan, out string
	stub         *awsstub.Stub
	environment  []string
	w            io.Writer
}

// play scans the account as it is today and as it will be next month.
func (s stage) play() error {
	today := arguments(s.out, observed, "-o", "text", "-o", "json="+s.path("report.json"), "-o", "sarif="+s.path("report.sarif"),
		"--sarif-incomplete")
	fmt.Fprintln(s.w, "$", quote(today))
	if err := s.scan(today, s.w); err != nil {
		return err
	}
	calls := s.stub.Calls()
	later := arguments(s.out, nextMonth, "--quiet", "-o", "json")
	if err := s.scanInto("next-month.json", later); err != nil {
		return err
	}
	if writes := s.stub.Writes(); len(writes) > 0 {
		return fmt.Errorf("amiscan called %d APIs that write", len(writes))
	}
	return explain(s.w, s.out, calls, quote(later)+" > "+s.path("next-month.json"))
}

// path is a file of the demo.
func (s stage) path(name string) string { return filepath.Join(s.out, name) }

// arguments are a scan as of a day.
func arguments(out, now string, more ...string) []string {
	scan := []string{"amiscan", "scan", "--region", region, "--config", filepath.Join(out, "amiscan.yaml"), "--now", now}
	return append(scan, more...)
}

// scanInto is a scan whose standard output goes to a file.
func (s stage) scanInto(name string, arguments []string) error {
	file, err := os.Create(s.path(name))
	if err != nil {
		return fmt.Errorf("make a file for the report: %w", err)
	}
	return errors.Join(s.scan(arguments, file), file.Close())
}

func writeConfiguration(out string) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return fmt.Errorf("make the directory for the reports: %w", err)
	}
	if err := os.WriteFile(filepath.Join(out, "amiscan.yaml"), configuration, 0o600); err != nil {
		return fmt.Errorf("write the configuration: %w", err)
	}
	return nil
}

// scan runs the program with nothing in its environment but the way to the stub.
func (s stage) scan(arguments []string, stdout io.Writer) error {
	program, err := filepath.Abs(s.amiscan)
	if err != nil {
		return fmt.Errorf("find amiscan: %w", err)
	}
	command := exec.Command(program, arguments[1:]...) //nolint:gosec // the program that make has just built
	command.Env = s.environment
	command.Stdout, command.Stderr = stdout, s.w
	code, err := exitCode(command.Run())
	if err == nil && code != expected {
		err = fmt.Errorf("amiscan ended with exit code %d where %d was expected", code, expected)
	}
	return err
}

func exitCode(err error) (int, error) {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode(), nil
	}
	if err != nil {
		return 0, fmt.Errorf("run amiscan: %w", err)
	}
	return 0, nil
}

// environment lets no credentials, profile, endpoint or proxy of the user's shell through.
func environment(home, url string) []string {
	nothing := filepath.Join(home, "none")
	return []string{
		"HOME=" + home, "USERPROFILE=" + home, "PATH=" + os.Getenv("PATH"), "TERM=" + os.Getenv("TERM"),
		"AWS_ENDPOINT_URL=" + url, "AWS_ACCESS_KEY_ID=demo", "AWS_SECRET_ACCESS_KEY=demo",
		"AWS_CONFIG_FILE=" + nothing, "AWS_SHARED_CREDENTIALS_FILE=" + nothing,
		"AWS_EC2_METADATA_DISABLED=true", "NO_PROXY=127.0.0.1",
	}
}
