package main

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/amiscan/amiscan/internal/audit"
	"github.com/amiscan/amiscan/internal/config"
	"github.com/amiscan/amiscan/internal/gate"
	"github.com/amiscan/amiscan/internal/link"
	"github.com/amiscan/amiscan/internal/source"
)

// decidedOf reads what people decided: the exceptions of amiscan.yaml and of --exceptions, and the baseline.
func decidedOf(c *cli.Context, file config.File) (audit.Decided, error) {
	exceptions, err := file.Decided()
	if err != nil {
		return audit.Decided{}, err
	}
	decided := audit.Decided{Exceptions: exceptions}
	if name := c.String("exceptions"); name != "" {
		more, err := config.LoadExceptions(name, file.MaxExceptionDays)
		if err != nil {
			return decided, err
		}
		if decided.Exceptions, err = together(exceptions, more); err != nil {
			return decided, err
		}
	}
	if name := c.String("baseline"); name != "" {
		decided.Baseline, err = audit.ReadBaseline(name)
	}
	return decided, err
}

// together joins the exceptions of two files, whose ids must differ: reports name them by id alone.
func together(first, second []gate.Exception) ([]gate.Exception, error) {
	for _, a := range first {
		for _, b := range second {
			if a.ID == b.ID {
				return nil, fmt.Errorf("read exceptions: %s: exception %q has the id of the one at %s", b.Place, b.ID, a.Place)
			}
		}
	}
	return append(first, second...), nil
}

// setPeople reads what people call resources, and where they make them.
func setPeople(run *audit.Run, file config.File, baked bake) error {
	patterns, err := file.LineagePatterns()
	if err != nil {
		return err
	}
	finder, err := source.New(".", rulesOf(file), source.Options{Builds: baked.builds, ConfigFile: file.Name()})
	if err != nil {
		return err
	}
	run.People = audit.People{
		OwnerTag: file.OwnerTag, Sources: finder,
		Lineages: link.Lineages{Tag: file.Lineage.Tag, Patterns: patterns, Builds: baked.lineages},
	}
	run.Report.Fallback = finder.Configuration()
	return nil
}

func rulesOf(file config.File) []source.Rule {
	var rules []source.Rule
	for i, s := range file.Sources {
		rules = append(rules, source.Rule{
			Name: s.Match.Name, Tags: s.Match.Tags, File: s.File, Anchor: s.Anchor, Place: file.At(fmt.Sprintf("sources[%d]", i)),
		})
	}
	return rules
}
