package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amiscan/amiscan/internal/iampolicy"
)

func (a *app) iamCommand() *cli.Command {
	flags := append(awsFlags(), imageFlag(),
		&cli.BoolFlag{Name: "org", Category: accounts, Usage: "for each account of an organization that is read with --org"},
		&cli.StringFlag{
			Name: "format", Category: outputs, Value: iampolicy.Formats()[0],
			Usage: "write the role as `FORMAT`: " + strings.Join(iampolicy.Formats(), ", "),
		},
		&cli.StringFlag{Name: "role-name", Category: outputs, Value: "amiscan", Usage: "call the role `NAME`"},
	)
	return &cli.Command{
		Name: "iam", Usage: "print the read-only role that the chosen policies need",
		UsageText: "amiscan iam --select 'sharing/*'\namiscan iam --format cloudformation > amiscan-role.yaml\n" +
			"amiscan iam --format terraform > amiscan-role.tf",
		Flags: append(flags, policyFlags()...),
		Action: func(c *cli.Context) error {
			if err := noArguments(c); err != nil {
				return err
			}
			return a.iam(c.Context, c)
		},
	}
}

// iam derives the role from what the policies read. It asks AWS nothing.
func (a *app) iam(ctx context.Context, c *cli.Context) error {
	if err := iampolicy.CheckName(c.String("role-name")); err != nil {
		return &usageError{message: fmt.Sprintf("--role-name: %v", err), hint: "see `amiscan iam --help`"}
	}
	chosen, err := chosenPolicies(ctx, c)
	if err != nil {
		return err
	}
	asked, err := where(c)
	if err != nil {
		return err
	}
	asked.Whose.Organization = c.Bool("org")
	narrow(chosen, asked)
	role := iampolicy.Role{
		Name: c.String("role-name"), Actions: chosen.Actions(asked),
		Policies: plural(len(chosen.Selected()), "policy", "policies"),
	}
	if err := iampolicy.Write(a.stdout, c.String("format"), role); err != nil {
		return &usageError{message: err.Error(), hint: "see `amiscan iam --help`"}
	}
	return nil
}

func plural(n int, one, many string) string {
	if n == 1 {
		return fmt.Sprintf("%d %s", n, one)
	}
	return fmt.Sprintf("%d %s", n, many)
}
