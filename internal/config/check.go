package config

import (
	"fmt"
	"maps"
	"regexp"
	"slices"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/gate"
)

// check looks at everything that can be judged from the file alone, so that what is wrong is said with its line.
func (f File) check() error {
	for _, policy := range slices.Sorted(maps.Keys(f.Severity)) {
		severity := f.Severity[policy]
		if _, err := finding.ParseSeverity(severity); err != nil {
			return fmt.Errorf("%s: severity of %q: %w", f.places.of("severity."+policy), policy, err)
		}
	}
	if f.MaxExceptionDays < 0 {
		return fmt.Errorf("%s: max_exception_days is below zero", f.places.of("max_exception_days"))
	}
	if err := f.checkSources(); err != nil {
		return err
	}
	if _, err := f.LineagePatterns(); err != nil {
		return err
	}
	_, err := f.Decided()
	return err
}

func (f File) checkSources() error {
	for i, source := range f.Sources {
		at := f.places.of(fmt.Sprintf("sources[%d]", i))
		switch {
		case source.File == "":
			return fmt.Errorf("%s: a source needs a file", at)
		case source.Match.Name == "" && len(source.Match.Tags) == 0:
			return fmt.Errorf("%s: the source %q needs a match: name or tags", at, source.File)
		}
	}
	return nil
}

// Decided are the exceptions of the file.
func (f File) Decided() ([]gate.Exception, error) {
	return f.checked(f.places, f.MaxExceptionDays)
}

// LineagePatterns are the patterns of lineages, compiled.
func (f File) LineagePatterns() ([]*regexp.Regexp, error) {
	var all []*regexp.Regexp
	for i, text := range f.Lineage.Patterns {
		pattern, err := regexp.Compile(text)
		if err != nil {
			return nil, fmt.Errorf("%s: pattern %q: %w", f.places.of(fmt.Sprintf("lineage.patterns[%d]", i)), text, err)
		}
		all = append(all, pattern)
	}
	return all, nil
}

// Severities are severities by policy.
func (f File) Severities() map[string]finding.Severity {
	all := map[string]finding.Severity{}
	for policy, text := range f.Severity {
		all[policy], _ = finding.ParseSeverity(text) // it was checked before
	}
	return all
}
