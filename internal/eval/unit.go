package eval

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
)

// Verdicts are what the selected policies say of one unit.
type Verdicts struct {
	// Findings are in the order of every report.
	Findings []finding.Finding
	// NotApplicable counts the pairs of policy and resource to which the policy does not apply.
	NotApplicable int
	// Resources counts the judged resources by kind.
	Resources map[string]int
}

// JudgeUnit judges every resource of a unit by the policies with the given IDs, as of now. Resources are judged in
// parallel; the findings do not depend on that. Errors are a cancelled context or an inventory that is no JSON.
func (e *Engine) JudgeUnit(ctx context.Context, u link.Unit, ids []string, now time.Time) (Verdicts, error) {
	byKind := e.selectByKind(ids)
	results := make([]Verdicts, len(u.Documents))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, d := range u.Documents {
		group.Go(func() error {
			var err error
			results[i], err = e.judgeDocument(ctx, d, byKind[d.Resource.Kind], now)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return Verdicts{}, err
	}
	return e.gather(u, byKind, results), nil
}

func (e *Engine) selectByKind(ids []string) map[string][]compiled {
	byKind := map[string][]compiled{}
	for _, p := range e.policies {
		if slices.Contains(ids, p.ID) {
			for _, kind := range inventory.KindsOf(p.Resource) {
				byKind[kind] = append(byKind[kind], p)
			}
		}
	}
	return byKind
}

// judgeDocument judges one resource by the policies of its kind.
func (e *Engine) judgeDocument(ctx context.Context, d link.Document, policies []compiled, now time.Time) (Verdicts, error) {
	if len(policies) == 0 {
		return Verdicts{}, nil
	}
	doc, err := newDocument(d, factsOf(policies), now)
	if err != nil {
		return Verdicts{}, err
	}
	result := Verdicts{Resources: map[string]int{d.Resource.Kind: 1}}
	for _, p := range policies {
		v, err := e.judge(ctx, p, doc)
		if err != nil {
			return Verdicts{}, fmt.Errorf("judge %s %q by %q: %w", d.Resource.Kind, d.Resource.ID, p.ID, err)
		}
		if v.notApplicable {
			result.NotApplicable++
		}
		result.Findings = append(result.Findings, e.findings(p, doc, v)...)
	}
	return result, nil
}

func factsOf(policies []compiled) []string {
	var facts []string
	for _, p := range policies {
		facts = union(facts, p.Reads)
	}
	return facts
}

// gather adds the unknowns of kinds that were not listed, and puts everything into its one order.
func (e *Engine) gather(u link.Unit, byKind map[string][]compiled, results []Verdicts) Verdicts {
	all := Verdicts{Resources: map[string]int{}}
	for _, r := range results {
		all.Findings = append(all.Findings, r.Findings...)
		all.NotApplicable += r.NotApplicable
		for kind, n := range r.Resources {
			all.Resources[kind] += n
		}
	}
	for kind, policies := range byKind {
		for _, p := range policies {
			all.Findings = append(all.Findings, e.unlisted(u, kind, p)...)
		}
	}
	slices.SortFunc(all.Findings, finding.Compare)
	return all
}

// unlisted is the unknown that a policy owes a unit whose resources of its kind could not be listed: there may be some
// that it never saw. The settings of the unit stand for them; the subject is the kind.
func (e *Engine) unlisted(u link.Unit, kind string, p compiled) []finding.Finding {
	listing, ok := e.catalog.Listing(kind)
	if !ok {
		return nil
	}
	coverage := e.found(u, kind, listing.FactRef)
	if coverage.Status.IsAnswer() {
		return nil
	}
	settings := inventory.NewResource(inventory.Settings, u.Unit, u.Account+"/"+u.Region)
	doc := &document{Document: link.Document{Resource: settings}}
	gap := finding.Gap{
		Fact: listing.Name, Status: string(coverage.Status), Action: cmp.Or(coverage.Action, listing.Action), Code: coverage.Code,
		Account: u.Account, Region: u.Region,
	}
	b := builder{policy: p, resource: resourceOf(doc), bySubject: map[string]int{}}
	b.add(finding.Finding{
		Outcome: finding.Unknown, Reason: finding.NotCollected, Subject: kind, Gaps: []finding.Gap{gap},
		Message: fmt.Sprintf("resources of kind %s were not all listed: %s", kind, sayGaps([]finding.Gap{gap})),
	})
	return b.findings
}

// found is how far the resources of a kind were found. What others name is found only as far as those could be read.
func (e *Engine) found(u link.Unit, kind string, listing inventory.FactRef) inventory.Coverage {
	coverage := u.CoverageOf(listing)
	for _, t := range e.catalog {
		if t.Kind != kind || !t.ByName || t.Linked || !coverage.Status.IsAnswer() {
			continue
		}
		if c := u.CoverageOf(t.FactRef); c.Status != inventory.NotCollected {
			coverage = c
		}
	}
	return coverage
}
