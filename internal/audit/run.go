package audit

import (
	"context"
	"io"
	"iter"
	"slices"
	"time"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/gate"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
	"github.com/amiscan/amiscan/internal/report"
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
	run.Parts = until(ctx, run.Parts)
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

// until walks over parts until the context is done, which is an error like any other.
func until(ctx context.Context, parts iter.Seq2[inventory.Part, error]) iter.Seq2[inventory.Part, error] {
	return func(yield func(inventory.Part, error) bool) {
		for part, err := range parts {
			if ctx.Err() != nil {
				part, err = inventory.Part{}, ctx.Err()
			}
			if !yield(part, err) || ctx.Err() != nil {
				return
			}
		}
	}
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
