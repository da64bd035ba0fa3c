package outside

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"regexp"
	"testing"
)

// StartMoto starts moto, a server that answers as AWS does, with further variables of the environment, and returns the URL
// at which it listens: on a free port of the loopback interface. It ends with the test.
func StartMoto(t testing.TB, program string, environment ...string) (url string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), program, "-H", "127.0.0.1", "-p", "0")
	command.Env = append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "MOTO_EC2_LOAD_DEFAULT_AMIS=false",
	}, environment...)
	stderr, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Kill() // it may have ended by itself
		_ = command.Wait()         // it was killed
	})
	return listening(t, stderr)
}

// listening reads moto's log up to the address, and goes on reading so that moto never waits for a reader.
func listening(t testing.TB, log io.Reader) string {
	t.Helper()
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+`)
	lines := bufio.NewScanner(log)
	for lines.Scan() {
		if url := address.FindString(lines.Text()); url != "" {
			go func() { _, _ = io.Copy(io.Discard, log) }()
			return url
		}
	}
	t.Fatal("moto ended before it listened")
	return ""
}
