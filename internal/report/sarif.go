package report

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/amiscan/amiscan/internal/finding"
)

// sarifSchema is the address that GitHub's documentation uses; go-sarif writes another one.
const sarifSchema = "https://json.schemastore.org/sarif-2.1.0.json"

// sarifReporter writes one SARIF 2.1.0 run for GitHub's code scanning: failing findings that nobody accepted, one
// result for each alert key. GitHub shows what it was given and closes what is missing, so the run is written even
// without results.
type sarifReporter struct {
	out       io.Writer
	options   Options
	header    Header
	rules     rules
	kept      worst[*alert]
	byKey     map[finding.Fingerprint]*alert
	omitted   int
	evaluated tally
	gaps      gapIndex
}

func newSARIF(w io.Writer, options Options) Reporter {
	return &sarifReporter{
		out: w, options: options, kept: worst[*alert]{limit: maxResults},
		byKey: map[finding.Fingerprint]*alert{}, evaluated: tally{}, gaps: gapIndex{},
	}
}

func (s *sarifReporter) Begin(h Header) error {
	s.header = h
	s.rules = newRules(h.Policies)
	return nil
}

func (s *sarifReporter) Finding(f finding.Finding) error {
	// go-sarif gives a result of an unknown rule the index 2^64-1, which every schema accepts and every viewer
	// silently stumbles over.
	if _, known := s.rules.index[f.Policy]; !known {
		return fmt.Errorf("finding for %q: policy %q is not among the judged ones", f.Resource.ID, f.Policy)
	}
	if f.Suppression != nil {
		return nil
	}
	switch {
	case f.Outcome == finding.Fail:
		s.keep(f)
	case f.Reason == finding.EvaluationError:
		s.evaluated.add(f)
	case f.Reason == finding.NotCollected:
		s.gaps.addFinding(f)
	}
	return nil
}

// keep merges a finding into the alert with its key, or opens a new one. GitHub does not read suppressions and turns
// every result into an open alert, which is why accepted findings never get here.
func (s *sarifReporter) keep(f finding.Finding) {
	key := alertKey(f)
	if known := s.byKey[key]; known != nil {
		known.merge(f)
		return
	}
	opened := newAlert(key, f)
	s.byKey[key] = opened
	if gone, full := s.kept.add(f.Severity, opened); full {
		delete(s.byKey, gone.key)
		s.omitted += gone.count
	}
}

func (s *sarifReporter) End(f Footer) error {
	run := sarif.NewRun(*sarif.NewTool(s.driver()))
	run.AutomationDetails = sarif.NewRunAutomationDetails().WithID(automationID(s.options, s.header.Scope))
	run.WithColumnKind("unicodeCodePoints")
	run.Invocations = []*sarif.Invocation{s.invocation(f)}
	run.OriginalUriBaseIDs = map[string]*sarif.ArtifactLocation{sourceRoot: sarif.NewArtifactLocation().
		WithDescriptionText("The root of the repository that the report is uploaded to.")}
	run.Results = s.results()
	log := &sarif.Report{Version: string(sarif.Version210), Schema: sarifSchema, Runs: []*sarif.Run{run}}
	if err := checkLimits(log); err != nil {
		return err
	}
	return writeLog(s.out, log)
}

func (s *sarifReporter) driver() *sarif.ToolComponent {
	driver := sarif.NewDriver(orElse(clean(s.header.Tool.Name, maxName), "amiscan"))
	if version := clean(s.header.Tool.Version, maxName); semantic.MatchString(version) {
		driver.SemanticVersion = &version
	} else if version != "" {
		driver.Version = &version
	}
	driver.Rules = s.rules.descriptors
	driver.Notifications = notificationDescriptors()
	return driver
}

// writeLog writes the log with one normaliser for everything: through a generic tree, so that go-sarif's null members
// can be dropped and keys are sorted. go-sarif's own writers do neither, and its WriteFile does not truncate.
func writeLog(w io.Writer, log *sarif.Report) error {
	results := log.Runs[0].Results
	log.Runs[0].Results = nil
	tree, err := pruned(log)
	if err != nil {
		return fmt.Errorf("normalise run: %w", err)
	}
	rows := make([]json.RawMessage, 0, len(results))
	for _, result := range results {
		row, err := prunedJSON(result)
		if err != nil {
			return fmt.Errorf("normalise result of %q: %w", *result.RuleID, err)
		}
		rows = append(rows, row)
	}
	return writeTree(w, tree, rows)
}
