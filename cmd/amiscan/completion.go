package main

import (
	"embed"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// completionScripts know nothing of amiscan but how to ask it: commands, flags and values stand in the program alone.
//
//go:embed completion/amiscan.*
var completionScripts embed.FS

func shells() []string { return []string{"bash", "zsh", "fish"} }

func (a *app) completionCommand() *cli.Command {
	return &cli.Command{
		Name: "completion", Usage: "print a script that completes commands, flags and values in a shell",
		ArgsUsage: strings.Join(shells(), "|"),
		UsageText: "eval \"$(amiscan completion bash)\"      # in ~/.bashrc\n" +
			"source <(amiscan completion zsh)       # in ~/.zshrc, after compinit\n" +
			"amiscan completion fish | source       # in ~/.config/fish/config.fish",
		Action: a.completion,
	}
}

func (a *app) completion(c *cli.Context) error {
	known := "the known ones are " + strings.Join(shells(), ", ")
	shell := c.Args().First()
	switch {
	case shell == "":
		return &usageError{message: "no shell named", hint: known}
	case !slices.Contains(shells(), shell):
		return &usageError{message: fmt.Sprintf("unknown shell %q", shell), hint: known}
	case c.NArg() > 1:
		return &usageError{message: fmt.Sprintf("unexpected argument %q", c.Args().Get(1)), hint: "name one shell"}
	}
	script, err := completionScripts.ReadFile("completion/amiscan." + shell)
	if err != nil {
		return fmt.Errorf("read completion script for %q: %w", shell, err)
	}
	_, err = a.stdout.Write(script)
	return err
}

// completeCommand is what the scripts call: amiscan __complete -- WORD..., with the words behind the program's name up to
// the cursor; the last one is being typed and may be empty. It reads neither files nor environment and asks nobody.
func (a *app) completeCommand() *cli.Command {
	return &cli.Command{
		Name: "__complete", Hidden: true, Usage: "print what the last word may become", ArgsUsage: "WORD...",
		Action: func(c *cli.Context) error { return complete(a.program(), c.Args().Slice(), a.stdout) },
	}
}

// filesWanted is the line that leaves completing to the shell, which knows its own rules for paths.
const filesWanted = ":files"

// complete writes, in the first line, the part of the last word that stays as it is. Each further line is what may
// follow that part, with a tab and its meaning where it has one. Nothing is filtered: each shell matches by its own rules.
func complete(program *cli.App, words []string, w io.Writer) error {
	var word string
	if last := len(words) - 1; last >= 0 {
		words, word = words[:last], words[last]
	}
	offered := cursorAfter(program, words).offer(word)
	lines := []string{offered.kept}
	for _, c := range offered.candidates {
		lines = append(lines, strings.TrimSuffix(c.word+"\t"+c.meaning, "\t"))
	}
	if offered.files {
		lines = append(lines, filesWanted)
	}
	_, err := fmt.Fprintln(w, strings.Join(lines, "\n"))
	return err
}
