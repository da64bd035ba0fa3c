package audit

import (
	"context"
	"iter"
	"runtime"

	"golang.org/x/sync/errgroup"

	"github.com/amiscan/amiscan/internal/eval"
	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/gate"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
	"github.com/amiscan/amiscan/internal/report"
)

// A batch is full with so many units, or so many resources: small units are judged side by side, a large one alone, whose
// resources are.
const (
	batchUnits     = 64
	batchResources = 2000
)

// batches groups the units in their order. Global units are left out: accounts are evidence, nobody judges them.
func batches(parts iter.Seq2[inventory.Part, error]) iter.Seq2[[]inventory.Part, error] {
	return func(yield func([]inventory.Part, error) bool) {
		var batch []inventory.Part
		resources := 0
		for part, err := range parts {
			if err != nil {
				yield(nil, err)
				return
			}
			if part.Region == inventory.Global {
				continue
			}
			batch, resources = append(batch, part), resources+len(part.Resources)
			if len(batch) < batchUnits && resources < batchResources {
				continue
			}
			if !yield(batch, nil) {
				return
			}
			batch, resources = nil, 0
		}
		if len(batch) > 0 {
			yield(batch, nil)
		}
	}
}

// readAhead reads the next batch while one is judged.
func readAhead(all iter.Seq2[[]inventory.Part, error]) iter.Seq2[[]inventory.Part, error] {
	type read struct {
		batch []inventory.Part
		err   error
	}
	return func(yield func([]inventory.Part, error) bool) {
		ahead, enough := make(chan read), make(chan struct{})
		defer close(enough)
		go func() {
			defer close(ahead)
			for batch, err := range all {
				select {
				case ahead <- read{batch, err}:
				case <-enough:
					return
				}
			}
		}()
		for r := range ahead {
			if !yield(r.batch, r.err) {
				return
			}
		}
	}
}

// judgeBatch joins and judges units side by side; the verdicts stand in the order of the units.
func (j *Judge) judgeBatch(
	ctx context.Context, batch []inventory.Part, options link.Options, run Run,
) ([]eval.Verdicts, error) {
	verdicts := make([]eval.Verdicts, len(batch))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, part := range batch {
		group.Go(func() (err error) {
			verdicts[i], err = j.engine.JudgeUnit(ctx, link.Join(part, options), j.ids(), run.Now)
			return err
		})
	}
	return verdicts, group.Wait()
}

func (j *Judge) judgeParts(
	ctx context.Context, run Run, survey survey, decisions *decisions, tally *gate.Tally, outputs *outputs,
) (report.Summary, error) {
	summary := newSummary()
	options := j.linkOptions(run.People, survey.world)
	for batch, err := range readAhead(batches(run.Parts)) {
		if err != nil {
			return summary, err
		}
		verdicts, err := j.judgeBatch(ctx, batch, options, run)
		if err != nil {
			return summary, err
		}
		for _, v := range verdicts {
			count(v, &summary, tally)
			for _, f := range v.Findings {
				survey.doors.name(&f)
				decisions.apply(&f)
				run.People.locate(&f)
				tally.Add(f)
				summary.Count(f)
				if f.Outcome != finding.Fail || f.Severity >= run.MinSeverity {
					outputs.finding(f)
				}
			}
		}
	}
	return summary, nil
}

// count counts what was judged of a unit.
func count(v eval.Verdicts, summary *report.Summary, tally *gate.Tally) {
	summary.Findings.NotApplicable += v.NotApplicable
	for kind, n := range v.Resources {
		summary.Resources[kind] += n
		tally.AddResources(n)
	}
}

func newSummary() report.Summary {
	return report.Summary{Resources: map[string]int{}, BySeverity: map[finding.Severity]int{}}
}
