package main

import (
	"context"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/amiscan/amiscan/internal/audit"
)

func (a *app) scanCommand() *cli.Command {
	flags := append(awsFlags(), rateFlag(), imageFlag(), &cli.DurationFlag{
		Name: "wait", Category: targets, Value: freshness,
		Usage: "ask for an --image that is not to be seen again for `TIME` (with one region)",
	})
	flags = append(flags, bakeFlags()...)
	return &cli.Command{
		Name: "scan", Usage: "collect, evaluate and report in one run",
		UsageText: "amiscan scan --region eu-west-1 -o text -o sarif=amiscan.sarif\n" +
			"amiscan scan --image ami-0123456789abcdef0 --fail-on medium",
		Flags: slices.Concat(flags, dryRunFlags(), policyFlags(), judgeFlags()),
		Action: func(c *cli.Context) error {
			if err := noArguments(c); err != nil {
				return err
			}
			return a.scan(c.Context, c)
		},
	}
}

func (a *app) scan(ctx context.Context, c *cli.Context) error {
	baked, err := bakeOf(c)
	if err != nil {
		return err
	}
	run, judge, err := a.prepareJudgement(ctx, c, baked)
	if err != nil {
		return err
	}
	asked, err := a.collecting(c)
	if err != nil {
		return err
	}
	baked.narrow(&asked)
	grantees, err := granteesOf(c, asked.Images)
	if err != nil {
		return err
	}
	if len(asked.Images) > 0 {
		judge.NarrowToImages()
	}
	resources, err := assumed(c, len(asked.Images))
	if err != nil {
		return err
	}
	target, err := audit.Connect(ctx, judge.Facts(), asked)
	if err != nil {
		return err
	}
	if c.Bool("dry-run") {
		a.dryRun(target.Estimate(judge, resources))
		return nil
	}
	parts, interrupted, err := target.ReadAll(ctx)
	if err != nil {
		return err
	}
	supposed, err := audit.ShareWith(parts, asked.Images, grantees)
	if err != nil {
		return err
	}
	run.Manifest, run.Parts, run.Source = target.Manifest(), audit.InMemory(parts), "aws"
	run.Warnings = slices.Concat(target.Warnings, supposed, target.Pending(parts))
	run.Interrupted, run.NotFound = interrupted, target.Missing(parts)
	return a.judgeAndReport(ctx, judge, run)
}
