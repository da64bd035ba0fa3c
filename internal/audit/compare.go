package audit

import (
	"fmt"
	"os"

	"github.com/amiscan/amiscan/internal/gate"
	"github.com/amiscan/amiscan/internal/report"
)

// Compare says what changed between two JSON reports, by their paths.
func Compare(before, after string) (report.Comparison, error) {
	first, err := readReport(before)
	if err != nil {
		return report.Comparison{}, err
	}
	second, err := readReport(after)
	if err != nil {
		return report.Comparison{}, err
	}
	changes, same := gate.Diff(observed(first), observed(second))
	return report.Comparison{Before: compared(before, first), After: compared(after, second), Changes: changes, Same: same}, nil
}

// ReadBaseline reads what failed in an earlier run from its JSON report.
func ReadBaseline(path string) (*gate.Baseline, error) {
	document, err := readReport(path)
	if err != nil {
		return nil, fmt.Errorf("read baseline: %w", err)
	}
	return gate.NewBaseline(path, document.Findings), nil
}

func readReport(path string) (report.Document, error) {
	file, err := os.Open(path)
	if err != nil {
		return report.Document{}, fmt.Errorf("read report: %w", err)
	}
	defer file.Close() //nolint:errcheck // only read
	return report.Read(file, path)
}

func compared(name string, d report.Document) report.Compared {
	return report.Compared{Name: name, Now: d.Now, Exit: *d.Exit}
}

func observed(d report.Document) gate.Observed {
	o := gate.Observed{Findings: d.Findings, Images: d.Scope.Images, MinSeverity: d.Scope.MinSeverity}
	for _, p := range d.Policies {
		o.Policies = append(o.Policies, p.ID)
	}
	o.Units, o.Partial = d.Units(), d.Imported()
	return o
}
