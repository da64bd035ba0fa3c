package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/amiscan/amiscan/internal/audit"
	"github.com/amiscan/amiscan/internal/config"
	"github.com/amiscan/amiscan/internal/eval"
	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/gate"
	"github.com/amiscan/amiscan/internal/report"
	"github.com/amiscan/amiscan/internal/schema"
	"github.com/amiscan/amiscan/policies"
)

// judge loads the policies that the flags and amiscan.yaml choose.
func judge(ctx context.Context, c *cli.Context, file config.File) (*audit.Judge, error) {
	sources, err := policySources(c)
	if err != nil {
		return nil, err
	}
	schemas, err := policies.Schemas()
	if err != nil {
		return nil, err
	}
	params, err := paramsOf(c, file)
	if err != nil {
		return nil, err
	}
	chosen, place := terms(c.StringSlice("select")), ""
	if len(chosen) == 0 {
		chosen, place = file.Select, file.At("select")
	}
	chosenPolicies, err := audit.NewJudge(ctx, audit.Selection{
		Sources: sources, Catalog: schema.Catalog(), Schemas: schemas, Params: params,
		Select: chosen, Skip: terms(c.StringSlice("skip")), Severities: file.Severities(),
	})
	return chosenPolicies, placed(file, place, chosen, err)
}

// placed says where a name that is no policy's stands, if it stands in a file.
func placed(file config.File, place string, chosen []string, err error) error {
	var unknown *finding.UnknownTermError
	if !errors.As(err, &unknown) {
		return err
	}
	if !slices.Contains(chosen, unknown.Term) {
		place = file.At("severity." + unknown.Term)
	}
	if place == "" {
		return err
	}
	return fmt.Errorf("%s: %w", place, err)
}

func policySources(c *cli.Context) ([]eval.Source, error) {
	sources := []eval.Source{{FS: policies.FS(), Embedded: true}}
	for _, name := range c.StringSlice("policy") {
		source, err := eval.OpenSource(name)
		if err != nil {
			return nil, err
		}
		sources = append(sources, source)
	}
	return sources, nil
}

// paramsOf lets the values of --params stand before those of amiscan.yaml.
func paramsOf(c *cli.Context, file config.File) (map[string]any, error) {
	params := maps.Clone(file.Params)
	name := c.String("params")
	if name == "" {
		return params, nil
	}
	given, err := config.LoadParams(name)
	if err != nil {
		return nil, err
	}
	if params == nil {
		params = map[string]any{}
	}
	maps.Copy(params, given)
	return params, nil
}

// runOptions reads gate and report options; the inventory is filled in by the command.
func (a *app) runOptions(c *cli.Context, file config.File) (audit.Run, error) {
	run := audit.Run{Version: version(), Stdout: a.stdout, Warn: a.warn}
	var err error
	if run.Decided, err = decidedOf(c, file); err != nil {
		return run, err
	}
	if run.Now, err = a.nowOf(c); err != nil {
		return run, err
	}
	if run.Gate, err = gateOf(c, file); err != nil {
		return run, err
	}
	if run.MinSeverity, err = severityOf("--min-severity", c.String("min-severity")); err != nil {
		return run, err
	}
	if run.Outputs, err = outputsOf(c.StringSlice("output")); err != nil {
		return run, err
	}
	if err := keepInputs(c, file, run.Outputs); err != nil {
		return run, err
	}
	if run.Report, err = a.reportOptions(c); err != nil {
		return run, err
	}
	return run, checkParts(run.Outputs, run.Report.Split)
}

// nowOf is the time to judge by, and the clock's if none is given.
func (a *app) nowOf(c *cli.Context) (time.Time, error) {
	text := c.String("now")
	if text == "" {
		return a.now().UTC().Truncate(time.Second), nil
	}
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, &usageError{
		message: fmt.Sprintf("--now %q is no time", text), hint: "write 2026-01-31 or 2026-01-31T12:00:00Z",
	}
}

func gateOf(c *cli.Context, file config.File) (gate.Options, error) {
	options := gate.Options{AllowPartial: c.Bool("allow-partial"), AllowEmpty: c.Bool("allow-empty"), FailOn: finding.High}
	text, place := c.String("fail-on"), "--fail-on"
	if text == "" {
		text, place = file.FailOn, file.At("fail_on")+": fail_on"
	}
	switch text {
	case "":
		return options, nil
	case "none":
		options.FailOn = 0
		return options, nil
	}
	severity, err := severityOf(place, text)
	options.FailOn = severity
	return options, err
}

// severityOf reads a severity; place says in an error where it was written.
func severityOf(place, text string) (finding.Severity, error) {
	if text == "" {
		return 0, nil
	}
	severity, err := finding.ParseSeverity(text)
	if err != nil {
		return 0, &usageError{message: fmt.Sprintf("%s: %v", place, err), hint: "see `amiscan scan --help`"}
	}
	return severity, nil
}

// outputsOf reads FORMAT[=PATH]. Text goes to standard output unless another format claims it. Neither standard output
// nor a file takes two reports.
func outputsOf(values []string) ([]audit.Output, error) {
	var all []audit.Output
	taken := map[string]string{}
	for _, value := range values {
		format, path, hasPath := strings.Cut(value, "=")
		if hasPath && path == "" {
			return nil, &usageError{message: fmt.Sprintf("--output %q names no path", value), hint: "write FORMAT=PATH or FORMAT"}
		}
		if other, ok := taken[resolved(path)]; ok {
			return nil, &usageError{
				message: fmt.Sprintf("--output %q and %q go to the same place", other, value), hint: "give one of them another PATH",
			}
		}
		taken[resolved(path)] = value
		all = append(all, audit.Output{Format: format, Path: path})
	}
	if _, claimed := taken[""]; !claimed {
		all = append([]audit.Output{{Format: "text"}}, all...)
	}
	return all, nil
}

func (a *app) reportOptions(c *cli.Context) (report.Options, error) {
	options := report.Options{Width: a.width(), IncludePass: c.Bool("include-pass")}
	if err := setSARIF(c, &options); err != nil {
		return options, err
	}
	var err error
	options.Color, err = a.colorOf(c)
	return options, err
}

// colorOf says whether text on standard output is coloured.
func (a *app) colorOf(c *cli.Context) (bool, error) {
	when := c.String("color")
	return when == "always" || when == "auto" && a.wantsColor(), among("--color", when, colors())
}
