package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

var updateReadme = flag.Bool("update-readme", false, "rewrite the console blocks of README.md and the docs")

// console is a block of a page that shows a command and what it prints.
var console = regexp.MustCompile("(?s)```console\n\\$ ([^\n]*)\n(.*?)```")

// TestReadmeExamples runs the commands that the pages show and holds their output against what they say.
func TestReadmeExamples(t *testing.T) {
	data, err := os.ReadFile("../../internal/awsstub/demo/estate/describe-images.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"README.md", "docs/ci.md"} {
		t.Run(name, func(t *testing.T) {
			page, err := filepath.Abs("../../" + name)
			if err != nil {
				t.Fatal(err)
			}
			t.Chdir(t.TempDir())
			if err := os.WriteFile("images.json", data, 0o600); err != nil {
				t.Fatal(err)
			}
			checkExamples(t, page)
		})
	}
}

func checkExamples(t *testing.T, page string) {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	blocks := console.FindAllStringSubmatch(string(text), -1)
	if len(blocks) == 0 {
		t.Fatalf("%s shows no command with its output", page)
	}
	for _, block := range blocks {
		got := output(strings.Fields(block[1]))
		if *updateReadme {
			text = bytes.Replace(text, []byte(block[0]), []byte("```console\n$ "+block[1]+"\n"+got+"```"), 1)
		} else if got != block[2] {
			t.Errorf("$ %s\nprints\n%s\n%s says\n%s", block[1], got, page, block[2])
		}
	}
	if *updateReadme {
		if err := os.WriteFile(page, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func output(args []string) string {
	var out bytes.Buffer
	run(context.Background(), world{
		args: args, stdin: strings.NewReader(""), stdout: &out, stderr: &out,
		getenv: func(string) string { return "" }, now: func() time.Time { return time.Unix(0, 0) },
	})
	return out.String()
}
