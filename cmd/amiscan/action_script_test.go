package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/amiscan/amiscan/internal/outside"
)

// actionScripts are scripts that run what the action, the GitLab job and the Packer template run.
const actionScripts = "../../testdata/action"

// TestActionScripts runs the scripts of the action as a runner does, with amiscan itself and the stub for AWS. The inputs are
// those of action.yml, with their defaults.
func TestActionScripts(t *testing.T) {
	t.Parallel()
	for _, program := range []string{"bash", "jq"} {
		if outside.ProgramOrLeftOut(t, program) == "" {
			return
		}
	}
	a := readAction(t)
	testscript.Run(t, testscript.Params{
		Dir: actionScripts, UpdateScripts: *update, RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			env.Values[serverKey{}] = &served{}
			if err := prepareScript(env); err != nil {
				return err
			}
			return a.prepare(t, env)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "stub": stubCommand, "input": input, "valid": valid,
			"declared": func(ts *testscript.TestScript, _ bool, args []string) { a.declared(ts, args) },
		},
	})
}

// prepare sets up what a runner gives a step, and the commands of the examples as gitlab.sh and packer.sh.
func (a action) prepare(t *testing.T, env *testscript.Env) error {
	root, err := filepath.Abs(checkout)
	if err != nil {
		return err
	}
	for variable, value := range a.step(t, "scan").Env {
		if match := inputOf.FindStringSubmatch(value); match != nil {
			env.Setenv(variable, a.Inputs[match[1]].Default)
		}
	}
	for variable, value := range map[string]string{
		"BINARY": "amiscan", "ACTION": filepath.Join(root, "scripts/action"), "RUNNER_TEMP": filepath.Join(env.WorkDir, "temp"),
		"GITHUB_OUTPUT":       filepath.Join(env.WorkDir, "outputs"),
		"GITHUB_STEP_SUMMARY": filepath.Join(env.WorkDir, "job-summary.md"),
	} {
		env.Setenv(variable, value)
	}
	template, err := os.ReadFile(filepath.Join(root, packerTemplate))
	if err != nil {
		return err
	}
	for name, content := range map[string]string{
		"temp/.keep": "", packerTemplate: string(template),
		"gitlab.sh": strings.Join(readGitLab(t).Gate.Script, "\n"), "packer.sh": gateOfTemplate(t, string(template)),
	} {
		path := filepath.Join(env.WorkDir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// packerTemplate is where the template stands in the checkout; it says so of itself.
const packerTemplate = "examples/packer/web.pkr.hcl"

// gateOfTemplate is the command that the template runs before it shares, with its variable filled in.
func gateOfTemplate(t *testing.T, template string) string {
	t.Helper()
	match := regexp.MustCompile(`inline = \["(amiscan scan [^"]*)"\]`).FindStringSubmatch(template)
	if match == nil {
		t.Fatalf("%s runs no gate", packerTemplate)
	}
	return strings.ReplaceAll(match[1], "${var.consumer}", "444455556666")
}

// input sets a variable to what a file holds, which may be several lines: input NAME FILE.
func input(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: input NAME FILE")
	}
	ts.Setenv(args[0], strings.TrimSuffix(ts.ReadFile(args[1]), "\n"))
}

// declared wants every output of the step scan that action.yml reads in a file of outputs, each once: declared FILE.
func (a action) declared(ts *testscript.TestScript, args []string) {
	written := map[string]int{}
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		name, _, _ := strings.Cut(line, "=")
		written[name]++
	}
	for name, output := range a.Outputs {
		match := outputOf.FindStringSubmatch(output.Value)
		if match == nil || match[2] != name {
			ts.Fatalf("output %q is %q", name, output.Value)
		}
	}
	for _, step := range a.Runs.Steps {
		for _, text := range step.expressions() {
			for _, match := range outputOf.FindAllStringSubmatch(text, -1) {
				if match[1] == "scan" && written[match[2]] != 1 {
					ts.Fatalf("%q is written %d times", match[2], written[match[2]])
				}
			}
		}
	}
	for name := range a.Outputs {
		if written[name] != 1 {
			ts.Fatalf("%q is written %d times", name, written[name])
		}
	}
}
