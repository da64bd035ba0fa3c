package main

import (
	"bytes"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/amiscan/amiscan/internal/awsstub"
	madeup "github.com/amiscan/amiscan/internal/awsstub/estate"
	"github.com/amiscan/amiscan/internal/inventory"
)

// executed are the pages of which every command line is run. They run one after another, as a reader would type them.
func executed() []string { return []string{"audit.md", "ci.md", "code-scanning.md"} }

// fenced is a block of a page: its language and its text.
var fenced = regexp.MustCompile("(?ms)^```([a-z]*)\n(.*?)^```")

// TestDocsCommands runs the commands of the pages against the demo's account. A block of YAML whose first line names a file is
// that file. A command may find something (1) or not see everything (3); it must never be refused (2).
func TestDocsCommands(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range executed() {
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join(root, "docs", name))
			if err != nil {
				t.Fatal(err)
			}
			enterDocs(t, root)
			if name == "audit.md" {
				_, there := startEstate(t, madeup.Size{Seed: 1, Accounts: 12, Regions: []string{"eu-west-1", "us-east-1"}, LargeImages: 20})
				there.setenv(t)
			}
			commands := 0
			for _, block := range fenced.FindAllStringSubmatch(string(text), -1) {
				commands += runBlock(t, block[1], block[2])
			}
			if commands == 0 {
				t.Error("the page shows no command")
			}
		})
	}
}

// enterDocs goes to a directory with what the pages speak of, in front of a made-up account.
func enterDocs(t *testing.T, root string) {
	t.Helper()
	dir := t.TempDir()
	t.Chdir(dir)
	for name, text := range map[string]string{
		"packer/web.pkr.hcl": "source \"amazon-ebs\" \"web\" {}\n",
		"packer-manifest.json": `{"builds": [{"name": "web", "builder_type": "amazon-ebs", "build_time": 1795000000, "files": null,
			"artifact_id": "eu-west-1:ami-00000000000000101", "packer_run_uuid": "1",
			"custom_data": {"template": "packer/web.pkr.hcl"}}], "last_run_uuid": "1"}`,
	} {
		writeDocs(t, name, text)
	}
	estate := filepath.Join(root, "internal", "awsstub", "demo", "estate")
	images, err := os.ReadFile(filepath.Join(estate, "describe-images.json"))
	if err != nil {
		t.Fatal(err)
	}
	writeDocs(t, "images.json", string(images))
	serveEstate(t, estate)
	if code := execute(t, "collect", "--region", scriptRegion, "--inventory", "audit.jsonl", "--quiet"); code != 0 && code != 3 {
		t.Fatalf("collect: exit %d", code)
	}
}

func writeDocs(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// serveEstate puts the account behind a loopback port, with an environment from which no real one can be reached.
func serveEstate(t *testing.T, estate string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(estate, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	var inputs []inventory.Input
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		inputs = append(inputs, inventory.Input{Name: name, Data: file})
	}
	parts, _, err := inventory.Load(inputs, inventory.ImportOptions{Account: scriptAccount, Region: scriptRegion, Partition: "aws"})
	if err != nil {
		t.Fatal(err)
	}
	stub, err := awsstub.New(parts)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(stub)
	t.Cleanup(server.Close)
	endpoint{url: server.URL, region: scriptRegion, key: "dummy", secret: "dummy"}.setenv(t)
}

// setenv leads this process to the endpoint.
func (e endpoint) setenv(t *testing.T) {
	t.Helper()
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL": e.url, "AWS_ACCESS_KEY_ID": e.key, "AWS_SECRET_ACCESS_KEY": e.secret, "AWS_PROFILE": "",
		"AWS_REGION": e.region, "AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull,
		"AWS_EC2_METADATA_DISABLED": "true",
	} {
		t.Setenv(name, value)
	}
}

// execute runs the program and returns its exit code; what it refuses is told.
func execute(t *testing.T, args ...string) int {
	t.Helper()
	var out, errors bytes.Buffer
	code := run(t.Context(), world{
		args: append([]string{"amiscan"}, args...), stdin: strings.NewReader(""), stdout: &out, stderr: &errors,
		getenv: func(string) string { return "" },
		now:    func() time.Time { return time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC) },
	})
	if code == 2 {
		t.Log(errors.String())
	}
	return code
}

// prompts are what stands before the arguments of amiscan, by the language of a block.
func prompts() map[string]string { return map[string]string{"console": "$ amiscan ", "sh": "amiscan "} }

// runBlock runs the lines of a block that call amiscan and returns how many there were.
func runBlock(t *testing.T, language, text string) int {
	t.Helper()
	if first, _, _ := strings.Cut(text, "\n"); language == "yaml" && strings.HasPrefix(first, "# ") {
		writeDocs(t, strings.TrimPrefix(first, "# "), text)
	}
	commands := 0
	for line := range strings.Lines(text) {
		if rest, ok := strings.CutPrefix(line, prompts()[language]); ok && prompts()[language] != "" {
			commands++
			if code := execute(t, strings.Fields(strings.ReplaceAll(rest, `'`, ""))...); code != 0 && code != 1 && code != 3 {
				t.Errorf("%s: exit %d", line, code)
			}
		}
	}
	return commands
}
