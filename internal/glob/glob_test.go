package glob_test

import (
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/amiscan/amiscan/internal/glob"
)

func TestMatch(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		pattern, text string
		want          bool
	}{
		{"", "", true},
		{"", "a", false},
		{"a", "", false},
		{"*", "", true},
		{"**", "", true},
		{"?", "", false},
		{"web", "web", true},
		{"web", "Web", false},
		{"web", "web-1", false},
		{"web", "my-web", false},
		{"web-*", "web-", true},
		{"web-*", "web-2026-11-23", true},
		{"web-*", "a-web-1", false},
		{"*-web", "a-b-web", true},
		{"*-web", "a-web-b", false},
		{"a*b*c", "abbbcbc", true},
		{"a*b*c", "abbbcb", false},
		{"*ab*ab", "abab", true},
		{"*ab*ab", "aab", false},
		{"?*", "", false},
		{"?*", "x", true},
		{"*?", "x", true},
		{"w?b", "web", true},
		{"w?b", "wb", false},
		{"w?b", "weeb", false},
		{"w?b", "wöb", true},
		{"w??b", "wöb", false},
		{"*", "amazon/images/hvm-ssd/ubuntu", true},
		{"ubuntu/*/22.04-*", "ubuntu/images/hvm/22.04-amd64", true},
		{"?", "/", true},
		{"[a]", "a", false},
		{"[a]", "[a]", true},
		{`\*`, "*", false},
		{`\*`, `\x`, true},
		{"*", "*", true},
		{"a.c", "abc", false},
		{"?", "\xff", true},
		{"*\xff", "a\xff", true},
		{"a\nb*", "a\nb\nc", true},
	} {
		if got := glob.Match(test.pattern, test.text); got != test.want {
			t.Errorf("Match(%q, %q) = %t, want %t", test.pattern, test.text, got, test.want)
		}
	}
}

// TestHostilePatternsAreCheap would not end in a lifetime if the stars were tried in all combinations.
func TestHostilePatternsAreCheap(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("a", 2000)
	start := time.Now()
	for _, pattern := range []string{strings.Repeat("a*", 500) + "b", strings.Repeat("*a", 500) + "?b", strings.Repeat("*", 2000) + "b"} {
		if glob.Match(pattern, text) {
			t.Errorf("a pattern of %d bytes matches", len(pattern))
		}
	}
	if spent := time.Since(start); spent > 10*time.Second {
		t.Errorf("took %s", spent)
	}
}

// FuzzMatch compares with a regular expression of the same meaning.
func FuzzMatch(f *testing.F) {
	for _, pair := range [][2]string{{"", ""}, {"web-*", "web-1"}, {"*a?b*", "xxaybzz"}, {"*ab*ab", "aab"}, {"ö?*", "öäü"}} {
		f.Add(pair[0], pair[1])
	}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		got := glob.Match(pattern, text)
		if !utf8.ValidString(pattern) || !utf8.ValidString(text) {
			return
		}
		if want := asRegexp(pattern).MatchString(text); got != want {
			t.Errorf("Match(%q, %q) = %t, want %t", pattern, text, got, want)
		}
	})
}

func asRegexp(pattern string) *regexp.Regexp {
	quoted := regexp.QuoteMeta(pattern)
	quoted = strings.ReplaceAll(quoted, `\*`, `.*`)
	quoted = strings.ReplaceAll(quoted, `\?`, `.`)
	return regexp.MustCompile(`(?s)\A` + quoted + `\z`)
}
