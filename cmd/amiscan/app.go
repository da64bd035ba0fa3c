package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/gate"
	"github.com/amiscan/amiscan/internal/progress"
)

// world is everything outside the program that a command may touch.
type world struct {
	args   []string
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	getenv func(string) string
	now    func() time.Time
}

// app is one run of the program. verdict is what the command ended with; a command that judges nothing leaves it clean.
type app struct {
	world
	verdict gate.Verdict
	// display tells how reading goes on, while it does; logFormat is how standard error is written.
	display   *progress.Display
	logFormat progress.Format
}

// run is the program as a function: it returns the exit code.
func run(ctx context.Context, w world) int {
	a := &app{world: w, logFormat: earlyFormat(w)}
	program := a.program()
	args, err := reorder(program, w.args)
	if err == nil {
		err = program.RunContext(ctx, args)
	}
	a.endProgress()
	if err != nil {
		a.explain(err)
		a.verdict = gate.Worse(a.verdict, gate.Verdict{Code: codeOf(err)})
	}
	return int(a.verdict.Code)
}

func (a *app) program() *cli.App {
	program := &cli.App{
		Name: "amiscan", Usage: "policy-as-code compliance scanner for Amazon Machine Images",
		Description: "amiscan reads the state of machine images and of what stands around them, judges it by Rego policies,\n" +
			"and never calls safe what it could not see. It calls no AWS API that writes,\n" +
			"but for the inventory that you let it put into a bucket.\n\n" +
			"Exit codes: 0 clean, 1 findings at or above --fail-on, 2 nothing judged (usage, configuration, policy,\n" +
			"inventory), 3 incomplete, 4 the selection matched no resource, 130 interrupted.",
		HideVersion: true, HideHelpCommand: true, Writer: a.stdout, ErrWriter: a.stderr,
		DisableSliceFlagSeparator: true,
		// The library would end the process itself on errors that carry an exit code.
		ExitErrHandler: func(*cli.Context, error) {},
		OnUsageError:   usageProblem,
		Action:         unknownCommand,
		Commands: []*cli.Command{
			a.scanCommand(), a.collectCommand(), a.evalCommand(), a.policiesCommand(), a.iamCommand(), a.diffCommand(),
			a.completionCommand(), a.versionCommand(), a.completeCommand(),
		},
	}
	for _, command := range program.Commands {
		a.prepare(command)
	}
	return program
}

// prepare gives a command, and those below it, what the library leaves to each: how usage errors are told, and values
// from the environment.
func (a *app) prepare(command *cli.Command) {
	command.OnUsageError = usageProblem
	command.HideHelpCommand = true
	command.Before = a.fromEnvironment
	if command.Action == nil {
		command.Action = unknownCommand
	}
	for _, flag := range command.Flags {
		if s, ok := flag.(*cli.BoolFlag); ok {
			s.DisableDefaultText = true
		}
	}
	for _, sub := range command.Subcommands {
		a.prepare(sub)
	}
}

// usageError is a mistake in how amiscan was called.
type usageError struct {
	message string
	hint    string
}

func (e *usageError) Error() string { return e.message }

func usageProblem(c *cli.Context, err error, _ bool) error {
	return &usageError{message: flagMessage(c, err), hint: fmt.Sprintf("see `%s --help`", commandPath(c))}
}

// unknownCommand is what runs where no command was named.
func unknownCommand(c *cli.Context) error {
	if !c.Args().Present() {
		return cli.ShowSubcommandHelp(c)
	}
	var names []string
	for _, command := range siblings(c) {
		if !command.Hidden {
			names = append(names, command.Name)
		}
	}
	problem := &usageError{
		message: fmt.Sprintf("unknown command %q", c.Args().First()), hint: fmt.Sprintf("see `%s --help`", commandPath(c)),
	}
	if near := finding.Nearest(c.Args().First(), names); near != "" {
		problem.hint = fmt.Sprintf("did you mean %q?", near)
	}
	return problem
}

func siblings(c *cli.Context) []*cli.Command {
	if c.Command != nil && len(c.Command.Subcommands) > 0 {
		return c.Command.Subcommands
	}
	return c.App.Commands
}

func commandPath(c *cli.Context) string {
	if c.Command != nil && c.Command.HelpName != "" {
		return c.Command.HelpName
	}
	return c.App.Name
}

// codeOf is the exit code of an error: everything that reaches the top before judging is code 2, a report that could not
// be written after it is code 3.
func codeOf(err error) gate.Code {
	var lost *lostReportError
	switch {
	case errors.As(err, &lost):
		return gate.Incomplete
	case errors.Is(err, context.Canceled):
		return gate.Interrupted
	}
	return gate.Unusable
}

// lostReportError says that the judgement stands but a report of it does not.
type lostReportError struct{ err error }

func (e *lostReportError) Error() string { return e.err.Error() }

func (e *lostReportError) Unwrap() error { return e.err }
