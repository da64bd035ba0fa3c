package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"

	"github.com/owenrumney/go-sarif/v2/sarif"
)

// GitHub's limits for one upload. What is over them is refused as a whole, without a word about which result it was.
const (
	maxResults       = 25000
	maxRules         = 25000
	maxTags          = 10
	maxDescription   = 1024
	maxRuleName      = 255
	maxNotifications = 1000
)

// pruned turns a go-sarif value into a tree without null members. Numbers keep their digits.
func pruned(value any) (map[string]any, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	tree := map[string]any{}
	if err := decoder.Decode(&tree); err != nil {
		return nil, err
	}
	dropNulls(tree)
	return tree, nil
}

func prunedJSON(value any) (json.RawMessage, error) {
	tree, err := pruned(value)
	if err != nil {
		return nil, err
	}
	return encode(tree)
}

// dropNulls removes members that go-sarif writes as null for want of omitempty; the schema refuses them everywhere.
func dropNulls(node any) {
	switch node := node.(type) {
	case map[string]any:
		for key, value := range node {
			if value == nil {
				delete(node, key)
				continue
			}
			dropNulls(value)
		}
	case []any:
		for _, value := range node {
			dropNulls(value)
		}
	}
}

// writeTree puts the results, which are encoded one at a time to save memory, into the tree's only run and writes all.
func writeTree(w io.Writer, tree map[string]any, results []json.RawMessage) error {
	runs, ok := tree["runs"].([]any)
	if !ok || len(runs) != 1 {
		return errors.New("a log has one run")
	}
	run, ok := runs[0].(map[string]any)
	if !ok {
		return errors.New("a run is an object")
	}
	run["results"] = results
	text, err := encode(tree)
	if err != nil {
		return err
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, text, "", " "); err != nil {
		return err
	}
	indented.WriteByte('\n')
	_, err = indented.WriteTo(w)
	return err
}

// checkLimits refuses what GitHub would refuse or quietly misread, and no schema catches.
func checkLimits(log *sarif.Report) error {
	run := log.Runs[0]
	rules := run.Tool.Driver.Rules
	if len(rules) > maxRules {
		return fmt.Errorf("%d rules are more than %d", len(rules), maxRules)
	}
	if len(run.Results) > maxResults {
		return fmt.Errorf("%d results are more than %d", len(run.Results), maxResults)
	}
	for _, result := range run.Results {
		if err := checkResult(result, rules); err != nil {
			return fmt.Errorf("result of %q: %w", *result.RuleID, err)
		}
	}
	return nil
}

func checkResult(result *sarif.Result, rules []*sarif.ReportingDescriptor) error {
	if *result.RuleIndex >= uint(len(rules)) || rules[*result.RuleIndex].ID != *result.RuleID {
		return fmt.Errorf("rule index %d is another rule's", *result.RuleIndex)
	}
	if len(result.Locations) != 1 {
		return fmt.Errorf("%d locations instead of one", len(result.Locations))
	}
	address, err := url.Parse(*result.Locations[0].PhysicalLocation.ArtifactLocation.URI)
	if err != nil {
		return fmt.Errorf("location: %w", err)
	}
	if address.IsAbs() || address.Host != "" {
		return fmt.Errorf("location %q is not relative", address)
	}
	return nil
}
