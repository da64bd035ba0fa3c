package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/amiscan/amiscan/internal/outside"
)

// buildBinary builds the program as it is shipped.
func buildBinary(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "amiscan")
	command := exec.CommandContext(t.Context(), "go", "build", "-o", binary, ".")
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return binary
}

// endpoint is how to reach an endpoint that stands for AWS.
type endpoint struct {
	url, region, key, secret string
}

// startMoto starts moto with further variables of the environment.
func startMoto(t *testing.T, moto string, environment ...string) endpoint {
	t.Helper()
	return endpoint{url: outside.StartMoto(t, moto, environment...), region: "us-east-1", key: "testing", secret: "testing"}
}

// environment lets nothing of the caller's through, so that no real account can be reached.
func (e endpoint) environment(t testing.TB) []string {
	t.Helper()
	home := t.TempDir()
	none := filepath.Join(home, "none")
	return []string{
		"HOME=" + home, "USERPROFILE=" + home, "PATH=" + os.Getenv("PATH"), "AWS_CONFIG_FILE=" + none,
		"AWS_SHARED_CREDENTIALS_FILE=" + none, "AWS_ENDPOINT_URL=" + e.url, "AWS_REGION=" + e.region,
		"AWS_DEFAULT_REGION=" + e.region, "AWS_ACCESS_KEY_ID=" + e.key, "AWS_SECRET_ACCESS_KEY=" + e.secret,
		"AWS_EC2_METADATA_DISABLED=true", "AWS_MAX_ATTEMPTS=1", "NO_PROXY=127.0.0.1", "PYTHONIOENCODING=utf-8",
	}
}

// program runs a program against an endpoint.
func (e endpoint) program(t testing.TB, name string, args ...string) (code int, stdout []byte, stderr string) {
	t.Helper()
	return e.programWith(t, nil, name, args...)
}

// programWith runs a program with further variables.
func (e endpoint) programWith(t testing.TB, env []string, name string, args ...string) (code int, stdout []byte, stderr string) {
	t.Helper()
	var out, problems bytes.Buffer
	command := exec.CommandContext(t.Context(), name, args...)
	command.Env, command.Stdout, command.Stderr = append(e.environment(t), env...), &out, &problems
	code = codeOfProcess(command.Run())
	return code, out.Bytes(), problems.String()
}
