package report

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
)

// TestIncompleteRunsAreWithheld: code scanning closes what is missing, so that nothing must be there to upload.
func TestIncompleteRunsAreWithheld(t *testing.T) {
	t.Parallel()
	for _, code := range []int{0, 1, 3, 4, 130} {
		for name, options := range map[string]Options{
			"github": {}, "github by name": {Profile: githubProfile}, "full": {Profile: fullProfile}, "anyway": {Incomplete: true},
		} {
			s := mixed()
			s.footer.Exit.Code = code
			out, err := s.writeAsAsked(options)
			withheld := code > 1 && (name == "github" || name == "github by name")
			if errors.Is(err, ErrWithheld) != withheld || (err != nil) != withheld || (out.Len() == 0) != withheld {
				t.Errorf("%s, exit %d: %d bytes, %v", name, code, out.Len(), err)
			}
		}
	}
}

// TestAllowedGapsAreWithheldToo: --allow-partial is about the exit code, and an alert closes all the same.
func TestAllowedGapsAreWithheldToo(t *testing.T) {
	t.Parallel()
	s := mixed()
	s.footer.Exit.Code, s.footer.Partial = 0, true
	if out, err := s.writeAsAsked(Options{}); !errors.Is(err, ErrWithheld) || out.Len() > 0 {
		t.Errorf("%d bytes, %v", out.Len(), err)
	}
	for _, options := range []Options{{Incomplete: true}, {Profile: fullProfile}} {
		out, err := s.writeAsAsked(options)
		if err != nil || !bytes.Contains(out.Bytes(), []byte(`"executionSuccessful": false`)) {
			t.Errorf("%+v: an incomplete run reads as successful: %v", options, err)
		}
	}
}

// writeAsAsked leaves the options as they are.
func (s sample) writeAsAsked(options Options) (*bytes.Buffer, error) {
	out := &bytes.Buffer{}
	reporter, err := New("sarif", out, options)
	if err != nil {
		return out, err
	}
	if err := reporter.Begin(s.header); err != nil {
		return out, err
	}
	for _, f := range s.findings {
		if err := reporter.Finding(f); err != nil {
			return out, err
		}
	}
	return out, reporter.End(s.footer)
}

func TestOptionsThatAreNone(t *testing.T) {
	t.Parallel()
	for want, options := range map[string]Options{
		`begin sarif report: profile "gitlab" is none of github, full`: {Profile: "gitlab"},
		`begin sarif report: location "here" is none of auto, pseudo`:  {Location: "here"},
		`begin sarif report: profile "full" goes into one file, not 2`: {Profile: fullProfile, Split: 2},
		`begin sarif report: 0 further files for 2 parts`:              {Split: 2},
	} {
		if _, err := mixed().writeAsAsked(options); fmt.Sprint(err) != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
