package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amiscan/amiscan/internal/audit"
	"github.com/amiscan/amiscan/internal/gate"
)

func (a *app) collectCommand() *cli.Command {
	flags := append(awsFlags(), rateFlag(), &cli.StringFlag{
		Name: "inventory", Category: outputs, Usage: "write to the directory `PATH`, or to one file if it ends in .jsonl or .jsonl.zst",
	}, quietFlag())
	return &cli.Command{
		Name: "collect", Usage: "write an inventory",
		UsageText: "amiscan collect --region all --inventory audit/\namiscan eval audit/",
		Flags:     append(flags, policyFlags()...),
		Action: func(c *cli.Context) error {
			if err := noArguments(c); err != nil {
				return err
			}
			return a.collect(c.Context, c)
		},
	}
}

func (a *app) collect(ctx context.Context, c *cli.Context) error {
	path := c.String("inventory")
	if path == "" {
		return &usageError{message: "--inventory is needed", hint: "name a directory, or a file that ends in .jsonl or .jsonl.zst"}
	}
	chosen, err := chosenPolicies(ctx, c)
	if err != nil {
		return err
	}
	asked, err := a.collecting(c)
	if err != nil {
		return err
	}
	target, err := audit.Connect(ctx, chosen.Facts(), asked)
	if err != nil {
		return err
	}
	if strings.HasSuffix(path, ".jsonl") || strings.HasSuffix(path, ".jsonl.zst") {
		return a.collectFile(ctx, target, path)
	}
	return a.collectDirectory(ctx, target, path)
}

func (a *app) collectDirectory(ctx context.Context, target *audit.Target, path string) error {
	kept, total, err := target.Save(ctx, path)
	if err != nil && ctx.Err() == nil {
		return err
	}
	fmt.Fprintf(a.stderr, "%d of %d units in %s (%d were there before)\n", total, len(target.Units()), path, kept)
	a.interrupted(ctx)
	return nil
}

func (a *app) collectFile(ctx context.Context, target *audit.Target, path string) error {
	units, err := target.SaveFile(ctx, path)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stderr, "%d of %d units in %s\n", units, len(target.Units()), path)
	a.interrupted(ctx)
	return nil
}

// interrupted sets the exit code of a run that was cut short.
func (a *app) interrupted(ctx context.Context) {
	if ctx.Err() != nil {
		a.verdict = gate.Verdict{Code: gate.Interrupted, Reason: "interrupted"}
	}
}
