package awsstub_test

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/outside"
)

// TestCLIReadsWhatIsServed lets the AWS CLI, whose parser is generated from AWS's service model, read every call.
func TestCLIReadsWhatIsServed(t *testing.T) {
	t.Parallel()
	cli := outside.OrLeftOut(t, outside.AWSCLI)
	if cli == "" {
		return
	}
	world := newCLIWorld()
	_, url := serve(t, world.parts())
	for _, test := range append(world.ec2Calls(t), world.otherCalls(t)...) {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var got any
			if err := json.Unmarshal(runCLI(t, cli, url, test.arguments...), &got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(plain(t, test.want), got); diff != "" {
				t.Errorf("served and printed differ (-served +printed):\n%s", diff)
			}
		})
	}
}

// TestCLIReadsAllPages lets the CLI follow the tokens, over empty pages, too.
func TestCLIReadsAllPages(t *testing.T) {
	t.Parallel()
	cli := outside.OrLeftOut(t, outside.AWSCLI)
	if cli == "" {
		return
	}
	images := []inventory.Resource{ami("ami-1", nil), ami("ami-2", nil), ami("ami-3", nil)}
	_, url := serve(t, []inventory.Part{part(ours, ireland, images...)}, awsstub.EmptyPages("ec2:DescribeImages", 1))
	got := runCLI(t, cli, url, "ec2", "describe-images", "--page-size", "2", "--query", "Images[].ImageId")
	if diff := cmp.Diff([]any{"ami-1", "ami-2", "ami-3"}, plain(t, json.RawMessage(got))); diff != "" {
		t.Error(diff)
	}
}

// TestCLIReadsErrors checks the spelling of errors in each protocol.
func TestCLIReadsErrors(t *testing.T) {
	t.Parallel()
	cli := outside.OrLeftOut(t, outside.AWSCLI)
	if cli == "" {
		return
	}
	_, url := serve(t, nil, awsstub.Deny("ec2:DescribeImages"), awsstub.Deny("sts:GetCallerIdentity"))
	tests := []struct {
		code      string
		arguments []string
	}{
		{"UnauthorizedOperation", []string{"ec2", "describe-images", "--owners", "self"}},
		{"AccessDenied", []string{"sts", "get-caller-identity"}},
		{"NotFoundException", []string{"kms", "describe-key", "--key-id", keyARN}},
	}
	for _, test := range tests {
		t.Run(test.code, func(t *testing.T) {
			t.Parallel()
			_, err := cliCommand(t, cli, url, test.arguments...).Output()
			if want := "(" + test.code + ")"; err == nil || !strings.Contains(string(stderrOf(err)), want) {
				t.Errorf("got %v: %s, want %s", err, stderrOf(err), want)
			}
		})
	}
}

// runCLI returns what the CLI prints.
func runCLI(t *testing.T, cli, url string, arguments ...string) []byte {
	t.Helper()
	output, err := cliCommand(t, cli, url, arguments...).Output()
	if err != nil {
		t.Fatalf("aws %v: %v\n%s", arguments, err, stderrOf(err))
	}
	return output
}

// cliCommand runs without any of the caller's environment and configuration, so that it cannot reach a real account.
func cliCommand(t *testing.T, cli, url string, arguments ...string) *exec.Cmd {
	t.Helper()
	home := t.TempDir()
	empty := filepath.Join(home, "empty")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), cli, append(arguments, "--output", "json")...)
	command.Env = []string{
		"HOME=" + home, "AWS_CONFIG_FILE=" + empty, "AWS_SHARED_CREDENTIALS_FILE=" + empty,
		"AWS_ACCESS_KEY_ID=" + ourKey, "AWS_SECRET_ACCESS_KEY=secret", "AWS_REGION=" + ireland,
		"AWS_DEFAULT_REGION=" + ireland, "AWS_ENDPOINT_URL=" + url, "AWS_EC2_METADATA_DISABLED=true",
		"AWS_MAX_ATTEMPTS=1", "PYTHONIOENCODING=utf-8",
	}
	return command
}

func stderrOf(err error) []byte {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.Stderr
	}
	return nil
}

// plain turns a value into what decoding its JSON gives.
func plain(t *testing.T, value any) any {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	var out any
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// printed is a document with its times as the CLI prints those of the JSON services: seconds since 1970.
func printed(t *testing.T, value any, times ...string) doc {
	t.Helper()
	object := plain(t, value).(doc)
	for _, name := range times {
		at, err := time.Parse(time.RFC3339, object[name].(string))
		if err != nil {
			t.Fatal(err)
		}
		object[name] = float64(at.UnixMilli()) / 1000
	}
	return object
}

// unknown leaves out fields that are newer than the service model inside the pinned CLI (awscli 1.46.2). The SDK reads
// them back in TestSDKReadsEveryField. With a newer CLI this test fails until the names here are taken away.
func unknown(t *testing.T, value any, names ...string) doc {
	t.Helper()
	object := plain(t, value).(doc)
	for _, name := range names {
		delete(object, name)
	}
	return object
}
