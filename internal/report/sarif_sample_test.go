package report

import (
	"github.com/amiscan/amiscan/internal/finding"
)

// decided is mixed() with all that people add to findings: exceptions, a baseline, sources and controls.
func decided() sample {
	s := mixed()
	s.header.Baseline = "last.json"
	s.header.Policies[0].Controls = []string{"FSBP/EC2.7", "CIS-Compute-1.0.0/2.1.5", "FSBP/EC2.7", "house rule 7"}
	s.header.Policies[1].Controls = []string{"FSBP/EC2.10", "FSBP/EC2.7"}
	lapsed := failing("lifecycle/ami-untagged", finding.Low, image("ami-0e0", "app-1", "app"), "", "No tag names an owner.")
	lapsed.Notes = []string{`exception "untagged" lapsed on 2026-10-31`}
	lapsed.Source = &finding.Source{Path: "packer/app server/web.pkr.hcl", Line: 12}
	lapsed.BaselineState = finding.BaselineUpdated
	known := failing("lifecycle/ami-untagged", finding.Low, image("ami-0e1", "app-2", "app"), "", "No tag names an owner.")
	known.Suppression, known.BaselineState = &finding.Suppression{Kind: finding.ByBaseline}, finding.BaselineUnchanged
	gap := unknown("sharing/ami-public", finding.Critical, image("ami-0e2", "app-3", "app"), finding.NotCollected)
	gap.Suppression = fullException("no-permission")
	s.findings = append(s.findings, lapsed, known, gap)
	for i := range s.findings {
		if f := &s.findings[i]; f.Suppression != nil && f.Suppression.ID == "legacy-web" {
			f.Suppression = fullException("legacy-web")
		}
	}
	return s.counted()
}

func fullException(id string) *finding.Suppression {
	return &finding.Suppression{
		Kind: finding.ByException, ID: id, Reason: "retired in January", Owner: "team-web", Ticket: "SEC-12",
		Expires: "2027-01-31", Place: "config/amiscan.yaml:12",
	}
}

// sarifSamples are what every validator gets, by name.
func sarifSamples() map[string]sample {
	samples := map[string]sample{
		"mixed": mixed(), "spotless": spotless(), "raw evidence": rawEvidence(), "decided": decided(), "organization": organization(),
	}
	for name, text := range hostileTexts() {
		samples["hostile "+name] = hostileDecision(text)
	}
	return samples
}

// hostileDecision puts a stranger's text into paths, too.
func hostileDecision(text string) sample {
	s := hostile(text)
	for i := range s.findings {
		f := &s.findings[i]
		f.Source = &finding.Source{Path: text, Line: 3}
		if f.Suppression != nil {
			f.Suppression.Place = text + ":7"
		}
	}
	return s.counted()
}
