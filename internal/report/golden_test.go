package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files in testdata")

// goldens are the reports that are kept in testdata, by the name of their file.
func goldens() map[string]struct {
	sample  sample
	format  string
	options Options
} {
	type golden = struct {
		sample  sample
		format  string
		options Options
	}
	strange := hostile(strings.Join([]string{
		hostileTexts()["ansi"], hostileTexts()["bidi"], hostileTexts()["workflow"], hostileTexts()["html"],
	}, " "))
	return map[string]golden{
		"mixed.txt":          {mixed(), "text", Options{}},
		"mixed-wide.txt":     {mixed(), "text", Options{Width: 120, IncludePass: true}},
		"mixed-color.txt":    {mixed(), "text", Options{Color: true}},
		"mixed.json":         {mixed(), "json", Options{}},
		"mixed-pass.json":    {mixed(), "json", Options{IncludePass: true}},
		"mixed.sarif":        {mixed(), "sarif", Options{Category: "prod/weekly"}},
		"spotless.txt":       {spotless(), "text", Options{}},
		"spotless.json":      {spotless(), "json", Options{}},
		"spotless.sarif":     {spotless(), "sarif", Options{}},
		"gated.xml":          {gated(), "junit", Options{IncludePass: true}},
		"spotless.xml":       {spotless(), "junit", Options{}},
		"hostile.xml":        {strange, "junit", Options{IncludePass: true}},
		"gated.md":           {gated(), "markdown", Options{IncludePass: true}},
		"spotless.md":        {spotless(), "markdown", Options{}},
		"hostile.md":         {strange, "markdown", Options{IncludePass: true}},
		"hostile.txt":        {strange, "text", Options{IncludePass: true}},
		"hostile.json":       {strange, "json", Options{IncludePass: true}},
		"hostile.sarif":      {strange, "sarif", Options{}},
		"decided.sarif":      {decided(), "sarif", Options{}},
		"organization.txt":   {organization(), "text", Options{Width: 100}},
		"organization.md":    {organization(), "markdown", Options{}},
		"organization.json":  {organization(), "json", Options{}},
		"organization.xml":   {organization(), "junit", Options{}},
		"organization.sarif": {organization(), "sarif", Options{}},
		"full.sarif":         {decided(), "sarif", Options{Profile: fullProfile}},
	}
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for name, golden := range goldens() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join("testdata", name)
			got := golden.sample.render(t, golden.format, golden.options)
			if *update {
				rewrite(t, path, got)
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("golden file differs (-want +got; -update rewrites it):\n%s", diff)
			}
		})
	}
}

func rewrite(t *testing.T, path string, text []byte) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal("golden files are not rewritten in CI")
	}
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestNoStrayGoldenFiles(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if _, used := goldens()[entry.Name()]; !used && !entry.IsDir() {
			t.Errorf("testdata/%s belongs to no test", entry.Name())
		}
	}
}

func TestEqualRunsGiveEqualBytes(t *testing.T) {
	t.Parallel()
	for _, format := range Formats() {
		for range 20 {
			a := mixed().render(t, format, Options{IncludePass: true})
			b := mixed().render(t, format, Options{IncludePass: true})
			if !bytes.Equal(a, b) {
				t.Fatalf("%s: two runs differ:\n%s", format, cmp.Diff(string(a), string(b)))
			}
		}
	}
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
