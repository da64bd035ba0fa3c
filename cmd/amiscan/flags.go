package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amiscan/amiscan/internal/report"
)

// Help groups flags under these headings.
const (
	targets = "Targets"
	policy  = "Policy"
	gating  = "Gate"
	outputs = "Output"
)

// policyFlags choose the policies and their parameters.
func policyFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "policy", Category: policy, Usage: "also load policies from `DIR|BUNDLE.tar.gz` (repeatable)"},
		&cli.StringSliceFlag{
			Name: "select", Category: policy,
			Usage: "judge by `TERM` only: an ID, family/*, severity:high or control:FSBP/EC2.1 (repeatable, or with commas)",
		},
		&cli.StringSliceFlag{Name: "skip", Category: policy, Usage: "leave out `TERM` (as --select)"},
		&cli.StringFlag{Name: "params", Category: policy, Usage: "read parameters of policies from the YAML `FILE`"},
		&cli.StringFlag{Name: "config", Category: policy, Usage: "read `FILE` instead of amiscan.yaml"},
	}
}

// awsFlags say where to look in AWS.
func awsFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "profile", Category: targets, Usage: "use this `PROFILE` of the AWS configuration"},
		&cli.StringSliceFlag{
			Name: "region", Category: targets, Usage: "look in `REGION`, or all (repeatable; default the profile's or AWS_REGION)",
		},
	}
}

// paceFlags say how fast AWS is asked.
func paceFlags() []cli.Flag {
	return []cli.Flag{
		&cli.Float64Flag{
			Name: "politeness", Category: targets, DefaultText: "0.5",
			Usage: "use this `SHARE` of the rates that AWS documents, above 0 and up to 1: other tools share them",
		},
		&cli.IntFlag{
			Name: "rate", Category: targets, DefaultText: "by --politeness",
			Usage: "make at most `N` calls of one action a second in each account and region",
		},
		&cli.IntFlag{
			Name: "in-flight", Category: targets, DefaultText: "64", Usage: "have at most `N` calls under way at a time",
		},
	}
}

// inventoryFlag says where collected state is kept.
func inventoryFlag(usage string) cli.Flag {
	return &cli.StringFlag{Name: "inventory", Category: outputs, Usage: usage}
}

// imageFlag narrows a scan.
func imageFlag() cli.Flag {
	return &cli.StringSliceFlag{
		Name: "image", Category: targets, Usage: "judge only the image `AMI`, its snapshots and keys (repeatable)",
	}
}

// importFlags say what saved command-line output doesn't.
func importFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "account", Category: targets, Usage: "saved output belongs to `ACCOUNT` (default: its owners')"},
		&cli.StringFlag{Name: "region", Category: targets, Usage: "saved output comes from `REGION` (default: unknown)"},
		&cli.StringFlag{Name: "partition", Category: targets, Value: "aws", Usage: "saved output comes from `PARTITION`"},
	}
}

// judgeFlags are what judging takes beside the policies: the gate and the reports.
func judgeFlags() []cli.Flag {
	return append([]cli.Flag{
		&cli.StringFlag{
			Name: "fail-on", Category: gating,
			Usage: "exit 1 from `SEVERITY` on: critical, high, medium, low, info or none (default: high)",
		},
		&cli.StringFlag{Name: "exceptions", Category: gating, Usage: "accept what the exceptions in the YAML `FILE` accept"},
		&cli.StringFlag{
			Name: "baseline", Category: gating, Usage: "fail only on what is new since the JSON `REPORT` of an earlier run",
		},
		&cli.BoolFlag{Name: "allow-partial", Category: gating, Usage: "do not exit 3 where something could not be read"},
		&cli.BoolFlag{Name: "allow-empty", Category: gating, Usage: "do not exit 4 where nothing matched"},
		&cli.StringSliceFlag{
			Name: "output", Aliases: []string{"o"}, Category: outputs,
			Usage: fmt.Sprintf("write `FORMAT[=PATH]` (%s; repeatable; default: text)", strings.Join(report.Formats(), ", ")),
		},
		&cli.StringFlag{
			Name: "min-severity", Category: outputs, Usage: "report failing findings from `SEVERITY` on; the gate sees all",
		},
		&cli.BoolFlag{Name: "include-pass", Category: outputs, Usage: "report what passes, too"},
		&cli.StringFlag{Name: "now", Category: outputs, Usage: "judge as of `TIME` (RFC 3339 or YYYY-MM-DD)"},
		colorFlag(),
		quietFlag(),
	}, sarifFlags()...)
}

func colorFlag() cli.Flag {
	return &cli.StringFlag{Name: "color", Category: outputs, Value: "auto", Usage: "`WHEN` to colour text: auto, always or never"}
}

func quietFlag() cli.Flag {
	return &cli.BoolFlag{Name: "quiet", Category: outputs, Usage: "no progress on standard error"}
}

func logFormatFlag() cli.Flag {
	return &cli.StringFlag{
		Name: "log-format", Category: outputs, Value: "text",
		Usage: "write standard error as `FORMAT`: text, or json with one object a line",
	}
}

// terms splits the values of a repeatable flag at commas and drops empty ones.
func terms(values []string) []string {
	var all []string
	for _, value := range values {
		for _, term := range strings.Split(value, ",") {
			if term = strings.TrimSpace(term); term != "" {
				all = append(all, term)
			}
		}
	}
	return all
}
