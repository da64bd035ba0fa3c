// Package report turns findings into bytes, one file a format: text for people, JSON as amiscan's own document, SARIF
// for code scanning. It imports the standard library, finding, inventory and, in the sarif files alone, go-sarif. It
// neither filters nor orders what it is given, except where a format asks for it, and never reads the clock, the
// environment or the terminal: width, colour and time arrive as arguments.
package report

import (
	"io"
	"time"

	"github.com/amiscan/amiscan/internal/finding"
)

// Reporter writes one report. Begin comes first and once, then Finding for every finding in finding.Compare's order,
// then End once; another order is an error. What was written is a whole report only if End returns nil.
type Reporter interface {
	Begin(Header) error
	Finding(finding.Finding) error
	End(Footer) error
}

// Options are the choices of the one who reads the report.
type Options struct {
	// Width is the number of columns that text is wrapped to; 0 means 80, and less than 40 counts as 40.
	Width int
	// Color allows ANSI colours in text. They never carry anything that the words don't say.
	Color bool
	// IncludePass lists passing findings, which are only counted otherwise. SARIF goes by its profile instead.
	IncludePass bool
	// Category is the stable name under which code scanning files the results; empty means the account, or "files".
	// It must never hold an image id or a date: a new category strands every alert of the old one.
	Category string
	// Profile is one of SARIFProfiles; empty means the first. SARIF alone asks for this and what follows.
	Profile string
	// Location is one of SARIFLocations; empty means the first.
	Location string
	// Split spreads the alerts over so many files, by their keys; 0 and 1 mean one file. Who changes the number moves alerts
	// from category to category, which closes them here and opens them there.
	Split int
	// Parts are where the second file and all further ones go, one less than Split. Who owns the first file sets them.
	Parts []io.Writer
	// Incomplete writes the github profile even where the run is incomplete.
	Incomplete bool
	// Fallback is the place of what has no source; nil leaves it at the path that is made up.
	Fallback *finding.Source
}

// Header is what is known before the first finding.
type Header struct {
	Tool Tool
	// Now is the time as of which was judged.
	Now   time.Time
	Scope Scope
	// Policies are those that were judged.
	Policies   []finding.Policy
	OutOfScope []OutOfScope
	// Params are the values that policies read from data.params, by name.
	Params map[string]any
	// Warnings are sentences for the reader, such as the inventory's age.
	Warnings []string
	// Baseline names the report that findings are held against; empty without one.
	Baseline string
}

// Tool names the program that wrote the report.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Scope says where was looked.
type Scope struct {
	// Account is the 12-digit id of the account, empty if there were several or none is known.
	Account     string `json:"account"`
	AccountName string `json:"account_name"`
	// Accounts counts the accounts looked at, 0 where nobody counted.
	Accounts int `json:"accounts"`
	// Units are the names of all units that the coverage speaks of, as "account/region".
	Units   []string `json:"units"`
	Regions []string `json:"regions"`
	// EnabledRegions counts the regions that the account has enabled, 0 where nobody asked.
	EnabledRegions int `json:"enabled_regions"`
	// Images are the single images asked for; empty for whole units.
	Images []string `json:"images"`
	// Source is "aws", or the inventory or file names that were judged.
	Source string `json:"source"`
	// MinSeverity is the mildest severity of failing findings that the report lists; zero lists all.
	MinSeverity finding.Severity `json:"min_severity,omitempty"`
}

// OutOfScope is a policy that was selected and could not be judged within the scope.
type OutOfScope struct {
	Policy string `json:"policy"`
	// Why is half a sentence, such as "needs the whole unit".
	Why string `json:"why"`
}

// Footer is what is known after the last finding.
type Footer struct {
	Summary Summary
	// Warnings are sentences that only the whole run allows, such as an exception that nothing needed.
	Warnings []string
	Coverage *Coverage
	Evidence Evidence
	Exit     Exit
	// Partial says that something was not seen, even if the exit code was told to allow it.
	Partial bool
}

// Evidence says what exactly was judged, by whom and when it was collected.
type Evidence struct {
	// InventorySHA256 and PoliciesSHA256 are lower-case hexadecimal digests.
	InventorySHA256 string
	PoliciesSHA256  string
	// CollectedBy is the tool, and the caller where known, that collected the inventory.
	CollectedBy string
	// CollectedFrom and CollectedTo are the earliest and latest observation; zero where unknown.
	CollectedFrom time.Time
	CollectedTo   time.Time
}

// Exit is the exit code and the reason for it, as half a sentence.
type Exit struct {
	Code   int    `json:"code"`
	Reason string `json:"reason"`
}

// whole reports whether the report is a basis for closing an alert.
func (f Footer) whole() bool { return f.Exit.whole() && !f.Partial }

// whole reports whether everything that was asked for was also judged: exit codes 0 and 1 alone say so (design,
// section 6). An interrupted run, one with gaps and one that matched nothing are no basis for closing an alert.
func (e Exit) whole() bool { return e.Code == 0 || e.Code == 1 }
