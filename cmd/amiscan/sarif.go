package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amiscan/amiscan/internal/audit"
	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/report"
)

// maxSplit is far more than an organization needs; each file is a category that is uploaded for itself.
const maxSplit = 100

// sarifFlags shape the report for code scanning.
func sarifFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{
			Name: "sarif-category", Category: outputs,
			Usage: "stable `NAME` of this scan in code scanning (default: the account)",
		},
		&cli.StringFlag{
			Name: "sarif-profile", Category: outputs, Value: report.SARIFProfiles()[0],
			Usage: "write SARIF for `PROFILE`: github (alerts only), or full (suppressed, passing and unknown ones, too)",
		},
		&cli.StringFlag{
			Name: "sarif-location", Category: outputs, Value: report.SARIFLocations()[0],
			Usage: "`WHERE` alerts stand: auto (on the source where it is known) or pseudo (by account and region)",
		},
		&cli.IntFlag{
			Name: "sarif-split", Category: outputs, DefaultText: "1",
			Usage: "spread alerts over `N` files of 5,000 each: amiscan.sarif, amiscan-2.sarif (another N reopens alerts)",
		},
		&cli.BoolFlag{
			Name: "sarif-incomplete", Category: outputs,
			Usage: "write SARIF of an incomplete run, too: code scanning then closes what was not seen",
		},
	}
}

// setSARIF reads these flags.
func setSARIF(c *cli.Context, options *report.Options) error {
	options.Category = c.String("sarif-category")
	options.Profile, options.Location = c.String("sarif-profile"), c.String("sarif-location")
	options.Split, options.Incomplete = c.Int("sarif-split"), c.Bool("sarif-incomplete")
	if err := among("--sarif-profile", options.Profile, report.SARIFProfiles()); err != nil {
		return err
	}
	if err := among("--sarif-location", options.Location, report.SARIFLocations()); err != nil {
		return err
	}
	if c.IsSet("sarif-split") && (options.Split < 1 || options.Split > maxSplit) {
		return &usageError{
			message: fmt.Sprintf("--sarif-split %d is not from 1 to %d", options.Split, maxSplit), hint: "each file takes 5,000 alerts",
		}
	}
	if options.Split > 1 && options.Profile == "full" {
		return &usageError{message: "--sarif-profile full goes into one file", hint: "leave out --sarif-split"}
	}
	return nil
}

// among refuses a value that is none of a few words, and names the one that was probably meant.
func among(flag, value string, words []string) error {
	if slices.Contains(words, value) {
		return nil
	}
	problem := &usageError{
		message: fmt.Sprintf("%s %q is none of %s", flag, value, strings.Join(words, ", ")), hint: "see `amiscan scan --help`",
	}
	if near := finding.Nearest(value, words); near != "" {
		problem.hint = fmt.Sprintf("did you mean %q?", near)
	}
	return problem
}

// checkParts refuses a split report without a file, and parts that would overwrite another report.
func checkParts(wanted []audit.Output, split int) error {
	taken := map[string]string{}
	for _, output := range wanted {
		if output.Path != "" {
			taken[output.Path] = output.Format + "=" + output.Path
		}
	}
	for _, output := range wanted {
		if output.Format != "sarif" || split < 2 {
			continue
		}
		if output.Path == "" {
			return &usageError{message: fmt.Sprintf("--sarif-split %d needs a file", split), hint: "write --output sarif=PATH"}
		}
		for _, path := range output.Paths(split)[1:] {
			if other, there := taken[path]; there {
				return &usageError{
					message: fmt.Sprintf("--output %q and a part of %q go to the same place", other, taken[output.Path]),
					hint:    "give one of them another PATH",
				}
			}
			taken[path] = output.Format + "=" + path
		}
	}
	return nil
}
