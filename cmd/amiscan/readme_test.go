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

var updateReadme = flag.Bool("update-readme", false, "rewrite the console blocks of README.md")

// console is a block of README.md that shows a command and what it prints.
var console = regexp.MustCompile("(?s)```console\n\\$ ([^\n]*)\n(.*?)```")

// TestReadmeExamples runs the commands that README.md shows and holds their output against what it says.
func TestReadmeExamples(t *testing.T) {
	images, err := filepath.Abs("../../internal/awsstub/demo/estate/describe-images.json")
	if err != nil {
		t.Fatal(err)
	}
	readme, err := filepath.Abs("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(images)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := os.WriteFile("images.json", data, 0o600); err != nil {
		t.Fatal(err)
	}
	blocks := console.FindAllStringSubmatch(string(text), -1)
	if len(blocks) == 0 {
		t.Fatal("README.md shows no command with its output")
	}
	for _, block := range blocks {
		got := output(strings.Fields(block[1]))
		if *updateReadme {
			text = bytes.Replace(text, []byte(block[0]), []byte("```console\n$ "+block[1]+"\n"+got+"```"), 1)
		} else if got != block[2] {
			t.Errorf("$ %s\nprints\n%s\nREADME.md says\n%s", block[1], got, block[2])
		}
	}
	if *updateReadme {
		if err := os.WriteFile(readme, text, 0o600); err != nil {
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
