package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/urfave/cli/v2"
)

// TestDeployCommands has every command line under deploy read by the program itself: flags that do not exist, values of
// the wrong kind and arguments that nothing takes are mistakes that would show only at night.
func TestDeployCommands(t *testing.T) {
	t.Parallel()
	for name, lines := range deployCommands(t) {
		if len(lines) == 0 {
			t.Errorf("%s has no command", name)
		}
		for _, line := range lines {
			if err := parses(t, line); err != nil {
				t.Errorf("%s: amiscan %s: %v", name, strings.Join(line, " "), err)
			}
		}
	}
	for _, wrong := range []string{"collect --inventry x", "collct", "eval x --output", "collect x --inventory y"} {
		if parses(t, strings.Fields(wrong)) == nil {
			t.Errorf("%q is taken", wrong)
		}
	}
}

// parses lets the program read a command line, with nothing in the place of what it would then do.
func parses(t *testing.T, line []string) error {
	t.Helper()
	var out bytes.Buffer
	a := &app{world: world{
		args: append([]string{"amiscan"}, line...), stdin: strings.NewReader(""), stdout: &out, stderr: &out,
		getenv: func(string) string { return "" }, now: time.Now,
	}}
	program := a.program()
	for _, command := range program.Commands {
		idle(command)
	}
	args, err := reorder(program, a.args)
	if err != nil {
		return err
	}
	return program.RunContext(t.Context(), args)
}

// idle makes a command do nothing but refuse arguments that it does not take.
func idle(command *cli.Command) {
	if len(command.Subcommands) == 0 {
		takes := command.ArgsUsage != ""
		command.Action = func(c *cli.Context) error {
			if takes {
				return nil
			}
			return noArguments(c)
		}
	}
	for _, sub := range command.Subcommands {
		idle(sub)
	}
}

// deployCommands are the arguments of amiscan in each file that calls it.
func deployCommands(t *testing.T) map[string][][]string {
	t.Helper()
	var definition jobDefinition
	readJSON(t, "batch/job-definition.json", &definition)
	all := map[string][][]string{
		"batch/job-definition.json": {definition.ContainerProperties.Command},
		"kubernetes/cronjob.yaml":   {documents(t)["CronJob"].Spec.JobTemplate.Spec.Template.Spec.Containers[0].Args},
	}
	for _, name := range []string{"slurm/audit.sbatch", "slurm/report.sbatch"} {
		all[name] = shellCommands(readDeploy(t, name))
	}
	for _, job := range readAudit(t).Jobs {
		for _, step := range job.Steps {
			all["github/audit.yml"] = append(all["github/audit.yml"], shellCommands(step.Run)...)
		}
	}
	for _, block := range fenced.FindAllStringSubmatch(readDeploy(t, "README.md"), -1) {
		all["README.md"] = append(all["README.md"], shellCommands(block[2])...)
	}
	return all
}

// shellCommands are the arguments of amiscan in a script: simple words, in quotes or not, on one line or several.
func shellCommands(script string) [][]string {
	var commands [][]string
	for line := range strings.Lines(strings.ReplaceAll(script, "\\\n", " ")) {
		line = strings.TrimPrefix(strings.TrimSpace(line), "exec ")
		arguments, ok := strings.CutPrefix(line, "amiscan ")
		if !ok {
			continue
		}
		arguments, _, _ = strings.Cut(arguments, "||")
		commands = append(commands, strings.Fields(strings.NewReplacer(`"`, "", `'`, "").Replace(arguments)))
	}
	return commands
}
