package report

import (
	"fmt"
	"slices"

	"github.com/amiscan/amiscan/internal/finding"
)

const (
	// maxOthers bounds the ids of further images that one result names.
	maxOthers = 100
	// maxAlertNotes bounds the notes of one result, which its bakes bring along.
	maxAlertNotes = 5
)

// alert is everything that fails under one alert key: the bakes of one lineage, or a single resource.
type alert struct {
	key    finding.Fingerprint
	newest finding.Finding
	count  int
	others []string
}

// alertKey falls back to computing the key, so that no result goes without one.
func alertKey(f finding.Finding) finding.Fingerprint {
	if f.AlertKey != "" {
		return f.AlertKey
	}
	return finding.NewAlertKey(f.Policy, f.Resource, f.Subject)
}

func newAlert(key finding.Fingerprint, f finding.Finding) *alert {
	return &alert{key: key, newest: keptForAlert(f), count: 1}
}

// keptForAlert leaves out what no alert shows.
func keptForAlert(f finding.Finding) finding.Finding {
	f.Evidence, f.Gaps, f.Resource.Labels = nil, nil, finding.Labels{}
	return f
}

// merge adds another bake. The one that looks newest is shown, whatever the order of the ids, which are random; where it
// lacks a source, another bake of its lineage says where it is made.
func (a *alert) merge(f finding.Finding) {
	f = keptForAlert(f)
	a.count++
	severity := max(a.newest.Severity, f.Severity)
	older := f
	if newer(f.Resource, a.newest.Resource) {
		older, a.newest = a.newest, f
	}
	a.newest.Severity = severity
	a.newest.Notes = mergedNotes(a.newest.Notes, older.Notes)
	if a.newest.Source == nil {
		a.newest.Source = older.Source
	}
	if len(a.others) < maxOthers && older.Resource.ID != a.newest.Resource.ID {
		a.others = append(a.others, older.Resource.ID)
	}
}

func mergedNotes(notes, more []string) []string {
	for _, note := range more {
		if len(notes) < maxAlertNotes && !slices.Contains(notes, note) {
			notes = append(slices.Clip(notes), note)
		}
	}
	return notes
}

// newer compares bakes by name, because names carry dates and versions: numbers count as numbers, so that web-10 is
// newer than web-9. Of equal names the one that came later is taken.
func newer(a, b finding.Resource) bool { return compareNatural(a.Name, b.Name) >= 0 }

// alertMessage is the newest bake's message and a word on the others.
func alertMessage(a *alert) string {
	others := ""
	if a.count > 1 {
		others = fmt.Sprintf("The same holds for %s of lineage %s.",
			plural(a.count-1, "other", "others"), clean(a.newest.Resource.Lineage, maxName))
	}
	return message(a.newest, others)
}
