// Command demo shows amiscan at work without an AWS account: it serves a made-up account on a free loopback port and runs
// the real amiscan against it, with an environment from which no real account can be reached.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// expected is the exit code that the made-up account deserves: one key refuses to be read.
const expected = 3

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
	if err := os.MkdirAll(out, 0o755); err != nil {
		return fmt.Errorf("make the directory for the reports: %w", err)
	}
	code, err := scan(amiscan, out, url, w)
	if err != nil {
		return err
	}
	if writes := stub.Writes(); len(writes) > 0 {
		return fmt.Errorf("amiscan called %d APIs that write", len(writes))
	}
	if code != expected {
		return fmt.Errorf("amiscan ended with exit code %d where %d was expected", code, expected)
	}
	explain(w, out, stub.Calls())
	return nil
}

// scan runs the program with nothing in its environment but the way to the stub.
func scan(amiscan, out, url string, w io.Writer) (int, error) {
	program, err := filepath.Abs(amiscan)
	if err != nil {
		return 0, fmt.Errorf("find amiscan: %w", err)
	}
	home, err := os.MkdirTemp("", "amiscan-demo")
	if err != nil {
		return 0, fmt.Errorf("make an empty home: %w", err)
	}
	defer os.RemoveAll(home) //nolint:errcheck // an empty directory among the temporary files
	arguments := []string{
		"scan", "--region", region, "--now", observed, "-o", "text",
		"-o", "json=" + filepath.Join(out, "report.json"), "-o", "sarif=" + filepath.Join(out, "report.sarif"),
	}
	fmt.Fprintln(w, "$ amiscan", quote(arguments))
	command := exec.Command(program, arguments...) //nolint:gosec // the program that make has just built
	command.Env = environment(home, url)
	command.Stdout, command.Stderr = w, w
	return exitCode(command.Run())
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
