package report

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/finding"
)

func TestNewListsTheKnownFormats(t *testing.T) {
	t.Parallel()
	_, err := New("xml", io.Discard, Options{})
	if err == nil {
		t.Fatal("xml is no format")
	}
	for _, name := range append(Formats(), `"xml"`) {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("error %q does not name %s", err, name)
		}
	}
}

func TestCallsOutOfOrderAreErrors(t *testing.T) {
	t.Parallel()
	f := mixed().findings[0]
	tests := []struct {
		name  string
		calls func(Reporter) error
		want  error
	}{
		{"finding before begin", func(r Reporter) error { return r.Finding(f) }, errNotBegun},
		{"end before begin", func(r Reporter) error { return r.End(Footer{}) }, errNotBegun},
		{"begin twice", func(r Reporter) error {
			return errors.Join(r.Begin(sampleHeader()), r.Begin(sampleHeader()))
		}, errBegun},
		{"finding after end", func(r Reporter) error {
			return errors.Join(r.Begin(sampleHeader()), r.End(Footer{}), r.Finding(f))
		}, errEnded},
		{"end twice", func(r Reporter) error {
			return errors.Join(r.Begin(sampleHeader()), r.End(Footer{}), r.End(Footer{}))
		}, errEnded},
	}
	for _, test := range tests {
		for _, format := range Formats() {
			t.Run(test.name+" in "+format, func(t *testing.T) {
				t.Parallel()
				reporter, err := New(format, io.Discard, Options{})
				if err != nil {
					t.Fatal(err)
				}
				if err := test.calls(reporter); !errors.Is(err, test.want) {
					t.Errorf("got %v, want %v", err, test.want)
				}
			})
		}
	}
}

func TestInvalidFindingsAreErrors(t *testing.T) {
	t.Parallel()
	for _, format := range Formats() {
		for name, spoil := range map[string]func(*finding.Finding){
			"no severity":  func(f *finding.Finding) { f.Severity = 0 },
			"big severity": func(f *finding.Finding) { f.Severity = 99 },
			"no outcome":   func(f *finding.Finding) { f.Outcome = 0 },
		} {
			s := mixed()
			spoil(&s.findings[0])
			if _, err := s.write(format, Options{}); err == nil {
				t.Errorf("%s: a finding with %s was written", format, name)
			}
		}
	}
}

// brokenPipe takes some bytes, then nothing more.
type brokenPipe struct{ left int }

func (b *brokenPipe) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, io.ErrClosedPipe
	}
	return len(p), nil
}

func TestWriteErrorsReachTheCaller(t *testing.T) {
	t.Parallel()
	s := mixed()
	for _, format := range Formats() {
		for _, room := range []int{0, 5000} {
			reporter, err := New(format, &brokenPipe{room}, Options{Incomplete: true})
			if err != nil {
				t.Fatal(err)
			}
			err = reporter.Begin(s.header)
			for range 20 {
				for _, f := range s.findings {
					err = errors.Join(err, reporter.Finding(f))
				}
			}
			if err = errors.Join(err, reporter.End(s.footer)); !errors.Is(err, io.ErrClosedPipe) {
				t.Errorf("%s: got %v, want a closed pipe", format, err)
			}
		}
	}
}

func TestSummaryCounts(t *testing.T) {
	t.Parallel()
	got := mixed().footer.Summary
	want := Counts{Fail: 6, Pass: 1, Unknown: 4, NotApplicable: 7, Suppressed: 1}
	if got.Findings != want {
		t.Errorf("got %+v, want %+v", got.Findings, want)
	}
	if got.BySeverity[finding.High] != 2 || got.BySeverity[finding.Medium] != 1 || len(got.BySeverity) != 4 {
		t.Errorf("got %v", got.BySeverity)
	}
}
