package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
)

// group is everything that fails for one resource.
type group struct {
	resource finding.Resource
	findings []finding.Finding
}

// identity is what makes a resource the same.
type identity struct{ kind, partition, account, region, id string }

func identityOf(r finding.Resource) identity {
	return identity{r.Kind, r.Partition, r.Account, r.Region, r.ID}
}

// groups puts findings of one resource together; the findings come worst first, and so do those of each group.
func groups(findings []finding.Finding) []*group {
	byIdentity := map[identity]*group{}
	var all []*group
	for _, f := range findings {
		key := identityOf(f.Resource)
		if byIdentity[key] == nil {
			byIdentity[key] = &group{resource: f.Resource}
			all = append(all, byIdentity[key])
		}
		byIdentity[key].findings = append(byIdentity[key].findings, f)
	}
	slices.SortStableFunc(all, compareGroups)
	return all
}

// compareGroups puts the worst resource first: by its worst severity, then by the number of its findings, then in the
// order of every report.
func compareGroups(a, b *group) int {
	return cmp.Or(
		cmp.Compare(b.findings[0].Severity, a.findings[0].Severity),
		cmp.Compare(len(b.findings), len(a.findings)),
		finding.Compare(finding.Finding{Resource: a.resource}, finding.Finding{Resource: b.resource}),
	)
}

// maxShown bounds the failing findings that text lists: whoever has more reads the counts by policy, and then the JSON
// report.
const maxShown = 500

func (t *textReporter) writeFailing() {
	kept := groups(t.failing.all())
	if len(kept) == 0 {
		return
	}
	t.page.heading("FAILING (" + t.failingHeading(kept) + ")")
	shown := 0
	for i, g := range kept {
		if shown += len(g.findings); shown > maxShown && i > 0 {
			t.countOnly(kept[i:])
			break
		}
		if i > 0 {
			t.page.line(0, "")
		}
		t.writeGroup(g)
	}
	t.writeUnlisted()
}

// countOnly moves findings to those that are counted by policy.
func (t *textReporter) countOnly(rest []*group) {
	for _, g := range rest {
		for _, f := range g.findings {
			t.unlisted[f.Policy]++
		}
	}
}

// writeUnlisted counts what is not listed, the worst policies first.
func (t *textReporter) writeUnlisted() {
	if len(t.unlisted) == 0 {
		return
	}
	t.page.line(0, "")
	t.page.paragraph(0, plural(t.omitted(), "more finding is", "more findings are")+
		" counted but not listed; the JSON report has all of them:")
	policies := slices.SortedFunc(slices.Values(t.header.Policies), func(a, b finding.Policy) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(t.unlisted[b.ID], t.unlisted[a.ID]), cmp.Compare(a.ID, b.ID))
	})
	for _, p := range policies {
		if n := t.unlisted[p.ID]; n > 0 {
			t.page.linef(2, "%s %7d %s", t.page.severity(p.Severity), n, clean(p.ID, maxName))
		}
	}
}

func (t *textReporter) writeGroup(g *group) {
	t.page.paragraph(0, resourceTitle(g.resource))
	for _, f := range g.findings {
		t.page.linef(2, "%s %s", t.page.severity(f.Severity), clean(f.Policy, maxName))
		t.page.paragraph(4, clean(f.Message, maxMessage))
		if subject := clean(f.Subject, maxName); subject != "" && !strings.Contains(clean(f.Message, maxMessage), subject) {
			t.page.labelled(4, "subject:", subject)
		}
		for _, note := range f.Notes {
			t.page.labelled(4, "note:", clean(note, maxMessage))
		}
		if f.Source != nil {
			t.page.labelled(4, "source:", fmt.Sprintf("%s:%d", clean(f.Source.Path, maxMessage), f.Source.Line))
		}
	}
}

// resourceTitle names a resource, where it is and whose it is: whoever reads it must find both the thing and the team.
func resourceTitle(r finding.Resource) string {
	title := clean(r.ID, maxName)
	if r.Kind == inventory.Settings {
		// The id of settings is account and region, which follow.
		title = ""
	}
	if name := clean(r.Name, maxName); name != "" && name != title {
		title += fmt.Sprintf(" %q", name)
	}
	if title != "" {
		title += ", "
	}
	title += strings.ReplaceAll(clean(r.Kind, maxName), "_", " ") + " in " + named(r.Account, r.AccountName)
	if region := clean(r.Region, maxName); region != "" {
		title += " " + region
	}
	if owner := clean(r.Owner, maxName); owner != "" {
		title += ", owner " + owner
	}
	return title
}

func (t *textReporter) writePassing() {
	if len(t.passing) == 0 {
		return
	}
	t.page.heading("PASSING")
	for _, f := range t.passing {
		where := unitName(clean(f.Resource.Account, maxName), clean(f.Resource.Region, maxName))
		t.page.paragraph(2, fmt.Sprintf("%s: %s in %s", clean(f.Policy, maxName), clean(f.Resource.ID, maxName), where))
	}
	if t.unpassed > 0 {
		t.page.paragraph(2, plural(t.unpassed, "more is", "more are")+" counted but not listed.")
	}
}
