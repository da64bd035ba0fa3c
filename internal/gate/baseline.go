package gate

import (
	"fmt"

	"github.com/amiscan/amiscan/internal/finding"
)

// Baseline is what failed in an earlier run and how severe it was then. What an exception accepted then is not part of it:
// when the exception lapses, the finding counts.
type Baseline struct {
	name string
	was  map[finding.Fingerprint]finding.Severity
}

// NewBaseline takes over the failing findings of the named report.
func NewBaseline(name string, findings []finding.Finding) *Baseline {
	b := &Baseline{name: name, was: map[finding.Fingerprint]finding.Severity{}}
	for _, f := range findings {
		excepted := f.Suppression != nil && f.Suppression.Kind == finding.ByException
		if f.Outcome == finding.Fail && !excepted {
			b.was[f.Fingerprint] = f.Severity
		}
	}
	return b
}

// Name is the name of the report.
func (b *Baseline) Name() string { return b.name }

// Apply says how a failing finding stands to the baseline and accepts it if the baseline holds it with the same severity or
// a higher one. It comes after the exceptions, whose mark stays.
func (b *Baseline) Apply(f *finding.Finding) {
	if f.Outcome != finding.Fail {
		return
	}
	before, known := b.was[f.Fingerprint]
	switch {
	case !known:
		f.BaselineState = finding.BaselineNew
	case f.Severity > before:
		f.BaselineState = finding.BaselineUpdated
		f.Notes = append(f.Notes, fmt.Sprintf("its severity rose from %s to %s since the baseline", before, f.Severity))
	default:
		f.BaselineState = finding.BaselineUnchanged
		if f.Suppression == nil {
			f.Suppression = &finding.Suppression{Kind: finding.ByBaseline, Place: b.name}
		}
	}
}
