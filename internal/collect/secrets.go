package collect

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/rs/zerolog"
	"github.com/spf13/viper"
	"github.com/zricethezav/gitleaks/v8/config"
	"github.com/zricethezav/gitleaks/v8/logging"
)

// maxSecrets bounds what is kept of one text: a hundred secrets prove as much as a thousand.
const maxSecrets = 100

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

// rules are gitleaks' default rules; compiling them takes a while and is done once, when something is to be searched.
var rules = sync.OnceValues(defaultRules)

// defaultRules reads gitleaks' default rules. A viper of its own keeps the library's global one, which might know the
// environment and files, out of it; and nothing is logged while secrets are at hand.
func defaultRules() (secretRules, error) {
	logging.Logger = zerolog.Nop()
	v := viper.New()
	v.SetConfigType("toml")
	if err := v.ReadConfig(strings.NewReader(config.DefaultConfig)); err != nil {
		return secretRules{}, fmt.Errorf("read the rules for secrets: %w", err)
	}
	var raw config.ViperConfig
	if err := v.Unmarshal(&raw); err != nil {
		return secretRules{}, fmt.Errorf("read the rules for secrets: %w", err)
	}
	translated, err := raw.Translate()
	if err != nil {
		return secretRules{}, fmt.Errorf("read the rules for secrets: %w", err)
	}
	// Rules for files with a certain name have no use here: the texts have none.
	maps.DeleteFunc(translated.Rules, func(_ string, r config.Rule) bool { return r.Regex == nil || r.Path != nil })
	return secretRules{slices.Collect(maps.Values(translated.Rules)), translated.Allowlists}, nil
}

// secretsIn searches texts and returns what was found, sorted, each once, at most maxSecrets.
func secretsIn(ctx context.Context, parts []part) ([]secret, error) {
	found := []secret{}
	search, err := rules()
	if err != nil {
		return found, err
	}
	for _, p := range parts {
		for _, s := range search.in(ctx, p.text) {
			s.Part = p.name
			found = append(found, s)
		}
	}
	// A search that was broken off says nothing about what it did not reach.
	return ordered(found), cancelled(ctx)
}

func ordered(found []secret) []secret {
	slices.SortFunc(found, secret.compare)
	found = slices.Compact(found)
	return found[:min(len(found), maxSecrets)]
}

func (s secret) compare(t secret) int {
	return cmp.Or(cmp.Compare(s.Part, t.Part), cmp.Compare(s.Line, t.Line), cmp.Compare(s.Rule, t.Rule))
}
