package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// found is what the demo reads of a finding in a JSON report.
type found struct {
	Policy   string `json:"policy"`
	Outcome  string `json:"outcome"`
	Resource struct {
		Kind string `json:"kind"`
		ID   string `json:"id"`
		Name string `json:"name"`
	} `json:"resource"`
	Subject     string `json:"subject"`
	Message     string `json:"message"`
	Remediation string `json:"remediation"`
	Fingerprint string `json:"fingerprint"`
}

// jsonReport is what the demo reads of a JSON report.
type jsonReport struct {
	Findings []found `json:"findings"`
	Summary  struct {
		Resources map[string]int `json:"resources"`
	} `json:"summary"`
}

func readReport(out, name string) (jsonReport, error) {
	var report jsonReport
	text, err := os.ReadFile(filepath.Join(out, name))
	if err == nil {
		err = json.Unmarshal(text, &report)
	}
	if err != nil {
		return jsonReport{}, fmt.Errorf("read the JSON report: %w", err)
	}
	return report, nil
}

// name is what people call the resource; of an ARN its last part.
func (f found) name() string {
	return cmp.Or(f.Resource.Name, f.Resource.ID[strings.LastIndex(f.Resource.ID, ":")+1:])
}

// isOf reports whether the finding is the one that a scene is about.
func (f found) isOf(s scene) bool {
	named := f.Resource.ID == s.resource || f.name() == s.resource
	return f.Outcome == "fail" && f.Policy == s.policy && named && strings.Contains(f.Subject, s.subject)
}

// day matches a date.
var day = regexp.MustCompile(`\d{4}-\d{2}-\d{2}`)

// date is the day that the message names.
func (f found) date() string { return day.FindString(f.Message) }

// onlyIn are the failing findings of the later report that the earlier one lacks, by the day that they name.
func onlyIn(later, earlier jsonReport) (fresh []found) {
	for _, f := range later.Findings {
		known := slices.ContainsFunc(earlier.Findings, func(e found) bool { return e.Fingerprint == f.Fingerprint })
		if f.Outcome == "fail" && !known {
			fresh = append(fresh, f)
		}
	}
	slices.SortStableFunc(fresh, func(a, b found) int { return strings.Compare(a.date(), b.date()) })
	return fresh
}
