package report

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/amiscan/amiscan/internal/finding"
)

// semantic matches a version as semver.org spells it; a development build has none.
var semantic = regexp.MustCompile(`^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$`)

// rules are SARIF's reporting descriptors for the judged policies, sorted by id, and where each stands.
type rules struct {
	descriptors []*sarif.ReportingDescriptor
	index       map[string]int
}

// newRules describes every judged policy, with findings or without: GitHub then knows what was looked for.
func newRules(policies []finding.Policy) rules {
	sorted := slices.SortedFunc(slices.Values(policies), func(a, b finding.Policy) int { return cmp.Compare(a.ID, b.ID) })
	r := rules{descriptors: []*sarif.ReportingDescriptor{}, index: map[string]int{}}
	for _, policy := range sorted {
		if _, seen := r.index[policy.ID]; seen {
			continue
		}
		r.index[policy.ID] = len(r.descriptors)
		r.descriptors = append(r.descriptors, rule(policy))
	}
	return r
}

func rule(p finding.Policy) *sarif.ReportingDescriptor {
	title := orElse(clean(p.Title, maxDescription), p.ID)
	full := orElse(clean(p.Description, maxDescription), title)
	help := sarif.NewMultiformatMessageString(helpText(p, full)).WithMarkdown(helpMarkdown(p, full))
	r := sarif.NewRule(p.ID).WithName(ruleName(p.ID)).
		WithShortDescription(sarif.NewMultiformatMessageString(title)).
		WithFullDescription(sarif.NewMultiformatMessageString(full)).
		WithHelp(help).
		WithProperties(ruleProperties(p))
	r.DefaultConfiguration = sarif.NewReportingConfiguration().WithLevel(level(p.Severity))
	return r
}

// ruleName turns an id into one Pascal-case word, as validators ask of SARIF names (section 3.49.7).
func ruleName(id string) string {
	start := true
	name := strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			start = true
			return -1
		}
		if start {
			start, r = false, unicode.ToUpper(r)
		}
		return r
	}, clean(id, maxRuleName))
	return orElse(name, "Policy")
}

// ruleProperties are the members that GitHub reads. It wants security-severity as a string: a number passes every
// schema and is then ignored. Severity info has none and shows as a note.
func ruleProperties(p finding.Policy) sarif.Properties {
	tags := []string{"security"}
	for _, control := range p.Controls {
		if tag := clean(control, maxName); len(tags) < maxTags && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	properties := sarif.Properties{
		"tags": tags, "precision": "very-high", "problem.severity": problemSeverity(p.Severity),
	}
	if score := securitySeverity(p.Severity); score != "" {
		properties["security-severity"] = score
	}
	return properties
}

// level is SARIF's severity (section 3.27.10). Five become three: SARIF's fourth, "none", is for what is no problem.
func level(s finding.Severity) string {
	switch s {
	case finding.Critical, finding.High:
		return "error"
	case finding.Medium:
		return "warning"
	default:
		return "note"
	}
}

func problemSeverity(s finding.Severity) string {
	switch s {
	case finding.Critical, finding.High:
		return "error"
	case finding.Medium:
		return "warning"
	default:
		return "recommendation"
	}
}

// securitySeverity lies in the middle of GitHub's bands: critical over 9.0, high from 7.0, medium from 4.0.
func securitySeverity(s finding.Severity) string {
	switch s {
	case finding.Critical:
		return "9.5"
	case finding.High:
		return "8.0"
	case finding.Medium:
		return "5.5"
	case finding.Low:
		return "2.0"
	default:
		return ""
	}
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
