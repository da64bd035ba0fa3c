package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/amiscan/amiscan/internal/audit"
	"github.com/amiscan/amiscan/internal/config"
)

// prepareJudgement reads configuration, options and policies: everything that can be wrong with them.
func (a *app) prepareJudgement(ctx context.Context, c *cli.Context) (audit.Run, *audit.Judge, error) {
	file, run, err := a.prepareRun(c, bake{})
	if err != nil {
		return run, nil, err
	}
	j, err := judge(ctx, c, file)
	return run, j, err
}

// prepareRun reads configuration and options. The bake is what a build made; only scan knows one.
func (a *app) prepareRun(c *cli.Context, baked bake) (config.File, audit.Run, error) {
	file, err := config.Load(c.String("config"))
	if err != nil {
		return file, audit.Run{}, err
	}
	run, err := a.runOptions(c, file)
	if err != nil {
		return file, run, err
	}
	return file, run, setPeople(&run, file, baked)
}

// judgeAndReport ends a run that has an inventory. If it is interrupted, no report is written.
func (a *app) judgeAndReport(ctx context.Context, judge *audit.Judge, run audit.Run) error {
	verdict, err := judge.Do(ctx, run)
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("judge %s: stopped before a report was written: %w", run.Source, err)
	}
	a.verdict = verdict
	if err != nil && verdict.Code != 2 {
		return &lostReportError{err}
	}
	return err
}

// chosenPolicies loads the policies for a command that does not judge.
func chosenPolicies(ctx context.Context, c *cli.Context) (*audit.Judge, error) {
	file, err := config.Load(c.String("config"))
	if err != nil {
		return nil, err
	}
	return judge(ctx, c, file)
}
