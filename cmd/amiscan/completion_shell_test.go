//go:build unix

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/outside"
)

// typed are keys at a prompt, with what the program gets of them. In place of amiscan stands say, which is completed like
// it and writes its arguments down.
func typed() [][2]string {
	return [][2]string{
		{"say pol\tli\t", "policies list"},
		{"say eval --fail-on cr\t", "eval --fail-on critical"},
		{"say eval --fail-on=cr\t", "eval --fail-on=critical"},
		{"say scan --min-severity hi\t --allow-par\t", "scan --min-severity high --allow-partial"},
		{"say eval -o sarif=rep\t", "eval -o sarif=report.json"},
		{"say eval -o=sarif=rep\t", "eval -o=sarif=report.json"},
		{"say scan --params=rep\t --color al\t", "scan --params=report.json --color always"},
		{"say eval a\\ \t", "eval a b.json"},
		{"say eval 'a b\t", "eval a b.json"},
		{"say eval ~/home-\t", "eval HOME/home-file"},
		{"say scan --select sharing/ami-shared-u\t", "scan --select sharing/ami-shared-untrusted"},
		{"say scan --select sharing/*\t", "scan --select sharing/*"},
		{"say scan --select 'sharing/*\t", "scan --select sharing/*"},
		{"say scan --select severity:cr\t", "scan --select severity:critical"},
		{"say scan --select=severity:cr\t", "scan --select=severity:critical"},
		{"say scan --select=\"severity:cr\t", "scan --select=severity:critical"},
		{"say scan --select sharing/\\*,severity:cr\t", "scan --select sharing/*,severity:critical"},
		{"say scan --select='sharing/*',severity:cr\t", "scan --select=sharing/*,severity:critical"},
		{"say scan --dry-run --assume am\t7", "scan --dry-run --assume ami=7"},
		{"say iam --format te\t", "iam --format terraform"},
		{"say policies show lifecycle/ami-too\t", "policies show lifecycle/ami-too-old"},
		{"say completion fi\t", "completion fish"},
		{"say scan rep\t", "scan rep"},
		{"say scan --region rep\t", "scan --region rep"},
	}
}

// TestCompletionAtPrompt types into real shells.
func TestCompletionAtPrompt(t *testing.T) {
	t.Parallel()
	for name, prompt := range map[string]func(*testing.T, *shell) *exec.Cmd{"bash": bashPrompt, "zsh": zshPrompt} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openShell(t, name)
			if s == nil {
				return
			}
			var want strings.Builder
			for _, line := range typed() {
				s.keys += line[0] + "\n"
				want.WriteString(strings.ReplaceAll(line[1], "HOME", s.home) + "\n")
			}
			shown := s.run(t, prompt(t, s))
			got, err := os.ReadFile(s.said)
			if err != nil {
				t.Fatalf("%v\n%s", err, shown)
			}
			if diff := cmp.Diff(want.String(), string(got)); diff != "" {
				t.Errorf("%s\n%s", diff, shown)
			}
		})
	}
}

// TestCompletionInFish asks fish what it would offer, as its complete -C does without a prompt.
func TestCompletionInFish(t *testing.T) {
	t.Parallel()
	s := openShell(t, "fish")
	if s == nil {
		return
	}
	for _, test := range [][2]string{
		{"amiscan pol", "policies\tlist | show | input: what is judged, why, and what policies see"},
		{"amiscan policies li", "list\tlist the selected policies with severity and the facts that they read"},
		{"amiscan eval --fail-on cr", "critical"},
		{"amiscan eval --fail-on=cr", "--fail-on=critical"},
		{"amiscan eval --min-severity=high --min-sev", ""},
		{"amiscan eval -o sarif", "sarif\tto standard output\nsarif=\tto a file"},
		{"amiscan eval -o sarif=rep", "sarif=report.json"},
		{"amiscan scan --params=rep", "--params=report.json"},
		{"amiscan eval a\\ ", "a b.json"},
		{"amiscan eval ~/home-", "~/home-file"},
		{"amiscan scan --select 'sharing/*", "sharing/*"},
		{"amiscan scan --select severity:cr", "severity:critical\tall of this severity"},
		{"amiscan scan --select=severity:low,severity:cr", "--select=severity:low,severity:critical\tall of this severity"},
		{"amiscan policies show sharing/ami-public-d", "sharing/ami-public-despite-bpa\tAMI is public although block public access is on"},
		{"amiscan completion f", "fish"},
		{"amiscan scan --region ", ""},
		{"amiscan scan rep", ""},
	} {
		t.Run(test[0], func(t *testing.T) {
			t.Parallel()
			script := `amiscan completion fish | source; complete -C "$LINE"`
			command := exec.CommandContext(t.Context(), s.program, "-c", script)
			command.Env = append(s.environment(), "LINE="+test[0])
			got := strings.TrimRight(s.run(t, command), "\n")
			if diff := cmp.Diff(test[1], got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// shell is a shell in a directory of its own, with report.json and "a b.json" in it, and with sharing/x: what offers
// sharing/* unquoted would be seen. Its PATH leads to the amiscan under test.
type shell struct {
	program, dir, home, said, keys string
}

// openShell returns nil where the shell is not installed. With CI=true that is a failure.
func openShell(t *testing.T, name string) *shell {
	t.Helper()
	program := outside.ProgramOrLeftOut(t, name)
	if program == "" {
		return nil
	}
	s := &shell{program: program, dir: t.TempDir(), home: t.TempDir()}
	s.said = filepath.Join(s.home, "said")
	if err := os.Mkdir(filepath.Join(s.dir, "sharing"), 0o700); err != nil {
		t.Fatal(err)
	}
	s.write(t, filepath.Join(s.dir, "sharing", "x"), "")
	s.write(t, filepath.Join(s.dir, "report.json"), "")
	s.write(t, filepath.Join(s.dir, "a b.json"), "")
	s.write(t, filepath.Join(s.home, "home-file"), "")
	return s
}

func (s *shell) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (s *shell) environment() []string {
	return []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + s.home, "SAID=" + s.said, "PROGRAM=" + s.program, "TERM=dumb", "INPUTRC=/dev/null",
		"LC_ALL=C",
	}
}

// run keeps the shell away from the terminal that the tests may run in.
func (s *shell) run(t *testing.T, command *exec.Cmd) string {
	t.Helper()
	if command.Env == nil {
		command.Env = s.environment()
	}
	command.Dir, command.SysProcAttr = s.dir, &syscall.SysProcAttr{Setsid: true}
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", s.program, err, out)
	}
	return string(out)
}

// bashPrompt types from a pipe: readline takes it for a keyboard.
func bashPrompt(t *testing.T, s *shell) *exec.Cmd {
	t.Helper()
	rc := filepath.Join(s.home, "rc")
	s.write(t, rc, `eval "$(amiscan completion bash)"; complete -F _amiscan say; say() { echo "$@" >>"$SAID"; }`+"\n")
	command := exec.CommandContext(t.Context(), s.program, "--noprofile", "--rcfile", rc, "-i")
	command.Stdin = bytes.NewBufferString(s.keys + "exit 0\n")
	return command
}

// zshPrompt types on a pseudo terminal, which zsh brings along. There a tab completes and does not expand patterns first.
func zshPrompt(t *testing.T, s *shell) *exec.Cmd {
	t.Helper()
	rc, driver := filepath.Join(s.home, "rc"), filepath.Join(s.home, "driver")
	s.write(t, rc, `PS1= ; autoload -Uz compinit; compinit -u -D; source <(amiscan completion zsh); compdef _amiscan say
bindkey '^I' complete-word
say() { print -r -- "$@" >>$SAID }
`)
	s.write(t, driver, `zmodload zsh/zpty && zpty inner "$PROGRAM -f -i"
zpty -w inner "source ~/rc"
while IFS= read -r line; do zpty -w inner "$line"; done
zpty -w inner exit
while zpty -r inner shown; do print -rn -- "$shown"; done
`)
	command := exec.CommandContext(t.Context(), s.program, "-f", driver)
	command.Stdin = bytes.NewBufferString(s.keys)
	return command
}
