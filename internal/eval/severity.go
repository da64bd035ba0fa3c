package eval

import (
	"fmt"
	"maps"
	"slices"

	"github.com/amiscan/amiscan/internal/finding"
)

// override gives policies, named by ID or alias, other severities than their METADATA does.
func override(policies []compiled, severities map[string]finding.Severity) error {
	for _, name := range slices.Sorted(maps.Keys(severities)) {
		i := slices.IndexFunc(policies, func(p compiled) bool { return finding.NamedBy(p.Policy, []string{name}) })
		if i < 0 {
			unknown := &finding.UnknownTermError{Term: name, Nearest: finding.NearestID(name, described(policies))}
			return fmt.Errorf("set severity: %w", unknown)
		}
		policies[i].Severity = severities[name]
	}
	return nil
}
