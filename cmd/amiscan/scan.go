package main

import (
	"context"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/amiscan/amiscan/internal/audit"
	"github.com/amiscan/amiscan/internal/config"
)

func (a *app) scanCommand() *cli.Command {
	flags := slices.Concat(awsFlags(), paceFlags(), fleetFlags())
	flags = append(flags, imageFlag(), logFormatFlag(), inventoryFlag("with --org or --account: keep what is read in `PATH` (a "+
		"directory or s3://BUCKET/PREFIX), and go on there"), &cli.DurationFlag{
		Name: "wait", Category: targets, Value: freshness,
		Usage: "ask for an --image that is not to be seen again for `TIME` (with one region, or a manifest)",
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
	s, err := a.prepareScan(c)
	if err != nil {
		return err
	}
	dialing := audit.Dial(ctx, s.asked)
	chosen, err := judge(ctx, c, s.file)
	if err != nil {
		return err
	}
	narrow(chosen, s.asked)
	target, err := dialing.Target(chosen.Facts())
	if err != nil {
		return err
	}
	if c.Bool("dry-run") {
		return a.estimate(ctx, target, chosen, s.resources)
	}
	chosen.Warm(ctx)
	if s.asked.Whose.Many() {
		return a.scanMany(ctx, c, &s, target, chosen)
	}
	if err := s.read(ctx, target); err != nil {
		return err
	}
	a.endProgress()
	// What was read before an interruption is judged all the same; whoever interrupts that, too, ends the program.
	return a.judgeAndReport(context.WithoutCancel(ctx), chosen, s.run)
}

// scanning is a scan as the flags ask for it.
type scanning struct {
	file      config.File
	run       audit.Run
	asked     audit.Collecting
	grantees  []audit.Grantee
	resources map[string]int
}

// prepareScan reads everything that can be wrong before AWS is asked, but for the policies.
func (a *app) prepareScan(c *cli.Context) (s scanning, err error) {
	baked, err := bakeOf(c)
	if err != nil {
		return s, err
	}
	if s.file, s.run, err = a.prepareRun(c, baked); err != nil {
		return s, err
	}
	if s.asked, err = a.collecting(c); err != nil {
		return s, err
	}
	baked.narrow(&s.asked)
	if s.grantees, err = granteesOf(c, s.asked.Images); err != nil {
		return s, err
	}
	s.resources, err = assumed(c, len(s.asked.Images))
	return s, err
}

// read collects what is judged.
func (s *scanning) read(ctx context.Context, target *audit.Target) error {
	parts, interrupted, err := target.ReadAll(ctx)
	if err != nil {
		return err
	}
	supposed, err := audit.ShareWith(parts, s.asked.Images, s.grantees)
	if err != nil {
		return err
	}
	s.run.Manifest, s.run.Parts, s.run.Source = target.Manifest(), audit.InMemory(parts), "aws"
	s.run.Warnings = slices.Concat(target.Warnings, supposed, target.Pending(parts))
	s.run.Interrupted, s.run.NotFound = interrupted, target.Missing(parts)
	return nil
}

// narrow puts aside the policies that what is asked for does not suffice for.
func narrow(chosen *audit.Judge, asked audit.Collecting) {
	if len(asked.Images) > 0 {
		chosen.NarrowToImages()
	}
	if !asked.Whose.Organization {
		chosen.NarrowToAccounts()
	}
}
