package report

import (
	"fmt"
	"net/url"

	"github.com/owenrumney/go-sarif/v2/sarif"
)

// GitHub's limits for one upload. What is over them is refused as a whole, without a word about which result it was. It
// takes 25,000 results and shows the worst 5,000, so that more only make the file bigger.
const (
	maxResults       = 5000
	maxRules         = 25000
	maxTags          = 10
	maxDescription   = 1024
	maxRuleName      = 255
	maxNotifications = 1000
)

// checkLimits refuses what GitHub would refuse or quietly misread, and no schema catches.
func checkLimits(run *sarif.Run, results []*sarif.Result) error {
	rules := run.Tool.Driver.Rules
	if len(rules) > maxRules {
		return fmt.Errorf("%d rules are more than %d", len(rules), maxRules)
	}
	if len(results) > maxResults {
		return fmt.Errorf("%d results are more than %d", len(results), maxResults)
	}
	for _, result := range results {
		if err := checkResult(result, rules); err != nil {
			return err
		}
	}
	return nil
}

func checkResult(result *sarif.Result, rules []*sarif.ReportingDescriptor) error {
	if *result.RuleIndex >= uint(len(rules)) || rules[*result.RuleIndex].ID != *result.RuleID {
		return fmt.Errorf("result of %q: rule index %d is another rule's", *result.RuleID, *result.RuleIndex)
	}
	if len(result.Locations) != 1 {
		return fmt.Errorf("result of %q: %d locations instead of one", *result.RuleID, len(result.Locations))
	}
	address, err := url.Parse(*result.Locations[0].PhysicalLocation.ArtifactLocation.URI)
	if err != nil {
		return fmt.Errorf("result of %q: location: %w", *result.RuleID, err)
	}
	if address.IsAbs() || address.Host != "" {
		return fmt.Errorf("result of %q: location %q is not relative", *result.RuleID, address)
	}
	return nil
}
