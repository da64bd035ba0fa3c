package main

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"

	"github.com/amiscan/amiscan/internal/config"
	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/report"
)

// freeText are the flags whose values nobody can list without asking AWS or reading the user's files.
func freeText() []string {
	return []string{
		"--account", "--account-tag", "--external-id", "--id", "--image", "--in-flight", "--now", "--ou", "--partition",
		"--politeness", "--profile", "--rate", "--region", "--role", "--role-name",
		"--sarif-category", "--sarif-split", "--session-duration", "--session-name", "--shard", "--share-with", "--skip-account",
		"--source-identity", "--wait",
	}
}

// TestCompletionKnowsEveryFlag lets no flag that takes a value be forgotten.
func TestCompletionKnowsEveryFlag(t *testing.T) {
	t.Parallel()
	for path, command := range commandsOf(new(app).program()) {
		for _, flag := range command.Flags {
			name := flag.Names()[0]
			free := slices.Contains(freeText(), "--"+name)
			completer := flagCompleter(strings.Fields(path), name)
			if !isSwitch(flag) && !free && completer == nil {
				t.Errorf("%s --%s: nothing completes its value (flagCompleters), and it is not among freeText", path, name)
			}
			if completer != nil && (free || isSwitch(flag)) {
				t.Errorf("%s --%s has a completer and needs none", path, name)
			}
		}
	}
}

// TestCompletionKnowsEveryArgument lets no command that takes an argument be forgotten.
func TestCompletionKnowsEveryArgument(t *testing.T) {
	t.Parallel()
	commands := commandsOf(new(app).program())
	for path, command := range commands {
		if argumentCompleters()[path] == nil && command.ArgsUsage != "" && !command.Hidden {
			t.Errorf("%s %s: nothing completes its argument", path, command.ArgsUsage)
		}
	}
	for path := range argumentCompleters() {
		if command := commands[path]; command == nil || command.ArgsUsage == "" {
			t.Errorf("%q takes no argument", path)
		}
	}
}

// TestCompletionNamesWhatThereIs finds names of flags and commands that are gone.
func TestCompletionNamesWhatThereIs(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for path, command := range commandsOf(new(app).program()) {
		for _, flag := range command.Flags {
			known["--"+flag.Names()[0]], known[path+" --"+flag.Names()[0]] = true, true
		}
	}
	for _, name := range slices.Concat(freeText(), slices.Collect(maps.Keys(flagCompleters()))) {
		if !known[name] {
			t.Errorf("there is no %s", name)
		}
	}
}

// commandsOf are all commands by their path, without the program itself.
func commandsOf(program *cli.App) map[string]*cli.Command {
	all := map[string]*cli.Command{}
	var walk func(string, []*cli.Command)
	walk = func(path string, commands []*cli.Command) {
		for _, command := range commands {
			all[path+command.Name] = command
			walk(path+command.Name+" ", command.Subcommands)
		}
	}
	walk("", program.Commands)
	return all
}

// TestCompletionOffersThePolicies holds what file names and first lines tell against the compiled policies.
func TestCompletionOffersThePolicies(t *testing.T) {
	t.Parallel()
	all := loadEngine(t).Policies()
	var want []candidate
	for _, p := range all {
		want = append(want, candidate{p.ID, p.Title})
	}
	if got := policyIDs(); !slices.Equal(got, want) {
		t.Errorf("offered are %v, want %v", got, want)
	}
	for _, term := range policyTerms() {
		if _, err := finding.Select(all, []string{term.word}, nil); err != nil {
			t.Errorf("%s is offered: %v", term.word, err)
		}
	}
}

// TestCompletionOffersWhatIsTaken gives every offered value to what checks the flag.
func TestCompletionOffersWhatIsTaken(t *testing.T) {
	t.Parallel()
	for _, flag := range []string{
		"--fail-on", "--min-severity", "--color", "--assume", "--sarif-profile", "--sarif-location",
	} {
		for _, value := range flagCompleters()[flag]("").candidates {
			word := value.word
			if strings.HasSuffix(word, "=") {
				word += "5"
			}
			if err := parsed(t, flag, word); err != nil {
				t.Errorf("%s %s is offered: %v", flag, word, err)
			}
		}
		if parsed(t, flag, "nonsense=5") == nil {
			t.Errorf("%s takes nonsense: this test sees nothing", flag)
		}
	}
	for _, format := range reportTo("").candidates {
		if _, err := report.New(strings.TrimSuffix(format.word, "="), new(bytes.Buffer), report.Options{}); err != nil {
			t.Errorf("--output %s is offered: %v", format.word, err)
		}
	}
}

// parsed runs what scan does with its flags before it loads policies.
func parsed(t *testing.T, flag, value string) error {
	t.Helper()
	a := &app{world: world{stdout: new(bytes.Buffer), getenv: func(string) string { return "" }}}
	program := &cli.App{
		Flags: a.scanCommand().Flags, Writer: a.stdout, ExitErrHandler: func(*cli.Context, error) {},
		Action: func(c *cli.Context) error {
			if _, err := a.runOptions(c, config.File{}); err != nil {
				return err
			}
			_, err := assumed(c, 0)
			return err
		},
	}
	return program.RunContext(t.Context(), []string{"amiscan", "--now", "2026-11-22", "--dry-run", flag, value})
}

// TestCompletionIsOneLineEach keeps meanings out of the way of the lines that shells read.
func TestCompletionIsOneLineEach(t *testing.T) {
	t.Parallel()
	for path := range commandsOf(new(app).program()) {
		for _, word := range []string{"", "-"} {
			var out bytes.Buffer
			if err := complete(new(app).program(), append(strings.Fields(path), word), &out); err != nil {
				t.Fatal(err)
			}
			for _, line := range strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")[1:] {
				if word, _, _ := strings.Cut(line, "\t"); word == "" || strings.ContainsAny(word, " \\'\"$`") || strings.Count(line, "\t") > 1 {
					t.Errorf("%s: %q", path, line)
				}
			}
		}
	}
}
