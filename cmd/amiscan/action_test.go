package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// checkout is the root of the repository, where action.yml stands.
const checkout = "../.."

// action is all that action.yml may say; a key that is not here is one that GitHub does not know, or that nobody tests.
type action struct {
	Name        string
	Description string
	Author      string
	Branding    struct{ Icon, Color string }
	Inputs      map[string]struct {
		Description string
		Required    bool
		Default     string
	}
	Outputs map[string]struct{ Description, Value string }
	Runs    struct {
		Using string
		Steps []actionStep
	}
}

type actionStep struct {
	Name, ID, If, Uses, Shell, Run string
	With, Env                      map[string]string
}

func readAction(t *testing.T) action {
	t.Helper()
	var a action
	decodeStrictly(t, "action.yml", &a)
	return a
}

// decodeStrictly reads a YAML file of the checkout and refuses keys that value does not have.
func decodeStrictly(t *testing.T, name string, value any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(checkout, name))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.UnmarshalWithOptions(data, value, yaml.Strict()); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// step finds a step by its id.
func (a action) step(t *testing.T, id string) actionStep {
	t.Helper()
	i := slices.IndexFunc(a.Runs.Steps, func(s actionStep) bool { return s.ID == id })
	if i < 0 {
		t.Fatalf("action.yml has no step %q", id)
	}
	return a.Runs.Steps[i]
}

// expressions are the texts of a step that GitHub evaluates.
func (s actionStep) expressions() []string {
	all := []string{s.If}
	for _, values := range []map[string]string{s.With, s.Env} {
		for _, value := range values {
			all = append(all, value)
		}
	}
	return all
}

var (
	inputOf  = regexp.MustCompile(`\binputs\.([a-z-]+)`)
	outputOf = regexp.MustCompile(`\bsteps\.([a-z]+)\.outputs\.([a-z-]+)`)
	pinned   = regexp.MustCompile(`^[^@]+@[0-9a-f]{40}$`)
)

// TestActionRunsNoInput holds the action to what keeps strangers' text out of its shell: scripts are files, and inputs reach
// them as environment alone.
func TestActionRunsNoInput(t *testing.T) {
	t.Parallel()
	for _, step := range readAction(t).Runs.Steps {
		switch {
		case step.Uses != "" && !pinned.MatchString(step.Uses):
			t.Errorf("step %q uses %q, which is not pinned by its commit", step.Name, step.Uses)
		case step.Uses != "":
		case strings.Contains(step.Run, "${{"):
			t.Errorf("step %q has an expression in its script", step.Name)
		case step.Shell != "bash":
			t.Errorf("step %q runs in shell %q", step.Name, step.Shell)
		default:
			script := strings.TrimSuffix(strings.TrimPrefix(step.Run, `"$GITHUB_ACTION_PATH/`), `"`)
			info, err := os.Stat(filepath.Join(checkout, script))
			if err != nil || info.Mode().Perm()&0o111 == 0 {
				t.Errorf("step %q runs %q, which is no program of this repository (%v)", step.Name, step.Run, err)
			}
		}
	}
}

// TestActionNames holds inputs, steps and outputs together: GitHub takes a name that nobody declared for an empty text.
func TestActionNames(t *testing.T) {
	t.Parallel()
	a := readAction(t)
	used := map[string]bool{}
	var texts []string
	for _, step := range a.Runs.Steps {
		texts = append(texts, step.expressions()...)
	}
	for _, text := range texts {
		for _, match := range inputOf.FindAllStringSubmatch(text, -1) {
			used[match[1]] = true
			if _, ok := a.Inputs[match[1]]; !ok {
				t.Errorf("%q reads input %q, which is not declared", text, match[1])
			}
		}
	}
	for name, input := range a.Inputs {
		if !used[name] {
			t.Errorf("nothing reads input %q", name)
		}
		if input.Description == "" {
			t.Errorf("input %q has no description", name)
		}
	}
	for _, output := range a.Outputs {
		texts = append(texts, output.Value)
	}
	for _, text := range texts {
		for _, match := range outputOf.FindAllStringSubmatch(text, -1) {
			a.step(t, match[1])
		}
	}
}

// TestActionEnvironment holds what the scripts read against what the action hands them.
func TestActionEnvironment(t *testing.T) {
	t.Parallel()
	a := readAction(t)
	for _, step := range a.Runs.Steps {
		if step.Run == "" {
			continue
		}
		name := strings.Trim(strings.TrimPrefix(step.Run, `"$GITHUB_ACTION_PATH/`), `"`)
		script, err := os.ReadFile(filepath.Join(checkout, name))
		if err != nil {
			t.Fatal(err)
		}
		given := regexp.MustCompile(`\$\{?(INPUT_[A-Z_]+|BINARY|VERSION|RELEASES|EXIT_CODE|REASON|SOFT_FAIL)\b`)
		read := map[string]bool{}
		for _, match := range given.FindAllStringSubmatch(string(script), -1) {
			read[match[1]] = true
			if _, ok := step.Env[match[1]]; !ok {
				t.Errorf("%s reads $%s, which step %q does not set", name, match[1], step.Name)
			}
		}
		for variable := range step.Env {
			if !read[variable] {
				t.Errorf("%s does not read $%s", name, variable)
			}
		}
	}
}
