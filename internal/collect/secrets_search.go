package collect

import (
	"context"
	"math"
	"slices"
	"strings"

	"github.com/zricethezav/gitleaks/v8/config"
	"github.com/zricethezav/gitleaks/v8/detect/codec"
)

// decodeDepth is how deep text within text is decoded, base64 above all: cloud-init's write_files carries files so.
const decodeDepth = 3

// secretRules searches texts as gitleaks' own detector does; a test holds the two against each other. The detector itself
// brings archives, terminals and templates along, four megabytes of them, and takes the word of a text that it holds no
// secret ("gitleaks:allow").
type secretRules struct {
	rules      []config.Rule
	allowlists []*config.Allowlist
}

// candidate is a match of a rule before it is known to be worth telling.
type candidate struct {
	secret
	match, value, line string
}

// in searches a text, and what is encoded in it.
func (s secretRules) in(ctx context.Context, text string) []secret {
	var found []candidate
	var segments []*codec.EncodedSegment
	decoder, raw := codec.NewDecoder(), text
	for depth := 0; ctx.Err() == nil; depth++ {
		lower := strings.ToLower(raw)
		for _, rule := range s.rules {
			if ctx.Err() == nil && mentions(lower, rule.Keywords) {
				found = append(found, s.matches(rule, text, raw, segments)...)
			}
		}
		if depth == decodeDepth {
			break
		}
		if raw, segments = decoder.Decode(raw, segments); len(segments) == 0 {
			break
		}
	}
	return worthTelling(found)
}

// mentions reports whether a text has one of the words without which a rule need not be tried.
func mentions(lower string, keywords []string) bool {
	return len(keywords) == 0 || slices.ContainsFunc(keywords, func(word string) bool { return strings.Contains(lower, word) })
}

// matches are the matches of a rule in raw, which is the text or what it decodes to.
func (s secretRules) matches(rule config.Rule, text, raw string, segments []*codec.EncodedSegment) []candidate {
	var found []candidate
	for _, at := range rule.Regex.FindAllStringIndex(raw, -1) {
		c := candidate{match: strings.Trim(raw[at[0]:at[1]], "\n")}
		if len(segments) > 0 {
			decoded := codec.SegmentsWithDecodedOverlap(segments, at[0], at[1])
			if len(decoded) == 0 {
				// It stood there before decoding, and was found.
				continue
			}
			at = codec.AdjustMatchIndex(decoded, at)
			c.line = codec.CurrentLine(decoded, raw)
		}
		c.secret = secret{Rule: rule.RuleID, Description: rule.Description, Line: lineAt(text, at[0])}
		c.value = valueOf(rule, c.match)
		if c.line == "" {
			c.line = lineAround(text, at[0])
		}
		if rule.Entropy != 0 && entropy(c.value) <= rule.Entropy || c.allowed(s.allowlists) || c.allowed(rule.Allowlists) {
			continue
		}
		found = append(found, c)
	}
	return found
}

// lineAt counts from 1. A match that begins with the end of a line belongs to the next.
func lineAt(text string, at int) int { return 1 + strings.Count(text[:min(at+1, len(text))], "\n") }

func lineAround(text string, at int) string {
	at = min(at, len(text))
	if at < len(text) && text[at] == '\n' {
		at++
	}
	line, _, _ := strings.Cut(text[at:], "\n")
	return text[strings.LastIndex(text[:at], "\n")+1:at] + line
}

// valueOf is the secret within a match: the group that the rule names, or the first that took part.
func valueOf(rule config.Rule, match string) string {
	groups := rule.Regex.FindStringSubmatch(match)
	if rule.SecretGroup > 0 && rule.SecretGroup < len(groups) {
		return groups[rule.SecretGroup]
	}
	for _, group := range groups[min(1, len(groups)):] {
		if group != "" {
			return group
		}
	}
	return match
}

// entropy is Shannon's, in bits a character.
func entropy(text string) float64 {
	counts := map[rune]int{}
	for _, r := range text {
		counts[r]++
	}
	bits := 0.0
	for _, count := range counts {
		share := float64(count) / float64(len(text))
		bits -= share * math.Log2(share)
	}
	return bits
}

// allowed reports whether a list excuses the candidate. What a list says of files and commits is never the case.
func (c candidate) allowed(lists []*config.Allowlist) bool {
	return slices.ContainsFunc(lists, func(list *config.Allowlist) bool {
		target := c.value
		switch list.RegexTarget {
		case "match":
			target = c.match
		case "line":
			target = c.line
		}
		stopped, _ := list.ContainsStopWord(c.value)
		if list.MatchCondition != config.AllowlistMatchAnd {
			return stopped || list.RegexAllowed(target)
		}
		return len(list.Commits)+len(list.Paths) == 0 &&
			(stopped || len(list.StopWords) == 0) && (len(list.Regexes) == 0 || list.RegexAllowed(target))
	})
}

// worthTelling leaves out what a generic rule says of a secret that a better one says on the same line.
func worthTelling(found []candidate) []secret {
	var told []secret
	for _, c := range found {
		if !isGeneric(c) || !slices.ContainsFunc(found, func(d candidate) bool {
			return !isGeneric(d) && c.Line == d.Line && strings.Contains(d.value, c.value)
		}) {
			told = append(told, c.secret)
		}
	}
	return told
}

func isGeneric(c candidate) bool { return strings.Contains(strings.ToLower(c.Rule), "generic") }
