package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amiscan/amiscan/internal/audit"
	"github.com/amiscan/amiscan/internal/report"
)

func (a *app) diffCommand() *cli.Command {
	return &cli.Command{
		Name: "diff", Usage: "say what changed between two JSON reports", ArgsUsage: "BEFORE AFTER",
		UsageText: "amiscan diff last-week.json today.json",
		Flags: []cli.Flag{
			&cli.StringFlag{
				Name: "output", Aliases: []string{"o"}, Category: outputs, Value: report.DiffFormats()[0],
				Usage: "write `FORMAT`: " + strings.Join(report.DiffFormats(), ", "),
			},
			colorFlag(),
		},
		Action: a.diff,
	}
}

func (a *app) diff(c *cli.Context) error {
	if c.Args().Len() != 2 {
		return &usageError{
			message: fmt.Sprintf("diff compares two reports, not %d", c.Args().Len()), hint: "write amiscan diff BEFORE.json AFTER.json",
		}
	}
	options := report.Options{Width: a.width()}
	var err error
	if options.Color, err = a.colorOf(c); err != nil {
		return err
	}
	comparison, err := audit.Compare(c.Args().Get(0), c.Args().Get(1))
	if err != nil {
		return err
	}
	if err := report.WriteDiff(a.stdout, c.String("output"), comparison, options); err != nil {
		return &usageError{message: err.Error(), hint: "see `amiscan diff --help`"}
	}
	return nil
}
