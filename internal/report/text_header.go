package report

import (
	"fmt"
	"strconv"
	"strings"
)

// textTime is precise enough for people.
const textTime = "2006-01-02T15:04Z"

func (t *textReporter) writeHeader() {
	t.page.paragraph(0, headline(t.header))
	for _, warning := range t.header.Warnings {
		t.page.labelled(0, "warning:", clean(warning, maxMessage))
	}
}

// headline says which tool judged what, where, and as of when.
func headline(h Header) string {
	parts := scopeParts(h.Scope)
	parts = append(parts, plural(len(h.Policies), "policy", "policies"), "judged as of "+h.Now.UTC().Format(textTime))
	return clean(h.Tool.Name, maxName) + " " + clean(h.Tool.Version, maxName) + ": " + strings.Join(parts, ", ")
}

// exitLine says why the exit code is what it is.
func exitLine(e Exit) string { return fmt.Sprintf("exit %d: %s", e.Code, clean(e.Reason, maxMessage)) }

// scopeParts says where was looked, so that one region of seventeen never reads as all of them.
func scopeParts(s Scope) []string {
	var parts []string
	switch {
	case s.Account != "":
		parts = append(parts, "account "+named(s.Account, s.AccountName))
	case s.Accounts > 0:
		parts = append(parts, plural(s.Accounts, "account", "accounts"))
		parts = append(parts, unitPart(s.Units)...)
	}
	if len(s.Regions) > 0 || s.EnabledRegions > 0 {
		parts = append(parts, regionPart(s))
	}
	if len(s.Images) > 0 {
		parts = append(parts, plural(len(s.Images), "image", "images")+" ("+few(s.Images, 4)+")")
	}
	if s.MinSeverity > 0 {
		parts = append(parts, "failing findings from "+s.MinSeverity.String()+" on")
	}
	if s.Source != "" && s.Source != "aws" {
		parts = append(parts, "from "+clean(s.Source, maxName))
	}
	return parts
}

// unitPart counts the units of several accounts, of which each may have regions of its own.
func unitPart(units []string) []string {
	n := 0
	for _, name := range units {
		if _, whole := wholeAccount(name); !whole {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return []string{plural(n, "unit", "units")}
}

func regionPart(s Scope) string {
	count := plural(len(s.Regions), "region", "regions")
	if s.EnabledRegions > 0 {
		count = fmt.Sprintf("%d of %s", len(s.Regions), plural(s.EnabledRegions, "enabled region", "enabled regions"))
	}
	if len(s.Regions) == 0 {
		return count
	}
	return count + " (" + few(s.Regions, 4) + ")"
}

// few lists the first items and counts the rest.
func few(items []string, limit int) string {
	var shown []string
	for _, item := range items[:min(limit, len(items))] {
		shown = append(shown, clean(item, maxName))
	}
	text := strings.Join(shown, ", ")
	if more := len(items) - limit; more > 0 {
		text += " and " + digits(more) + " more"
	}
	return text
}

// named adds a name to an id, if there is one.
func named(id, name string) string {
	id, name = clean(id, maxName), clean(name, maxName)
	if name == "" {
		return id
	}
	return id + " (" + name + ")"
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return digits(n) + " " + many
}

// digits sets a comma after every third digit, as people write large numbers.
func digits(n int) string {
	text := strconv.Itoa(n)
	for at := len(text) - 3; at > 0 && text[at-1] != '-'; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}
