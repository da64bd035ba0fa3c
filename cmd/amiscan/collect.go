package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amiscan/amiscan/internal/audit"
	"github.com/amiscan/amiscan/internal/gate"
	"github.com/amiscan/amiscan/internal/store"
)

func (a *app) collectCommand() *cli.Command {
	flags := slices.Concat(awsFlags(), paceFlags(), fleetFlags())
	flags = append(flags, quietFlag(), logFormatFlag(),
		inventoryFlag("write to `PATH`: a directory, s3://BUCKET/PREFIX, or one file if it ends in .jsonl or .jsonl.zst"))
	return &cli.Command{
		Name: "collect", Usage: "write an inventory",
		UsageText: "amiscan collect --region all --inventory audit/\namiscan eval audit/\n" +
			"amiscan collect --org --inventory s3://my-bucket/audit/2026-01-31",
		Flags: append(flags, policyFlags()...),
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
		return &usageError{
			message: "--inventory is needed", hint: "name a directory, s3://BUCKET/PREFIX, or a file that ends in .jsonl or .jsonl.zst",
		}
	}
	chosen, err := chosenPolicies(ctx, c)
	if err != nil {
		return err
	}
	asked, err := a.collecting(c)
	if err != nil {
		return err
	}
	narrow(chosen, asked)
	target, err := audit.Connect(ctx, chosen.Facts(), asked)
	if err != nil {
		return err
	}
	if isFile(path) {
		return a.collectFile(ctx, target, path)
	}
	outcome, err := target.Save(ctx, path)
	return a.tellOutcome(ctx, path, outcome, err)
}

// isFile reports whether an inventory is to be one file.
func isFile(path string) bool {
	return !store.InBucket(path) && (strings.HasSuffix(path, ".jsonl") || strings.HasSuffix(path, ".jsonl.zst"))
}

// tellOutcome says what was read and sets the exit code.
func (a *app) tellOutcome(ctx context.Context, path string, o audit.Outcome, err error) error {
	a.endProgress()
	var unkept *audit.UnkeptError
	if err != nil && ctx.Err() == nil && !errors.As(err, &unkept) {
		return err
	}
	line := fmt.Sprintf("%d of %d units in %s (%d were there before)", o.Kept+o.Read, o.Units, path, o.Kept)
	if o.Failed > 0 {
		line += fmt.Sprintf("; %s could not be read", plural(o.Failed, "account or unit", "accounts or units"))
		a.verdict = gate.Verdict{Code: gate.Incomplete, Reason: line}
	}
	a.say(line)
	if ctx.Err() != nil {
		a.say("interrupted: the same command goes on from here")
	}
	a.interrupted(ctx)
	if unkept != nil && ctx.Err() == nil {
		return &lostReportError{err: err}
	}
	return nil
}

func (a *app) collectFile(ctx context.Context, target *audit.Target, path string) error {
	units, err := target.SaveFile(ctx, path)
	if err != nil {
		return err
	}
	a.endProgress()
	a.say(fmt.Sprintf("%d of %d units in %s", units, len(target.Units()), path))
	a.interrupted(ctx)
	return nil
}

// interrupted sets the exit code of a run that was cut short.
func (a *app) interrupted(ctx context.Context) {
	if ctx.Err() != nil {
		a.verdict = gate.Verdict{Code: gate.Interrupted, Reason: "interrupted"}
	}
}
