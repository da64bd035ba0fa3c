package main

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/iampolicy"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/progress"
	"github.com/amiscan/amiscan/internal/report"
	"github.com/amiscan/amiscan/policies"
)

// candidate is a word that may stand at the cursor.
type candidate struct{ word, meaning string }

// offer is what may follow the kept part of a word: candidates, or paths that the shell knows.
type offer struct {
	kept       string
	candidates []candidate
	files      bool
}

// behind offers the same behind another part of the word.
func (o offer) behind(kept string) offer {
	o.kept = kept + o.kept
	return o
}

// completer offers what a value may be, by what is typed of it.
type completer func(typed string) offer

// flagCompleters say what the values of flags may be: "--flag" of every command, or "command --flag" of one. What they
// offer comes from where the values are checked.
func flagCompleters() map[string]completer {
	return map[string]completer{
		"--policy": files, "--params": files, "--config": files, "--inventory": files,
		"--session-policy": files, "--exceptions": files, "--baseline": files, "--packer-manifest": files,
		"--packer-run": words(packerRuns),
		"--select":     listed(oneOf(policyTerms)), "--skip": listed(oneOf(policyTerms)),
		"--fail-on": oneOf(thresholds), "--min-severity": oneOf(severities),
		"--output": reportTo, "--color": words(colors), "--log-format": words(logFormats),
		"--assume":        listed(oneOf(kinds)),
		"--sarif-profile": words(report.SARIFProfiles), "--sarif-location": words(report.SARIFLocations),
		"diff --output": words(report.DiffFormats), "iam --format": words(iampolicy.Formats),
	}
}

// argumentCompleters say what the arguments of commands may be.
func argumentCompleters() map[string]completer {
	return map[string]completer{
		"eval": files, "diff": files, "policies input": files,
		"policies show": oneOf(policyIDs), "completion": words(shells),
	}
}

func flagCompleter(command []string, flag string) completer {
	all := flagCompleters()
	if own := all[strings.Join(command, " ")+" --"+flag]; own != nil {
		return own
	}
	return all["--"+flag]
}

func files(string) offer { return offer{files: true} }

func oneOf(candidates func() []candidate) completer {
	return func(string) offer { return offer{candidates: candidates()} }
}

// listed completes the last of several values between commas.
func listed(one completer) completer {
	return func(typed string) offer {
		last := strings.LastIndex(typed, ",") + 1
		return one(typed[last:]).behind(typed[:last])
	}
}

// reportTo completes FORMAT[=PATH].
func reportTo(typed string) offer {
	if format, path, hasPath := strings.Cut(typed, "="); hasPath {
		return files(path).behind(format + "=")
	}
	var o offer
	for _, format := range report.Formats() {
		o.candidates = append(o.candidates, candidate{format, "to standard output"}, candidate{format + "=", "to a file"})
	}
	return o
}

// words offers a list of names.
func words(names func() []string) completer {
	return oneOf(func() []candidate {
		var all []candidate
		for _, name := range names() {
			all = append(all, candidate{word: name})
		}
		return all
	})
}

// logFormats are what progress.ParseFormat takes.
func logFormats() []string { return []string{string(progress.Text), string(progress.JSON)} }

// colors are what colorOf takes.
func colors() []string { return []string{"auto", "always", "never"} }

func severities() []candidate {
	var all []candidate
	for _, severity := range finding.Severities() {
		all = append(all, candidate{word: severity.String()})
	}
	return all
}

func thresholds() []candidate {
	return append(severities(), candidate{"none", "no finding fails the run"})
}

func kinds() []candidate {
	var all []candidate
	for _, kind := range inventory.Kinds() {
		all = append(all, candidate{word: kind + "="})
	}
	return all
}

// policyTerms are families, severities and the IDs of single policies.
func policyTerms() []candidate {
	var terms []candidate
	ids := policyIDs()
	for _, id := range ids {
		term := candidate{path.Dir(id.word) + "/*", "the whole family"}
		if !slices.Contains(terms, term) {
			terms = append(terms, term)
		}
	}
	for _, severity := range finding.Severities() {
		terms = append(terms, candidate{"severity:" + severity.String(), "all of this severity"})
	}
	return append(terms, ids...)
}

// policyIDs are the embedded policies with their titles. File names tell them, because compiling takes too long for a
// key press.
func policyIDs() []candidate {
	names, err := fs.Glob(policies.FS(), "*/*.rego")
	if err != nil {
		return nil
	}
	var all []candidate
	for _, name := range names {
		if path.Dir(name) != "lib" {
			id := strings.ReplaceAll(strings.TrimSuffix(name, ".rego"), "_", "-")
			all = append(all, candidate{id, titleIn(name)})
		}
	}
	return all
}

// titleIn is the title in the METADATA of a policy.
func titleIn(name string) string {
	text, err := fs.ReadFile(policies.FS(), name)
	if err != nil {
		return ""
	}
	_, rest, _ := strings.Cut(string(text), "\n# title: ")
	title, _, _ := strings.Cut(rest, "\n")
	return title
}
