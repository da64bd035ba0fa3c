package main

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/amiscan/amiscan/internal/audit"
	"github.com/amiscan/amiscan/internal/config"
)

// freshness is how long a named image that EC2 does not show yet is waited for.
const freshness = time.Minute

// imageID and regionName are what ids and names look like: a typo is cheaper to find here than in AWS's answer.
var (
	imageID    = regexp.MustCompile(`^ami-[0-9a-f]{8}([0-9a-f]{9})?$`)
	regionName = regexp.MustCompile(`^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$`)
)

func (a *app) scanCommand() *cli.Command {
	flags := append(awsFlags(), imageFlag(), &cli.DurationFlag{
		Name: "wait", Category: targets, Value: freshness,
		Usage: "ask for an --image that is not to be seen again for `TIME` (with one region)",
	})
	return &cli.Command{
		Name: "scan", Usage: "collect, evaluate and report in one run",
		UsageText: "amiscan scan --region eu-west-1 -o text -o sarif=amiscan.sarif\n" +
			"amiscan scan --image ami-0123456789abcdef0 --fail-on medium",
		Flags: append(append(flags, policyFlags()...), judgeFlags()...),
		Action: func(c *cli.Context) error {
			if err := noArguments(c); err != nil {
				return err
			}
			return a.scan(c.Context, c)
		},
	}
}

func (a *app) scan(ctx context.Context, c *cli.Context) error {
	run, judge, err := a.prepareJudgement(ctx, c)
	if err != nil {
		return err
	}
	asked, err := a.collecting(c)
	if err != nil {
		return err
	}
	if len(asked.Images) > 0 {
		judge.NarrowToImages()
	}
	target, err := audit.Connect(ctx, judge.Facts(), asked)
	if err != nil {
		return err
	}
	parts, interrupted, err := target.ReadAll(ctx)
	if err != nil {
		return err
	}
	run.Manifest, run.Parts, run.Source = target.Manifest(), audit.InMemory(parts), "aws"
	run.Warnings = slices.Concat(target.Warnings, target.Pending(parts))
	run.Interrupted, run.NotFound = interrupted, target.Missing(parts)
	return a.judgeAndReport(ctx, judge, run)
}

// prepareJudgement reads configuration, options and policies: everything that can be wrong before AWS is asked.
func (a *app) prepareJudgement(ctx context.Context, c *cli.Context) (audit.Run, *audit.Judge, error) {
	file, err := config.Load(c.String("config"))
	if err != nil {
		return audit.Run{}, nil, err
	}
	run, err := a.runOptions(c, file)
	if err != nil {
		return run, nil, err
	}
	j, err := judge(ctx, c, file)
	return run, j, err
}

// collecting reads where to look from the flags.
func (a *app) collecting(c *cli.Context) (audit.Collecting, error) {
	asked := audit.Collecting{
		Version: version(), Profile: c.String("profile"), Regions: terms(c.StringSlice("region")),
		Images: terms(c.StringSlice("image")), Patience: c.Duration("wait"), Now: a.now(),
		Progress: a.progress(c),
	}
	for _, region := range asked.Regions {
		if region != audit.AllRegions && !regionName.MatchString(region) {
			return asked, &usageError{message: fmt.Sprintf("%q is no region", region), hint: "write one like eu-west-1, or all"}
		}
	}
	for _, id := range asked.Images {
		if !imageID.MatchString(id) {
			return asked, &usageError{message: fmt.Sprintf("%q is no image id", id), hint: "write one like ami-0123456789abcdef0"}
		}
	}
	return asked, nil
}

// progress tells on standard error what is being read.
func (a *app) progress(c *cli.Context) func(string) {
	if c.Bool("quiet") {
		return func(string) {}
	}
	return func(message string) { fmt.Fprintln(a.stderr, message) }
}

// judgeAndReport ends a run that has an inventory. Judging goes on when collecting was interrupted: what is done is kept.
func (a *app) judgeAndReport(ctx context.Context, judge *audit.Judge, run audit.Run) error {
	verdict, err := judge.Do(context.WithoutCancel(ctx), run)
	a.verdict = verdict
	if err != nil && verdict.Code != 2 {
		return &lostReportError{err}
	}
	return err
}
