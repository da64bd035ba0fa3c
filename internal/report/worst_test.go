package report

import (
	"slices"
	"testing"

	"github.com/amiscan/amiscan/internal/finding"
)

func TestWorstKeepsTheWorst(t *testing.T) {
	t.Parallel()
	w := worst[string]{limit: 3}
	var gone []string
	for _, item := range []struct {
		name     string
		severity finding.Severity
	}{
		{"low1", finding.Low}, {"high1", finding.High}, {"low2", finding.Low}, {"low3", finding.Low},
		{"critical1", finding.Critical}, {"info1", finding.Info}, {"high2", finding.High}, {"high3", finding.High},
	} {
		if dropped, full := w.add(item.severity, item.name); full {
			gone = append(gone, dropped)
		}
	}
	if want := []string{"critical1", "high1", "high2"}; !slices.Equal(w.all(), want) {
		t.Errorf("kept %v, want %v", w.all(), want)
	}
	if want := []string{"low3", "low2", "info1", "low1", "high3"}; !slices.Equal(gone, want) {
		t.Errorf("dropped %v, want %v", gone, want)
	}
}
