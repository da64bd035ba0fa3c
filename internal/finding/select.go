package finding

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// Select picks the policies that the terms choose, sorted by ID. Without terms it picks those that are judged by default.
// A term is an ID, an alias, a glob over IDs ("sharing/*", "*"), "severity:high" or "control:FSBP/EC2.1"; skip takes
// terms of the same form away. A term that chooses nothing is an error: a typo must not become a green gate.
func Select(policies []Policy, terms, skip []string) ([]Policy, error) {
	chosen := slices.DeleteFunc(slices.Clone(policies), func(p Policy) bool { return !p.Default })
	if len(terms) > 0 {
		var err error
		if chosen, err = choose(policies, terms); err != nil {
			return nil, err
		}
	}
	skipped, err := choose(policies, skip)
	if err != nil {
		return nil, err
	}
	chosen = slices.DeleteFunc(chosen, func(p Policy) bool { return hasID(skipped, p.ID) })
	slices.SortFunc(chosen, func(a, b Policy) int { return strings.Compare(a.ID, b.ID) })
	return chosen, nil
}

// NamedBy reports whether one of the terms names the policy by ID or alias, rather than through a glob, a severity or a
// control.
func NamedBy(p Policy, terms []string) bool {
	return slices.Contains(terms, p.ID) || slices.ContainsFunc(p.Aliases, func(a string) bool { return slices.Contains(terms, a) })
}

func choose(policies []Policy, terms []string) ([]Policy, error) {
	var chosen []Policy
	for _, term := range terms {
		matches, err := matcher(term)
		if err != nil {
			return nil, err
		}
		found := slices.DeleteFunc(slices.Clone(policies), func(p Policy) bool { return !matches(p) })
		if len(found) == 0 {
			return nil, &UnknownTermError{Term: term, Nearest: NearestID(term, policies)}
		}
		for _, p := range found {
			if !hasID(chosen, p.ID) {
				chosen = append(chosen, p)
			}
		}
	}
	return chosen, nil
}

func hasID(policies []Policy, id string) bool {
	return slices.ContainsFunc(policies, func(p Policy) bool { return p.ID == id })
}

func matcher(term string) (func(Policy) bool, error) {
	kind, value, _ := strings.Cut(term, ":")
	switch kind {
	case "severity":
		severity, err := ParseSeverity(value)
		return func(p Policy) bool { return p.Severity == severity }, err
	case "control":
		return func(p Policy) bool { return slices.Contains(p.Controls, value) }, nil
	}
	if _, err := path.Match(term, ""); err != nil {
		return nil, fmt.Errorf("select %q: %w", term, err)
	}
	return func(p Policy) bool { return MatchesID(term, p) }, nil
}

// MatchesID reports whether a term is the policy's ID, one of its aliases or a glob over IDs; one that is malformed matches
// nothing.
func MatchesID(term string, p Policy) bool {
	matched, _ := path.Match(term, p.ID)
	return matched || term == "*" || slices.Contains(p.Aliases, term)
}

// UnknownTermError says that a selection chooses no policy.
type UnknownTermError struct {
	Term string
	// Nearest is the known ID that looks most like the term; empty where none does.
	Nearest string
}

// Error names the term and, where there is one, what was probably meant.
func (e *UnknownTermError) Error() string {
	message := fmt.Sprintf("no policy matches %q", e.Term)
	if e.Nearest != "" {
		message += fmt.Sprintf("; the nearest is %q", e.Nearest)
	}
	return message
}

// NearestID returns the ID that a term was probably meant to be, or the glob over its family; "" where none is near.
func NearestID(term string, policies []Policy) string {
	names := make([]string, len(policies))
	for i, p := range policies {
		names[i] = p.ID
		if strings.HasPrefix(p.ID, term+"/") {
			return term + "/*"
		}
	}
	return Nearest(term, names)
}

// Nearest returns the name that differs least from the given word, or "" where nothing is near: people mistype a letter
// or two, or leave out the family.
func Nearest(word string, names []string) string {
	best, bestDistance := "", len(word)/3+2
	for _, name := range names {
		if d := distance(word, name); d < bestDistance {
			best, bestDistance = name, d
		}
		if _, last, found := strings.Cut(name, "/"); found && last == word {
			return name
		}
	}
	return best
}

// distance is the number of single-letter edits between two words (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			diagonal, row[j] = row[j], min(row[j]+1, row[j-1]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
