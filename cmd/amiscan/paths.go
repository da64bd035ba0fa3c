package main

import (
	"fmt"
	"path/filepath"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/amiscan/amiscan/internal/audit"
	"github.com/amiscan/amiscan/internal/config"
)

// resolved is the one name of a file, whatever it is called by; empty for standard output. A file that is not there yet has
// that of its directory.
func resolved(path string) string {
	if path == "" {
		return ""
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	} else if dir, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		path = filepath.Join(dir, filepath.Base(path))
	}
	if absolute, err := filepath.Abs(path); err == nil {
		return absolute
	}
	return path
}

// keepInputs refuses a report in the place of what it is made from. A baseline may be replaced: that is how the next run gets
// its own.
func keepInputs(c *cli.Context, file config.File, wanted []audit.Output) error {
	inputs := slices.Concat(c.Args().Slice(), c.StringSlice("policy"),
		[]string{file.Name(), c.String("exceptions"), c.String("params"), c.String("packer-manifest")})
	read := map[string]bool{}
	for _, input := range inputs {
		read[resolved(input)] = true
	}
	for _, output := range wanted {
		if output.Path != "" && read[resolved(output.Path)] {
			return &usageError{
				message: fmt.Sprintf("--output %s=%s would overwrite what is read", output.Format, output.Path),
				hint:    "write to another PATH",
			}
		}
	}
	return nil
}
