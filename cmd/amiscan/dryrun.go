package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/urfave/cli/v2"

	"github.com/amiscan/amiscan/internal/audit"
	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
)

// usualUnit is how many resources of each kind a unit is assumed to have where nobody says otherwise.
func usualUnit() map[string]int {
	return map[string]int{
		inventory.AMI: 100, inventory.Snapshot: 300, inventory.KMSKey: 5, inventory.LaunchTemplate: 50,
		inventory.AutoScalingGroup: 20, inventory.Instance: 200,
	}
}

func dryRunFlags() []cli.Flag {
	return []cli.Flag{
		&cli.BoolFlag{
			Name: "dry-run", Category: targets, Usage: "print units, calls by action and estimated time, and read nothing",
		},
		&cli.StringSliceFlag{
			Name: "assume", Category: targets,
			Usage: "with --dry-run: resources of a kind in each unit, as `KIND=N` (repeatable; default: ami=100, snapshot=300 ...)",
		},
	}
}

// assumed reads the resources that an estimate is for. With single images there are only those.
func assumed(c *cli.Context, images int) (map[string]int, error) {
	resources := usualUnit()
	if c.IsSet("assume") && !c.Bool("dry-run") {
		return nil, &usageError{message: "--assume has a meaning with --dry-run alone", hint: "add --dry-run"}
	}
	if images > 0 {
		resources[inventory.AMI], resources[inventory.Snapshot] = images, 2*images
	}
	for _, term := range terms(c.StringSlice("assume")) {
		kind, number, ok := strings.Cut(term, "=")
		n, err := strconv.Atoi(number)
		if !ok || err != nil || n < 0 {
			return nil, &usageError{message: fmt.Sprintf("--assume %q is no KIND=N", term), hint: "write one like ami=10000"}
		}
		if !slices.Contains(inventory.Kinds(), kind) {
			return nil, &usageError{message: fmt.Sprintf("--assume: %q is no kind of resource", kind), hint: nearestKind(kind)}
		}
		resources[kind] = n
	}
	return resources, nil
}

func nearestKind(kind string) string {
	if near := finding.Nearest(kind, inventory.Kinds()); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "kinds are " + strings.Join(inventory.Kinds(), ", ")
}

// estimate asks which units there are, and nothing of what is in them.
func (a *app) estimate(ctx context.Context, target *audit.Target, chosen *audit.Judge, resources map[string]int) error {
	e, err := target.Estimate(ctx, chosen, resources)
	a.endProgress()
	if err != nil {
		return err
	}
	a.dryRun(e)
	return nil
}

// fewUnits are named one by one.
const fewUnits = 50

// dryRun prints what the run would ask of AWS. Whose account it is and which regions it has was asked already.
func (a *app) dryRun(e audit.Estimate) {
	for _, u := range e.Units[:min(len(e.Units), fewUnits)] {
		fmt.Fprintf(a.stdout, "unit %s in %s\n", u.Account, u.Region)
	}
	if more := len(e.Units) - fewUnits; more > 0 {
		fmt.Fprintf(a.stdout, "and %d more\n", more)
	}
	t := newTable()
	t.AppendHeader(table.Row{"CALLS", "ACTION"})
	for _, action := range e.Actions {
		t.AppendRow(table.Row{action.Calls, action.Action})
	}
	fmt.Fprintf(a.stdout, "\n%s\n\n", t.Render())
	fmt.Fprintf(a.stdout, "%s in each of %s, about %s altogether, if a unit has %s\n",
		plural(e.Calls(), "call", "calls"), plural(len(e.Units), "unit", "units"), e.Total, sayAssumed(e.Resources))
}

func sayAssumed(resources map[string]int) string {
	var parts []string
	for _, kind := range slices.Sorted(maps.Keys(resources)) {
		parts = append(parts, fmt.Sprintf("%d %s", resources[kind], strings.ReplaceAll(kind, "_", " ")))
	}
	return strings.Join(parts, ", ") + " (--assume KIND=N)"
}
