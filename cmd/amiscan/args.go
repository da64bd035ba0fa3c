package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amiscan/amiscan/internal/finding"
)

// reorder puts flags before arguments, because the library silently takes every flag behind the first argument for an
// argument; "--" ends flags. Long and short forms of a flag become one, because the library refuses to see both.
func reorder(program *cli.App, args []string) ([]string, error) {
	if len(args) == 0 {
		return args, nil
	}
	if len(args) == 2 && (args[1] == "--version" || args[1] == "-v") {
		return []string{args[0], "version"}, nil
	}
	if len(args) > 1 && args[1] == "help" {
		args = slices.Concat(args[:1], args[2:], []string{"--help"})
	}
	path, flags, known := commandIn(program, args)
	if !known {
		// Flags of a command that there is not would hide that its name was misspelt.
		return args[:len(path)+1], nil
	}
	named, positional, err := split(flags, args[len(path):])
	if err != nil {
		return nil, err
	}
	return slices.Concat(path, named, []string{"--"}, positional), nil
}

// commandIn returns the words that name a command, and its flags. It is not known where the next word would have to name one
// and does not.
func commandIn(program *cli.App, args []string) (path []string, flags []cli.Flag, known bool) {
	path = args[:1]
	commands, flags := program.Commands, program.Flags
	for n := 1; n < len(args) && len(commands) > 0 && !strings.HasPrefix(args[n], "-"); n++ {
		i := slices.IndexFunc(commands, func(c *cli.Command) bool { return c.HasName(args[n]) })
		if i < 0 {
			return args[:n], flags, false
		}
		path = args[:n+1]
		commands, flags = commands[i].Subcommands, commands[i].Flags
	}
	return path, flags, true
}

// split tells flags, with their values, from arguments.
func split(flags []cli.Flag, args []string) (named, positional []string, err error) {
	for i := 0; i < len(args); i++ {
		arg := args[i]
		switch {
		case arg == "--":
			return named, append(positional, args[i+1:]...), nil
		case arg == "-" || !strings.HasPrefix(arg, "-"):
			positional = append(positional, arg)
			continue
		}
		name, value, hasValue := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		flag := findFlag(flags, name)
		switch {
		case flag == nil || isSwitch(flag):
			named = append(named, arg)
		case hasValue:
			named = append(named, "--"+flag.Names()[0]+"="+value)
		case i+1 == len(args):
			return nil, nil, &usageError{message: fmt.Sprintf("flag %q wants a value", arg), hint: "see `amiscan --help`"}
		default:
			i++
			named = append(named, "--"+flag.Names()[0]+"="+args[i])
		}
	}
	return named, positional, nil
}

func findFlag(flags []cli.Flag, name string) cli.Flag {
	i := slices.IndexFunc(flags, func(f cli.Flag) bool { return slices.Contains(f.Names(), name) })
	if i < 0 {
		return nil
	}
	return flags[i]
}

func isSwitch(flag cli.Flag) bool {
	_, ok := flag.(*cli.BoolFlag)
	return ok
}

// flagMessage says in one line what is wrong with a flag, and which one was probably meant.
func flagMessage(c *cli.Context, err error) string {
	name, unknown := strings.CutPrefix(err.Error(), "flag provided but not defined: -")
	if !unknown {
		return err.Error()
	}
	message := fmt.Sprintf("unknown flag %q", "--"+strings.TrimLeft(name, "-"))
	var names []string
	for _, flag := range flagsOf(c) {
		names = append(names, flag.Names()[0])
	}
	if near := finding.Nearest(strings.TrimLeft(name, "-"), names); near != "" {
		message += fmt.Sprintf("; the nearest is %q", "--"+near)
	}
	return message
}

func flagsOf(c *cli.Context) []cli.Flag {
	if c.Command != nil {
		return c.Command.Flags
	}
	return c.App.Flags
}

// fromEnvironment fills flags that were not given from AMISCAN_… variables. Empty counts as unset: CI systems pass empty
// inputs all the time.
func (a *app) fromEnvironment(c *cli.Context) error {
	for _, flag := range c.Command.Flags {
		name := flag.Names()[0]
		value := a.getenv(variable(name))
		if value == "" || c.IsSet(name) {
			continue
		}
		for _, one := range valuesOf(flag, value) {
			if err := c.Set(name, one); err != nil {
				return &usageError{message: fmt.Sprintf("%s=%q: %v", variable(name), value, err), hint: "unset it, or correct it"}
			}
		}
	}
	return nil
}

// variable is the environment variable of a flag; -o goes by its long name.
func variable(flag string) string {
	return "AMISCAN_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// valuesOf splits the value of a repeatable flag at commas.
func valuesOf(flag cli.Flag, value string) []string {
	if _, ok := flag.(*cli.StringSliceFlag); !ok {
		return []string{value}
	}
	return strings.FieldsFunc(value, func(r rune) bool { return r == ',' })
}
