package report

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/amiscan/amiscan/internal/finding"
)

// sarifSchema is the address that GitHub's documentation uses; go-sarif writes another one.
const sarifSchema = "https://json.schemastore.org/sarif-2.1.0.json"

// The profiles: what code scanning shows as alerts, or everything that is known.
const (
	githubProfile = "github"
	fullProfile   = "full"
)

// SARIFProfiles returns the values of Options.Profile, the default first.
func SARIFProfiles() []string { return []string{githubProfile, fullProfile} }

// ErrWithheld is what End returns for a report that is better not there at all: code scanning closes every alert that is
// missing from an upload, so that one of an incomplete run closes alerts which nobody mended. Nothing was written.
var ErrWithheld = errors.New("withheld: the run is incomplete")

func newSARIF(w io.Writer, options Options) Reporter {
	run := sarifRun{options: options, evaluated: tally{}, gaps: newGapIndex()}
	if options.Profile == fullProfile {
		return &sarifFull{sarifRun: run, out: newLogWriter(w)}
	}
	s := &sarifGitHub{sarifRun: run}
	for _, out := range append([]io.Writer{w}, options.Parts...) {
		s.parts = append(s.parts, newAlerts(out))
	}
	return s
}

// sarifRun is what both profiles know of a run.
type sarifRun struct {
	options   Options
	header    Header
	rules     rules
	evaluated tally
	gaps      *gapIndex
}

func (s *sarifRun) begin(h Header) error {
	if err := checkOptions(s.options); err != nil {
		return err
	}
	s.header = h
	s.rules = newRules(h.Policies)
	return nil
}

func checkOptions(o Options) error {
	switch {
	case o.Profile != "" && !slices.Contains(SARIFProfiles(), o.Profile):
		return fmt.Errorf("profile %q is none of %s", o.Profile, strings.Join(SARIFProfiles(), ", "))
	case o.Location != "" && !slices.Contains(SARIFLocations(), o.Location):
		return fmt.Errorf("location %q is none of %s", o.Location, strings.Join(SARIFLocations(), ", "))
	case o.Profile == fullProfile && o.Split > 1:
		return fmt.Errorf("profile %q goes into one file, not %d", o.Profile, o.Split)
	case len(o.Parts) != max(o.Split, 1)-1:
		return fmt.Errorf("%d further files for %d parts", len(o.Parts), o.Split)
	}
	return nil
}

// see checks a finding and notes what the notifications tell of it.
func (s *sarifRun) see(f finding.Finding) error {
	// go-sarif gives a result of an unknown rule the index 2^64-1, which every schema accepts and every viewer
	// silently stumbles over.
	if _, known := s.rules.index[f.Policy]; !known {
		return fmt.Errorf("finding for %q: policy %q is not among the judged ones", f.Resource.ID, f.Policy)
	}
	switch {
	case f.Reason == finding.NotCollected:
		s.gaps.addFinding(f)
	case f.Suppression == nil && f.Reason == finding.EvaluationError:
		s.evaluated.add(f)
	}
	return nil
}

// describe returns the run without its results and invocations.
func (s *sarifRun) describe(part int) *sarif.Run {
	run := sarif.NewRun(*sarif.NewTool(s.driver()))
	run.AutomationDetails = sarif.NewRunAutomationDetails().WithID(automationID(s.options, s.header.Scope, part))
	run.WithColumnKind("unicodeCodePoints")
	run.OriginalUriBaseIDs = map[string]*sarif.ArtifactLocation{sourceRoot: sarif.NewArtifactLocation().
		WithDescriptionText("The root of the repository that the report is uploaded to.")}
	return run
}

func (s *sarifRun) driver() *sarif.ToolComponent {
	driver := sarif.NewDriver(orElse(clean(s.header.Tool.Name, maxName), "amiscan")).WithInformationURI(projectURL)
	if version := clean(s.header.Tool.Version, maxName); semantic.MatchString(version) {
		driver.SemanticVersion = &version
	} else if version != "" {
		driver.Version = &version
	}
	driver.Rules = s.rules.descriptors
	driver.Notifications = notificationDescriptors()
	return driver
}
