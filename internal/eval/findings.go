package eval

import (
	"fmt"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
)

// findings turns a verdict into findings, one a subject. Where two would share a subject, and so a fingerprint, the more
// serious one stands: fail, then error, then gap, then undecidable. But an unknown that makes the run incomplete is never
// dropped: it takes its reason for a subject, lest whoever accepts the failure accepts what nobody has seen.
func (e *Engine) findings(p compiled, doc *document, v verdict) []finding.Finding {
	b := builder{policy: p, resource: resourceOf(doc), bySubject: map[string]int{}}
	for _, m := range v.fails {
		b.add(finding.Finding{Outcome: finding.Fail, Subject: m.subject, Message: m.msg, Evidence: m.evidence})
	}
	if len(v.errs) > 0 {
		b.add(finding.Finding{
			Outcome: finding.Unknown, Reason: finding.EvaluationError,
			Message: "the policy could not be evaluated: " + strings.Join(v.errs, "; "),
		})
	}
	if len(v.left) > 0 {
		gaps := e.gapsOf(doc, v.left)
		b.add(finding.Finding{
			Outcome: finding.Unknown, Reason: reasonOf(gaps), Message: "undecided without " + sayGaps(gaps), Gaps: gaps,
		})
	}
	for _, m := range v.undecided {
		b.add(finding.Finding{
			Outcome: finding.Unknown, Reason: finding.Undecidable, Subject: m.subject, Message: m.msg, Evidence: m.evidence,
		})
	}
	if v.passes() {
		b.add(finding.Finding{Outcome: finding.Pass, Message: "nothing speaks against it"})
	}
	return b.findings
}

// builder collects the findings of one policy for one resource.
type builder struct {
	policy    compiled
	resource  finding.Resource
	findings  []finding.Finding
	bySubject map[string]int
}

func (b *builder) add(f finding.Finding) {
	for {
		i, taken := b.bySubject[f.Subject]
		if !taken {
			break
		}
		if same := b.findings[i]; !f.Reason.Incomplete() || same.Outcome == f.Outcome && same.Reason == f.Reason {
			b.join(&b.findings[i], f)
			return
		}
		f.Subject += string(f.Reason)
	}
	f.Policy, f.Severity, f.Remediation = b.policy.ID, b.policy.Severity, b.policy.Remediation
	f.Resource = b.resource
	f.Fingerprint = finding.NewFingerprint(f.Policy, f.Resource, f.Subject)
	f.AlertKey = finding.NewAlertKey(f.Policy, f.Resource, f.Subject)
	if len(f.Evidence) == 0 {
		f.Evidence = []byte("{}")
	}
	b.bySubject[f.Subject] = len(b.findings)
	b.findings = append(b.findings, f)
}

// join adds a second message to a finding of the same outcome and subject; a milder outcome adds nothing.
func (b *builder) join(to *finding.Finding, f finding.Finding) {
	if to.Outcome == f.Outcome && to.Reason == f.Reason && to.Message != f.Message {
		to.Message += "; " + f.Message
	}
}

func resourceOf(doc *document) finding.Resource {
	r := doc.Resource
	return finding.Resource{
		Kind: r.Kind, ID: r.ID, ARN: r.ARN, Partition: r.Partition, Account: r.Account, Region: r.Region,
		Name: doc.Name, Lineage: doc.Lineage, Device: doc.Device, Owner: doc.Owner,
		Labels: finding.Labels{Image: doc.Image, Names: doc.Names, Tags: doc.Tags},
	}
}

// reasonOf tells what nobody has read from what AWS shows to nobody here: no permission would change that another
// account's key policy is not to be seen, so it must not keep a run incomplete for ever.
func reasonOf(gaps []finding.Gap) finding.Reason {
	if slices.ContainsFunc(gaps, finding.Gap.CanBeClosed) {
		return finding.NotCollected
	}
	return finding.Undecidable
}

// gapsOf says what is missing from the named facts of a resource.
func (e *Engine) gapsOf(doc *document, facts []string) []finding.Gap {
	var gaps []finding.Gap
	for _, name := range facts {
		fact := doc.Resource.Fact(name)
		if len(fact.Gaps) == 0 {
			gaps = append(gaps, e.ownGaps(doc, name, fact)...)
		}
		for _, g := range fact.Gaps {
			gaps = append(gaps, finding.Gap{
				Fact: name, Status: string(g.Status), Action: g.Action, Code: g.Code, Account: g.Account, Region: g.Region,
			})
		}
	}
	return gaps
}

// ownGaps names the action that reads the fact, from the catalog where the collectors never got as far as to say.
// The gap is in the unit that was read, whoever owns the resource.
func (e *Engine) ownGaps(doc *document, name string, fact inventory.Fact) []finding.Gap {
	actions, u := []string{fact.Action}, doc.seenIn()
	if ref := (inventory.FactRef{Kind: doc.Resource.Kind, Name: name}); fact.Action == "" {
		actions = e.catalog.Actions(ref)
	}
	var gaps []finding.Gap
	for _, action := range actions {
		gaps = append(gaps, finding.Gap{
			Fact: name, Status: string(fact.Status), Action: action, Code: fact.Code, Account: u.Account, Region: u.Region,
		})
	}
	return gaps
}

// sayGaps names facts, statuses and missing permissions in words, each once.
func sayGaps(gaps []finding.Gap) string {
	var parts []string
	said := map[string]bool{}
	for _, g := range gaps {
		part := fmt.Sprintf("%s (%s%s)", g.Fact, strings.ReplaceAll(g.Status, "_", " "), needs(g))
		if !said[part] {
			said[part] = true
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

func needs(g finding.Gap) string {
	if g.Action == "" {
		return ""
	}
	return ": needs " + g.Action
}
