package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/amiscan/amiscan/"

// rooms says who alone may import what: a path prefix, and the packages below internal (or cmd) that may.
func rooms() map[string][]string {
	return map[string][]string{
		"github.com/aws/":              {"internal/collect", "internal/store"},
		"github.com/open-policy-agent": {"internal/eval"},
		"github.com/owenrumney/":       {"internal/report"},
		"github.com/urfave/":           {"cmd/amiscan"},
	}
}

// TestRooms holds the imports of every package of the scanner to the house of the design.
func TestRooms(t *testing.T) {
	t.Parallel()
	for name, imports := range importsOf(t) {
		for _, path := range imports {
			for prefix, allowed := range rooms() {
				if strings.HasPrefix(path, prefix) && !slices.Contains(allowed, name) {
					t.Errorf("%s imports %s, which only %v may", name, path, allowed)
				}
			}
			if path == module+"internal/awsstub" {
				t.Errorf("%s imports the AWS stub", name)
			}
		}
	}
}

// TestNouns holds the nouns to what they may know: finding the standard library alone, inventory no more than that of
// this module.
func TestNouns(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, forbidden string
	}{
		{"internal/finding", "."},
		{"internal/inventory", "github.com/"},
		{"internal/gate", "github.com/aws/"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			for _, path := range list(t, "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", "../../"+test.name) {
				if strings.HasPrefix(path, module) && test.name != "internal/finding" || path == module+test.name {
					continue
				}
				if strings.Contains(path, test.forbidden) {
					t.Errorf("%s depends on %s", test.name, path)
				}
			}
		})
	}
}

// importsOf lists what each package of the scanner imports itself, without tests.
func importsOf(t *testing.T) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, line := range list(t, "-deps", "-f", "{{if not .Standard}}{{.ImportPath}} {{join .Imports \" \"}}{{end}}", ".") {
		fields := strings.Fields(line)
		if name, ours := strings.CutPrefix(fields[0], module); ours {
			all[name] = fields[1:]
		}
	}
	if len(all) < 10 {
		t.Fatalf("only %d packages were found", len(all))
	}
	return all
}

// list runs go list and returns its lines.
func list(t *testing.T, args ...string) []string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", append([]string{"list"}, args...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.FieldsFunc(string(out), func(r rune) bool { return r == '\n' })
}
