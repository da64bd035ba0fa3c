package gate

import "github.com/amiscan/amiscan/internal/finding"

// view is what one report saw, to be asked about each finding of another. A report of an organization has hundreds of thousands:
// nothing here walks a list.
type view struct {
	policies, units, partial, images map[string]bool
	mentioned                        map[subject]bool
	open                             map[subject]bool
	minSeverity                      finding.Severity
}

// subject is what a report may mention or leave open. A resource is known by kind and id alone where it is mentioned; policy,
// account and region belong to what an unknown verdict leaves open.
type subject struct{ policy, account, region, kind, id string }

func newView(o Observed) view {
	v := view{
		policies: setOf(o.Policies), units: setOf(o.Units), partial: setOf(o.Partial), images: setOf(o.Images),
		mentioned: map[subject]bool{}, open: map[subject]bool{}, minSeverity: o.MinSeverity,
	}
	for _, f := range o.Findings {
		r := f.Resource
		v.mentioned[subject{kind: r.Kind, id: r.ID}] = true
		if f.Outcome == finding.Unknown {
			v.open[subject{policy: f.Policy, region: r.Region, kind: r.Kind, id: r.ID}] = true
			// What could not be listed is told of the unit's settings, with the kind for a subject.
			v.open[subject{policy: f.Policy, region: r.Region, account: r.Account, kind: f.Subject}] = true
		}
	}
	return v
}

func setOf(names []string) map[string]bool {
	set := make(map[string]bool, len(names))
	for _, name := range names {
		set[name] = true
	}
	return set
}

// blindTo says why a finding that the report does not hold may still be there; it is empty where the report would hold it.
func (v view) blindTo(f finding.Finding) string {
	why := v.notAsked(f)
	switch {
	case why != "":
	case v.partial[unitOf(f)] && !v.saw(f.Resource):
		why = "saved output may leave the resource out; a report with --include-pass says whether it does"
	case v.leavesOpen(f):
		why = "the verdict is unknown"
	}
	return why
}

// notAsked says why the run had nothing to say about the finding.
func (v view) notAsked(f finding.Finding) string {
	switch {
	case !v.policies[f.Policy]:
		return "the policy was not judged"
	case f.Severity < v.minSeverity:
		return "milder findings were left out"
	case len(v.images) > 0 && !v.images[f.Resource.ID]:
		return "only single images were judged"
	case !v.units[unitOf(f)] && !v.saw(f.Resource):
		return unitOf(f) + " was not read"
	}
	return ""
}

func unitOf(f finding.Finding) string { return f.Resource.Account + "/" + f.Resource.Region }

// saw holds for a resource that the report mentions. It may be another account's, such as a key, which was not read itself.
func (v view) saw(r finding.Resource) bool { return v.mentioned[subject{kind: r.Kind, id: r.ID}] }

// leavesOpen holds for an unknown verdict of the same policy on the resource, or on all of its kind in the unit.
func (v view) leavesOpen(f finding.Finding) bool {
	r := f.Resource
	return v.open[subject{policy: f.Policy, region: r.Region, kind: r.Kind, id: r.ID}] ||
		v.open[subject{policy: f.Policy, region: r.Region, account: r.Account, kind: r.Kind}]
}
