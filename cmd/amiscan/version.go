package main

import (
	"fmt"
	"runtime/debug"

	"github.com/urfave/cli/v2"
)

func (a *app) versionCommand() *cli.Command {
	return &cli.Command{
		Name: "version", Usage: "print version, commit and Go version",
		Action: func(c *cli.Context) error {
			if err := noArguments(c); err != nil {
				return err
			}
			_, err := fmt.Fprintln(a.stdout, "amiscan", version(), build())
			return err
		},
	}
}

// version is the module's version from build information; a build from a work tree without version control is "devel".
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "devel"
	}
	return info.Main.Version
}

// build names the commit and the Go version.
func build() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	commit := "unknown commit"
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" && len(setting.Value) >= 12 {
			commit = "commit " + setting.Value[:12]
		}
	}
	return fmt.Sprintf("(%s, %s)", commit, info.GoVersion)
}

// noArguments refuses arguments of a command that takes none.
func noArguments(c *cli.Context) error {
	if c.Args().Present() {
		return &usageError{
			message: fmt.Sprintf("unexpected argument %q", c.Args().First()), hint: fmt.Sprintf("see `%s --help`", commandPath(c)),
		}
	}
	return nil
}
