package main

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/store"
)

func (a *app) evalCommand() *cli.Command {
	return &cli.Command{
		Name: "eval", Usage: "judge an inventory, or saved AWS CLI output, without credentials or network",
		ArgsUsage: "PATH...",
		UsageText: "aws ec2 describe-images --owners self > images.json\n" +
			"amiscan eval images.json\namiscan eval audit/ -o json=report.json",
		Flags:  append(append(importFlags(), policyFlags()...), judgeFlags()...),
		Action: func(c *cli.Context) error { return a.eval(c.Context, c) },
	}
}

func (a *app) eval(ctx context.Context, c *cli.Context) error {
	run, judge, err := a.prepareJudgement(ctx, c)
	if err != nil {
		return err
	}
	loaded, err := a.load(ctx, c)
	if err != nil {
		return err
	}
	run.Manifest, run.Parts = loaded.Manifest(), loaded.Parts(ctx)
	// Sorted, because the order of arguments must not change a byte of any report.
	run.Source = strings.Join(slices.Compact(slices.Sorted(slices.Values(c.Args().Slice()))), ", ")
	if len(run.Manifest.Images) > 0 {
		judge.NarrowToImages()
	}
	if !run.Manifest.OverOrganization() {
		judge.NarrowToAccounts()
	}
	return a.judgeAndReport(ctx, judge, run)
}

// load opens what the arguments name; "-" is standard input.
func (a *app) load(ctx context.Context, c *cli.Context) (*store.Inventory, error) {
	if err := checkImport(c); err != nil {
		return nil, err
	}
	paths := c.Args().Slice()
	if len(paths) == 0 {
		return nil, &usageError{
			message: "no inventory named",
			hint:    "name an inventory or saved output, such as that of `aws ec2 describe-images --owners self`; - is standard input",
		}
	}
	return store.Load(ctx, paths, a.stdin, inventory.ImportOptions{
		Account: c.String("account"), Region: c.String("region"), Partition: c.String("partition"),
	}, store.Access{})
}

// accountID is what the id of an account looks like.
var accountID = regexp.MustCompile(`^\d{12}$`)

// checkImport refuses an account or a region that can't be: everything would be judged as somebody else's.
func checkImport(c *cli.Context) error {
	if account := c.String("account"); account != "" && !accountID.MatchString(account) {
		return &usageError{message: fmt.Sprintf("%q is no account", account), hint: "write its twelve digits"}
	}
	if region := c.String("region"); region != "" && !regionName.MatchString(region) {
		return &usageError{message: fmt.Sprintf("%q is no region", region), hint: "write one like eu-west-1"}
	}
	return nil
}
