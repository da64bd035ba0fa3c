package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/urfave/cli/v2"

	"github.com/amiscan/amiscan/internal/finding"
)

func (a *app) policiesCommand() *cli.Command {
	return &cli.Command{
		Name: "policies", Usage: "list | show | input: what is judged, why, and what policies see",
		Subcommands: []*cli.Command{
			{
				Name: "list", Usage: "list the selected policies with severity and the facts that they read",
				Flags:  append(policyFlags(), &cli.BoolFlag{Name: "json", Category: outputs, Usage: "as a JSON list"}),
				Action: a.listPolicies,
			},
			{
				Name: "show", Usage: "show one policy: meaning, remediation, parameters and Rego", ArgsUsage: "ID",
				Flags: policyFlags(), Action: a.showPolicy,
			},
			{
				Name: "input", Usage: "print what policies see of each resource, one JSON document a line, for opa and conftest",
				ArgsUsage: "PATH...",
				Flags: append(append(importFlags(), policyFlags()...),
					&cli.StringFlag{Name: "id", Category: targets, Usage: "only the resource with this `ID`"},
					&cli.StringFlag{Name: "now", Category: outputs, Usage: "as of `TIME` (RFC 3339 or YYYY-MM-DD)"}),
				Action: a.showInput,
			},
		},
	}
}

func (a *app) listPolicies(c *cli.Context) error {
	if err := noArguments(c); err != nil {
		return err
	}
	chosen, err := chosenPolicies(c.Context, c)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		encoder := json.NewEncoder(a.stdout)
		encoder.SetIndent("", "  ")
		encoder.SetEscapeHTML(false)
		return encoder.Encode(chosen.Selected())
	}
	t := newTable()
	t.AppendHeader(table.Row{"policy", "severity", "judges", "reads", "title"})
	for _, p := range chosen.Selected() {
		t.AppendRow(table.Row{p.ID, p.Severity, p.Resource, strings.Join(p.Reads, ", "), p.Title})
	}
	_, err = fmt.Fprintln(a.stdout, t.Render())
	return err
}

func (a *app) showPolicy(c *cli.Context) error {
	if c.NArg() != 1 {
		return &usageError{message: "one policy ID is needed", hint: "`amiscan policies list` shows them"}
	}
	all, err := chosenPolicies(c.Context, c)
	if err != nil {
		return err
	}
	found, err := finding.Select(all.Engine().Policies(), []string{c.Args().First()}, nil)
	if err != nil {
		return err
	}
	for _, p := range found {
		if err := a.printPolicy(all.Engine().Text, p); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) printPolicy(text func(string) (string, string), p finding.Policy) error {
	name, rego := text(p.ID)
	_, err := fmt.Fprintf(a.stdout, "%s (%s, judges %s)\n%s\n\n%s\n\nRemediation: %s\n\nReads: %s\nControls: %s\n",
		p.ID, p.Severity, p.Resource, p.Title, p.Description, p.Remediation,
		strings.Join(p.Reads, ", "), orNone(p.Controls))
	if err != nil {
		return err
	}
	for _, param := range p.Params {
		value, err := json.Marshal(param.Default)
		if err != nil {
			return fmt.Errorf("show param %q: %w", param.Name, err)
		}
		_, err = fmt.Fprintf(a.stdout, "Param %s (%s, default %s): %s\n", param.Name, param.Type, value, param.Meaning)
		if err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(a.stdout, "\n--- %s\n%s", name, rego)
	return err
}

func orNone(list []string) string {
	if len(list) == 0 {
		return "none"
	}
	return strings.Join(list, ", ")
}

func (a *app) showInput(c *cli.Context) error {
	chosen, err := chosenPolicies(c.Context, c)
	if err != nil {
		return err
	}
	now, err := a.nowOf(c)
	if err != nil {
		return err
	}
	loaded, err := a.load(c.Context, c)
	if err != nil {
		return err
	}
	return chosen.Inputs(loaded.Parts(c.Context), c.String("id"), now, a.stdout)
}
