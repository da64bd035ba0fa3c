package audit

import (
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"time"

	"github.com/amiscan/amiscan/internal/eval"
	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/gate"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
	"github.com/amiscan/amiscan/internal/report"
	"github.com/amiscan/amiscan/internal/store"
)

// Run is one judgement of one inventory.
type Run struct {
	// Version is amiscan's own.
	Version  string
	Manifest inventory.Manifest
	// Parts are the units of the inventory; it is walked more than once.
	Parts iter.Seq2[inventory.Part, error]
	// Now is the time as of which is judged.
	Now time.Time
	// Source is "aws" or names what was loaded.
	Source string
	// Warnings go into the reports.
	Warnings []string
	Gate     gate.Options
	People   People
	Decided  Decided
	// MinSeverity leaves milder failing findings out of the reports, never out of the gate; zero leaves none out.
	MinSeverity finding.Severity
	Outputs     []Output
	Stdout      io.Writer
	Report      report.Options
	// Warn says at once what no report says, such as that one of them was withheld; nil drops it.
	Warn func(message string)
	// Interrupted says that collecting was cut short.
	Interrupted bool
	// NotFound are single images that were asked for and not found, each with where and why.
	NotFound []string
}

// People says what people call resources.
type People struct {
	// OwnerTag is the tag that names the responsible team.
	OwnerTag string
	// Lineages say which images are bakes of the same thing.
	Lineages link.Lineages
	// Sources find the file that makes a resource; nil finds none.
	Sources Sources
}

// Sources find the place in a checkout where a resource is made.
type Sources interface {
	// Find returns nil where the place is not known.
	Find(finding.Resource) *finding.Source
	// Warnings are sentences about places that were named and are not there.
	Warnings() []string
}

// staleAfter is the age from which an inventory is warned about.
const staleAfter = 7 * 24 * time.Hour

// Do judges the inventory, writes the reports and returns the verdict. An error with code Unusable means that nothing was
// judged; a report that could not be written makes the verdict incomplete and is returned beside it.
func (j *Judge) Do(ctx context.Context, run Run) (gate.Verdict, error) {
	decisions := j.decisions(run)
	survey, err := surveyParts(run.Parts, link.NewWorld(j.reads(), j.catalog), j.newCoverage(decisions))
	if err != nil {
		return gate.Verdict{Code: gate.Unusable}, err
	}
	outputs, err := openOutputs(run.Outputs, run.Stdout, run.Report)
	if err != nil {
		return gate.Verdict{Code: gate.Unusable}, err
	}
	survey.missing = survey.doors.missingFrom(run.Manifest, survey.units)
	outputs.begin(j.header(run, survey))
	tally := newTally(run, survey)
	survey.lookBeyond(run.Manifest)
	summary, err := j.judgeParts(ctx, run, survey, decisions, tally, outputs)
	if err != nil {
		outputs.abort()
		return gate.Verdict{Code: gate.Unusable}, err
	}
	verdict := tally.Verdict()
	footer := j.footer(run, survey, summary, verdict)
	footer.Partial = tally.Partial()
	footer.Warnings = slices.Concat(decisions.warnings(survey, tally), run.People.warnings())
	outputs.endFiles(footer)
	verdict = withLost(verdict, outputs)
	// Standard output comes last, so that its last line knows of a file that could not be written.
	footer.Exit = report.Exit{Code: int(verdict.Code), Reason: verdict.Reason}
	outputs.endStandardOutput(footer)
	outputs.tell(run.Warn)
	return withLost(verdict, outputs), outputs.err()
}

// withLost makes a run incomplete whose report was not written.
func withLost(verdict gate.Verdict, outputs *outputs) gate.Verdict {
	if outputs.err() == nil || verdict.Code == gate.Incomplete {
		return verdict
	}
	lost := gate.Verdict{Code: gate.Incomplete, Reason: "a report was not written; otherwise " + verdict.Reason}
	return gate.Worse(verdict, lost)
}

// newTally knows what was asked for and is not there.
func newTally(run Run, s survey) *gate.Tally {
	tally := gate.NewTally(run.Gate)
	if run.Interrupted {
		tally.Interrupt()
	}
	for _, unit := range s.missing.units {
		tally.Unread(unit)
	}
	for _, account := range s.missing.accounts {
		tally.UnreadAccount(account)
	}
	s.coverage.count(tally)
	for _, why := range run.NotFound {
		tally.NotFound(why)
	}
	return tally
}

func (j *Judge) judgeParts(
	ctx context.Context, run Run, survey survey, decisions *decisions, tally *gate.Tally, outputs *outputs,
) (report.Summary, error) {
	summary := newSummary()
	options := j.linkOptions(run.People, survey.world)
	for batch, err := range batches(run.Parts) {
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

// survey is what must be known of the whole inventory before the first finding.
type survey struct {
	units    []string
	accounts []string
	regions  []string
	from, to time.Time
	coverage *coverage
	sha256   string
	// foreign are the owners of the images that are evidence only, by image.
	foreign map[string]string
	// doors are what is known of the accounts themselves, missing what the inventory lacks of them.
	doors   doors
	missing missing
	// world is what joining one unit needs to know of the others.
	world link.World
}

// surveyParts walks the inventory once: a part that can't be read stops the run before anything was judged. The coverage is nil
// for one that asks only what there is.
func surveyParts(parts iter.Seq2[inventory.Part, error], world link.World, coverage *coverage) (survey, error) {
	s := survey{world: world, coverage: coverage, foreign: map[string]string{}, doors: newDoors()}
	var err error
	s.sha256, err = store.SHA256(func(yield func(inventory.Part, error) bool) {
		for part, err := range parts {
			s.see(part)
			if !yield(part, err) {
				return
			}
		}
	})
	slices.Sort(s.units)
	slices.Sort(s.accounts)
	slices.Sort(s.regions)
	s.accounts, s.regions = slices.Compact(s.accounts), slices.Compact(s.regions)
	return s, err
}

// lookBeyond notes the accounts that have regions which nobody read. How many there are is not always known.
func (s *survey) lookBeyond(manifest inventory.Manifest) {
	for _, account := range s.accounts {
		if !s.sawAll(account, manifest) {
			s.world.Unseen(inventory.Unit{Account: account, Region: "others"}, inventory.Coverage{})
		}
	}
}

// sawAll reports whether every region that an account has was read, or is known by name: the world sees those itself.
func (s *survey) sawAll(account string, manifest inventory.Manifest) bool {
	_, known := s.doors.regions[account]
	return known || manifest.EnabledRegions > 0 && len(s.regions) >= manifest.EnabledRegions
}

func (s *survey) see(part inventory.Part) {
	s.world.See(part)
	if part.Region == inventory.Global {
		s.doors.see(part)
	} else {
		s.units = append(s.units, part.Account+"/"+part.Region)
		s.accounts = append(s.accounts, part.Account)
		s.regions = append(s.regions, part.Region)
	}
	s.coverage.see(part)
	for _, r := range part.Resources {
		if r.Kind == inventory.ForeignImage {
			s.foreign[r.ID] = r.Account
		}
	}
	if part.Observed.IsZero() {
		return
	}
	if s.from.IsZero() || part.Observed.Before(s.from) {
		s.from = part.Observed
	}
	if part.Observed.After(s.to) {
		s.to = part.Observed
	}
}

func (j *Judge) header(run Run, s survey) report.Header {
	scope := report.Scope{
		Accounts: len(s.accounts), Units: s.coverage.table.Units(), Regions: s.regions, EnabledRegions: run.Manifest.EnabledRegions,
		Images: run.Manifest.Images, Source: run.Source, MinSeverity: run.MinSeverity,
	}
	if len(s.accounts) == 1 {
		scope.Account = s.accounts[0]
	}
	warnings := slices.Concat(run.Warnings, s.missing.warning(),
		s.ownerWarnings(run.Manifest), s.ageWarning(run.Now))
	return report.Header{
		Tool: report.Tool{Name: "amiscan", Version: run.Version}, Now: run.Now.UTC(), Scope: scope, Policies: j.selected,
		OutOfScope: j.outOfScope, Params: j.engine.Params(), Warnings: warnings, Baseline: run.Decided.baselineName(),
	}
}

// ageWarning says how old the inventory is where that matters.
func (s *survey) ageWarning(now time.Time) []string {
	if s.from.IsZero() || now.Sub(s.from) <= staleAfter {
		return nil
	}
	days, since := int(now.Sub(s.from).Hours()/24), s.from.Format(time.DateOnly)
	return []string{fmt.Sprintf("the inventory is %d days old: what changed since %s is not seen", days, since)}
}

func (j *Judge) footer(run Run, s survey, summary report.Summary, verdict gate.Verdict) report.Footer {
	collectedBy := run.Manifest.Tool
	if run.Manifest.Caller != "" {
		collectedBy += " as " + run.Manifest.Caller
	}
	return report.Footer{
		Summary: summary, Coverage: s.coverage.table,
		Evidence: report.Evidence{
			InventorySHA256: s.sha256, PoliciesSHA256: j.engine.Digest(), CollectedBy: collectedBy,
			CollectedFrom: s.from, CollectedTo: s.to,
		},
		Exit: report.Exit{Code: int(verdict.Code), Reason: verdict.Reason},
	}
}
