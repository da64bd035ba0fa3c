package report

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"io"
	"math/big"
	"slices"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/amiscan/amiscan/internal/finding"
)

// sarifGitHub writes SARIF for GitHub's code scanning: failing findings that nobody accepted, one result for each alert
// key. GitHub shows what it was given and closes what is missing, so every file is written even without results.
type sarifGitHub struct {
	sarifRun
	parts []*alerts
}

// alerts are what goes into one file.
type alerts struct {
	out     io.Writer
	kept    worst[*alert]
	byKey   map[finding.Fingerprint]*alert
	omitted int
}

func newAlerts(out io.Writer) *alerts {
	return &alerts{out: out, kept: worst[*alert]{limit: maxResults}, byKey: map[finding.Fingerprint]*alert{}}
}

func (s *sarifGitHub) Begin(h Header) error { return s.begin(h) }

// Finding keeps what fails. GitHub does not read suppressions and turns every result into an open alert, which is why
// what an exception accepts is left out. What a baseline holds stays: it is an open alert still, and leaving it out would
// close it as fixed.
func (s *sarifGitHub) Finding(f finding.Finding) error {
	if err := s.see(f); err != nil {
		return err
	}
	if f.Outcome != finding.Fail || f.Suppression != nil && f.Suppression.Kind != finding.ByBaseline {
		return nil
	}
	key := alertKey(f)
	part, err := partOf(key, len(s.parts))
	if err != nil {
		return err
	}
	s.parts[part].keep(key, f)
	return nil
}

// partOf assigns an alert to a file by its key alone: whatever else comes or goes, it stays there, since a category from
// which an alert is missing closes it.
func partOf(key finding.Fingerprint, parts int) (int, error) {
	if parts == 1 {
		return 0, nil
	}
	digest, err := hex.DecodeString(string(key))
	if err != nil || len(digest) < 8 {
		return 0, fmt.Errorf("alert key %q is no digest", key)
	}
	number := new(big.Int).SetBytes(digest[:8])
	return int(number.Mod(number, big.NewInt(int64(parts))).Int64()), nil
}

// keep merges a finding into the alert with its key, or opens a new one.
func (a *alerts) keep(key finding.Fingerprint, f finding.Finding) {
	if known := a.byKey[key]; known != nil {
		known.merge(f)
		return
	}
	opened := newAlert(key, f)
	a.byKey[key] = opened
	if gone, full := a.kept.add(f.Severity, opened); full {
		delete(a.byKey, gone.key)
		a.omitted += gone.count
	}
}

func (s *sarifGitHub) End(f Footer) error {
	if !f.whole() && !s.options.Incomplete {
		return ErrWithheld
	}
	s.gaps.cover(f.Coverage)
	for i, part := range s.parts {
		if err := s.write(part, i+1, f); err != nil {
			return err
		}
	}
	return nil
}

func (s *sarifGitHub) write(part *alerts, number int, f Footer) error {
	run := s.describe(number)
	results := s.results(part)
	if err := checkLimits(run, results); err != nil {
		return err
	}
	out := newLogWriter(part.out)
	if err := out.begin(run, nil); err != nil {
		return err
	}
	for _, result := range results {
		if err := out.result(result, nil); err != nil {
			return err
		}
	}
	return out.end(s.invocation(f, part.omitted))
}

// results returns one result for each alert, ordered by rule, resource and subject.
func (s *sarifGitHub) results(part *alerts) []*sarif.Result {
	kept := part.kept.all()
	slices.SortFunc(kept, func(a, b *alert) int {
		return cmp.Or(cmp.Compare(a.newest.Policy, b.newest.Policy), finding.Compare(a.newest, b.newest))
	})
	results := make([]*sarif.Result, 0, len(kept))
	for _, a := range kept {
		results = append(results, s.result(a))
	}
	return results
}

func (s *sarifGitHub) result(a *alert) *sarif.Result {
	result := s.failing(a.newest).
		WithMessage(sarif.NewTextMessage(alertMessage(a))).
		WithOccurrenceCount(a.count).
		WithPartialFingerPrints(partialFingerprints(a.key))
	if len(a.others) > 0 {
		result.Properties["others"] = cleanAll(a.others)
	}
	return result
}
