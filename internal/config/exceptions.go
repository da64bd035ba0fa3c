package config

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/amiscan/amiscan/internal/gate"
)

// Decisions are the exceptions of a file.
type Decisions struct {
	Exceptions []Exception `yaml:"exceptions"`
}

// Exception is a decision as it is written down.
type Exception struct {
	ID       string   `yaml:"id"`
	Policies []string `yaml:"policies"`
	Match    Match    `yaml:"match"`
	Reason   string   `yaml:"reason"`
	Owner    string   `yaml:"owner"`
	Ticket   string   `yaml:"ticket"`
	Created  string   `yaml:"created"`
	Expires  string   `yaml:"expires"`
	Status   string   `yaml:"status"`
}

// Match says what an exception is about.
type Match struct {
	Accounts []string          `yaml:"accounts"`
	Regions  []string          `yaml:"regions"`
	IDs      []string          `yaml:"ids"`
	Names    []string          `yaml:"names"`
	Lineages []string          `yaml:"lineages"`
	Tags     map[string]string `yaml:"tags"`
	Grantees []string          `yaml:"grantees"`
	Actions  []string          `yaml:"actions"`
}

var (
	exceptionID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)
	accountID   = regexp.MustCompile(`^[0-9]{12}$`)
	actionName  = regexp.MustCompile(`^[a-z0-9-]+:[A-Z][A-Za-z0-9]+$`)
)

// LoadExceptions reads a file that holds nothing but exceptions, held to the longest term in days; zero leaves it open.
func LoadExceptions(name string, maxDays int) ([]gate.Exception, error) {
	text, err := read(name)
	var decisions Decisions
	var found places
	if err == nil {
		found, err = decode(name, text, &decisions, keysOf(decisions))
	}
	if err == nil && len(decisions.Exceptions) == 0 {
		err = fmt.Errorf("%s: holds no exceptions", name)
	}
	var exceptions []gate.Exception
	if err == nil {
		exceptions, err = decisions.checked(found, maxDays)
	}
	if err != nil {
		return nil, fmt.Errorf("read exceptions: %w", err)
	}
	return exceptions, nil
}

// checked turns what is written into decisions, or says what is wrong with the first that is none.
func (d Decisions) checked(found places, maxDays int) ([]gate.Exception, error) {
	var all []gate.Exception
	seen := map[string]string{}
	for i, written := range d.Exceptions {
		at := fmt.Sprintf("exceptions[%d]", i)
		exception, key, err := written.decision(maxDays)
		if other, twice := seen[written.ID]; err == nil && twice {
			key, err = "id", fmt.Errorf("has the id of the one at %s", other)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: exception %q %w", found.of(at+"."+key), written.ID, err)
		}
		exception.Place = found.of(at)
		seen[written.ID] = exception.Place
		all = append(all, exception)
	}
	return all, nil
}

// decision checks one exception. What is wrong stands under the returned key.
func (e Exception) decision(maxDays int) (gate.Exception, string, error) {
	d := gate.Exception{
		ID: e.ID, Policies: e.Policies, Match: gate.Match(e.Match), Reason: strings.TrimSpace(e.Reason),
		Owner: strings.TrimSpace(e.Owner), Ticket: e.Ticket, UnderReview: e.Status == "under_review",
	}
	if len(d.Policies) == 0 && len(d.Match.Actions) > 0 {
		d.Policies = []string{"*"}
	}
	for _, check := range []func(*gate.Exception) (string, error){
		e.checkWords, e.checkPolicies, e.checkMatch, func(d *gate.Exception) (string, error) { return e.checkTerm(d, maxDays) },
	} {
		if key, err := check(&d); err != nil {
			return d, key, err
		}
	}
	return d, "", nil
}

func (e Exception) checkWords(d *gate.Exception) (string, error) {
	switch {
	case !exceptionID.MatchString(e.ID):
		return "id", fmt.Errorf("needs an id of letters, digits, dots, dashes and underscores")
	case d.Reason == "":
		return "reason", fmt.Errorf("needs a reason")
	case d.Owner == "":
		return "owner", fmt.Errorf("needs an owner, who decided it")
	case !slices.Contains([]string{"", "accepted", "under_review"}, e.Status):
		return "status", fmt.Errorf("has the status %q, which is none of accepted, under_review", e.Status)
	}
	return "", nil
}

func (e Exception) checkPolicies(d *gate.Exception) (string, error) {
	if len(d.Policies) == 0 {
		return "policies", fmt.Errorf(`needs policies: IDs or globs such as "encryption/*"`)
	}
	for i, term := range d.Policies {
		if _, err := path.Match(term, ""); err != nil || term == "" {
			return fmt.Sprintf("policies[%d]", i), fmt.Errorf("names policies by %q, which is no ID or glob", term)
		}
	}
	return "", nil
}

// checkTerm reads the days. Forever must be said, so that nobody gets it by forgetting.
func (e Exception) checkTerm(d *gate.Exception, maxDays int) (string, error) {
	var err error
	if d.Created, err = day(e.Created); err != nil {
		return "created", fmt.Errorf("was created on %q, which is no day; write 2026-01-31", e.Created)
	}
	switch d.Expires, err = day(strings.TrimSuffix(e.Expires, "never")); {
	case e.Expires == "":
		return "expires", fmt.Errorf("needs expires: its last day (2027-01-31), or never")
	case err != nil:
		return "expires", fmt.Errorf("expires on %q, which is no day; write 2027-01-31, or never", e.Expires)
	case !d.Expires.IsZero() && d.Expires.Before(d.Created):
		return "expires", fmt.Errorf("expires before it was created")
	case maxDays > 0:
		return "expires", withinTerm(*d, maxDays)
	}
	return "", nil
}

func withinTerm(d gate.Exception, maxDays int) error {
	switch longest := d.Created.AddDate(0, 0, maxDays); {
	case d.Created.IsZero():
		return fmt.Errorf("needs created, the day of the decision: max_exception_days counts from there")
	case d.Expires.IsZero():
		return fmt.Errorf("never expires; max_exception_days allows %d days", maxDays)
	case d.Expires.After(longest):
		return fmt.Errorf("holds longer than max_exception_days allows: until %s", longest.Format(time.DateOnly))
	}
	return nil
}

// day reads a day as its first moment in UTC; an empty text is none.
func day(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	return time.Parse(time.DateOnly, text)
}
