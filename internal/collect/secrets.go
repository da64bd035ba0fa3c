package collect

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/rs/zerolog"
	"github.com/spf13/viper"
	"github.com/zricethezav/gitleaks/v8/config"
	"github.com/zricethezav/gitleaks/v8/detect"
	"github.com/zricethezav/gitleaks/v8/logging"
	"github.com/zricethezav/gitleaks/v8/report"
)

// maxSecrets bounds what is kept of one text: a hundred secrets prove as much as a thousand.
const maxSecrets = 100

// decodeDepth is how deep text within text is decoded, base64 above all: cloud-init's write_files carries files so.
const decodeDepth = 3

// secret is the kind and the place of a secret that was found; never the secret itself.
type secret struct {
	// Rule is the id of gitleaks' rule, such as "aws-access-token", and Description its own words.
	Rule, Description string
	// Line is the line within the part, counted from 1.
	Line int
	// Part is what part of the text it stands in: empty for the whole, the number of a MIME part, or a field's name.
	Part string
}

// part is a text that is searched on its own.
type part struct {
	name string
	text string
}

// searcher is gitleaks with its default rules; compiling those takes a while and is done once, when something is to be
// searched.
var searcher = sync.OnceValues(newSearcher)

// newSearcher reads gitleaks' default rules. A viper of its own keeps the library's global one, which might know the
// environment and files, out of it; and the library logs what it skips, the secret included, so its logger is silenced.
func newSearcher() (*detect.Detector, error) {
	logging.Logger = zerolog.Nop()
	v := viper.New()
	v.SetConfigType("toml")
	if err := v.ReadConfig(strings.NewReader(config.DefaultConfig)); err != nil {
		return nil, fmt.Errorf("read the rules for secrets: %w", err)
	}
	var rules config.ViperConfig
	if err := v.Unmarshal(&rules); err != nil {
		return nil, fmt.Errorf("read the rules for secrets: %w", err)
	}
	translated, err := rules.Translate()
	if err != nil {
		return nil, fmt.Errorf("read the rules for secrets: %w", err)
	}
	detector := detect.NewDetector(translated)
	detector.MaxDecodeDepth = decodeDepth
	// Whoever writes user data must not be able to call a secret none.
	detector.IgnoreGitleaksAllow = true
	return detector, nil
}

// secretsIn searches texts and returns what was found, sorted, each once, at most maxSecrets.
func secretsIn(parts []part) ([]secret, error) {
	found := []secret{}
	if len(parts) == 0 {
		return found, nil
	}
	detector, err := searcher()
	if err != nil {
		return found, err
	}
	for _, p := range parts {
		for _, f := range detector.DetectString(p.text) {
			found = append(found, placed(f, p.name))
		}
	}
	slices.SortFunc(found, secret.compare)
	found = slices.Compact(found)
	return found[:min(len(found), maxSecrets)], nil
}

// placed keeps kind and place of a finding. Gitleaks counts lines from 0.
func placed(f report.Finding, name string) secret {
	return secret{Rule: f.RuleID, Description: f.Description, Line: f.StartLine + 1, Part: name}
}

func (s secret) compare(t secret) int {
	return cmp.Or(cmp.Compare(s.Part, t.Part), cmp.Compare(s.Line, t.Line), cmp.Compare(s.Rule, t.Rule))
}
