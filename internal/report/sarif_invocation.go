package report

import (
	"fmt"
	"maps"
	"slices"

	"github.com/owenrumney/go-sarif/v2/sarif"
)

// The notifications, by their place in the driver's list.
const (
	notSeen = iota
	notEvaluated
	resultsOmitted
	notificationsOmitted
)

// notice describes one kind of notification. Validators for GitHub ask for all of it, as for rules.
type notice struct{ id, name, short, full, help string }

func notices() []notice {
	return []notice{
		notSeen: {
			"amiscan/not-seen", "NotSeen", "A fact was not collected",
			"AWS gave no answer for a fact that a policy reads, so that its verdicts are unknown.",
			"Grant the named IAM action to the scanning role, then scan again.",
		},
		notEvaluated: {
			"amiscan/not-evaluated", "NotEvaluated", "A policy could not be evaluated",
			"A policy met data that it could not read, so that its verdict is unknown.",
			"Look at the resource named in the message; if its data is sound, the policy has a defect.",
		},
		resultsOmitted: {
			"amiscan/results-omitted", "ResultsOmitted", "Findings were left out",
			"Code scanning shows 5,000 results of one category; the mildest of the others were left out.",
			"Spread the results over several files (--sarif-split), scan fewer accounts in one report, each with a " +
				"category of its own, or read the JSON report.",
		},
		notificationsOmitted: {
			"amiscan/notifications-omitted", "NotificationsOmitted", "Notifications were left out",
			"More facts are missing than this report lists.",
			"Read the coverage in the JSON report.",
		},
	}
}

func notificationDescriptors() []*sarif.ReportingDescriptor {
	var all []*sarif.ReportingDescriptor
	for _, n := range notices() {
		all = append(all, sarif.NewRule(n.id).WithName(n.name).
			WithShortDescription(sarif.NewMultiformatMessageString(n.short)).
			WithFullDescription(sarif.NewMultiformatMessageString(n.full)).
			WithHelp(sarif.NewMultiformatMessageString(n.help).WithMarkdown(n.help)))
	}
	return all
}

// invocation says how the run went. It holds the time as of which was judged, not the clock's, so that equal runs give
// equal bytes.
func (s *sarifRun) invocation(f Footer, omitted int) *sarif.Invocation {
	whole := f.whole()
	at := s.header.Now.UTC()
	reason := clean(f.Exit.Reason, maxMessage)
	return &sarif.Invocation{
		ExecutionSuccessful: &whole, ExitCode: &f.Exit.Code, ExitCodeDescription: &reason,
		StartTimeUTC: &at, EndTimeUTC: &at,
		ToolExecutionNotifications: s.notifications(omitted, severityOfGap(whole)),
	}
}

// severityOfGap: a gap in a run that counts as whole was accepted by somebody, but is still worth a line.
func severityOfGap(whole bool) string {
	if whole {
		return "warning"
	}
	return "error"
}

func (s *sarifRun) notifications(omitted int, level string) []*sarif.Notification {
	var all []*sarif.Notification
	ranked := s.gaps.ranked()
	for _, g := range ranked[:min(len(ranked), maxNotifications)] {
		all = append(all, notification(notSeen, level, s.gapMessage(g)))
	}
	if more := len(ranked) - maxNotifications; more > 0 {
		all = append(all, notification(notificationsOmitted, level, plural(more, "gap is", "gaps are")+" not listed."))
	}
	all = append(all, s.acceptedGaps()...)
	all = append(all, s.evaluationErrors(level)...)
	if omitted > 0 {
		text := fmt.Sprintf("%d omitted: code scanning shows %d results, and the worst were kept.", omitted, maxResults)
		all = append(all, notification(resultsOmitted, "warning", text))
	}
	return all
}

func (s *sarifRun) evaluationErrors(level string) []*sarif.Notification {
	var all []*sarif.Notification
	for _, policy := range slices.Sorted(maps.Keys(s.evaluated)) {
		c := s.evaluated[policy]
		text := fmt.Sprintf("%s could not be evaluated for %s, such as %s: %s", policy,
			plural(c.count, "resource", "resources"), clean(c.example.Resource.ID, maxName),
			sentence(clean(c.example.Message, maxMessage)))
		n := notification(notEvaluated, level, unlinked(text))
		n.AssociatedRule = sarif.NewReportingDescriptorReference().WithId(policy).WithIndex(s.rules.index[policy])
		all = append(all, n)
	}
	return all
}

func notification(kind int, level, text string) *sarif.Notification {
	descriptor := sarif.NewReportingDescriptorReference().WithId(notices()[kind].id).WithIndex(kind)
	return sarif.NewNotification().WithDescriptor(descriptor).WithLevel(level).WithMessage(sarif.NewTextMessage(text))
}

// gapMessage says for code scanning what the text report says under "not seen".
func (s *sarifRun) gapMessage(g *gap) string {
	text := gapTitle(g)
	if facts := g.facts.sorted(); len(facts) > 0 {
		text += " for " + few(facts, 8)
	}
	if g.missing > 0 {
		text += " of " + plural(g.missing, "resource", "resources")
	}
	if where := s.gaps.extent(g.units).text(); where != "" {
		text += " in " + where
	}
	return unlinked(text + "; unknown: " + gapCost(g) + ".")
}

// acceptedGaps tell of what was not seen and need not be: exceptions accept it, or nobody can read the account.
func (s *sarifRun) acceptedGaps() []*sarif.Notification {
	var all []*sarif.Notification
	table := s.gaps.table()
	if line := table.inactiveLine(); line != "" {
		all = append(all, notification(notSeen, "note", unlinked(line+".")))
	}
	for _, unseen := range table.Accepted[:min(len(table.Accepted), maxNotifications)] {
		text := unseen.title() + "; accepted by " + suppressionText(*unseen.Suppression)
		all = append(all, notification(notSeen, "note", unlinked(sentence(text))))
	}
	return all
}
