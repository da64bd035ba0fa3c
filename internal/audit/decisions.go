package audit

import (
	"slices"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/gate"
)

// Decided is what people decided before the run.
type Decided struct {
	Exceptions []gate.Exception
	// Baseline is what failed in an earlier run; nil without one.
	Baseline *gate.Baseline
}

// decisions are applied to every finding before it is counted and reported.
type decisions struct {
	exceptions *gate.Exceptions
	baseline   *gate.Baseline
	known      []finding.Policy
	selected   []finding.Policy
	actions    []string
	narrowed   bool
}

func (j *Judge) decisions(run Run) *decisions {
	known := j.engine.Policies()
	return &decisions{
		exceptions: gate.NewExceptions(run.Decided.Exceptions, known, run.Now), baseline: run.Decided.Baseline,
		known: known, selected: j.selected, actions: j.gapActions(), narrowed: len(run.Manifest.Images) > 0,
	}
}

func (d *decisions) apply(f *finding.Finding) {
	d.exceptions.Apply(f)
	if d.baseline != nil {
		d.baseline.Apply(f)
	}
}

// baselineName is empty without a baseline.
func (d Decided) baselineName() string {
	if d.Baseline == nil {
		return ""
	}
	return d.Baseline.Name()
}

// warnings know whether the run saw everything that could have needed an exception.
func (d *decisions) warnings(s survey, tally *gate.Tally) []string {
	return d.exceptions.Warnings(gate.Seen{
		Known: d.known, Selected: d.selected, Actions: d.actions, Accounts: s.accounts, Regions: s.regions,
		Whole: !d.narrowed && !tally.Partial(),
	})
}

// locate finds the place in the checkout that has to be changed.
func (p People) locate(f *finding.Finding) {
	if p.Sources != nil && f.Outcome == finding.Fail {
		f.Source = p.Sources.Find(f.Resource)
	}
}

func (p People) warnings() []string {
	if p.Sources == nil {
		return nil
	}
	return slices.Clone(p.Sources.Warnings())
}
