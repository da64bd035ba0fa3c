package report

import "strings"

const (
	roomForCoverage = 60 << 10
	roomForAccounts = 20 << 10
)

// coveragePart is the coverage table, as in text.
func (m *markdownReporter) coveragePart() string {
	table := m.gaps.table()
	if table.isEmpty() {
		return ""
	}
	var open, accepted []string
	for _, unseen := range table.Open {
		open = append(open, prose(unseen.line()))
	}
	if line := table.inactiveLine(); line != "" {
		open = append(open, prose(line))
	}
	for _, unseen := range table.Accepted {
		accepted = append(accepted, prose(unseen.title())+"\n  - accepted by "+prose(suppressionText(*unseen.Suppression)))
	}
	apart := ""
	if len(accepted) > 0 {
		apart = "Accepted:\n\n" + listing(roomForCoverage/2, accepted, 0)
	}
	return part("Coverage (what was not seen, and what would show it)", listing(roomForCoverage/2, open, 0), apart)
}

// accountsPart is the table of the accounts with the most failing findings, where there is more than one account.
func (m *markdownReporter) accountsPart() string {
	if !m.severalAccounts() {
		return ""
	}
	columns := accountColumns()
	lines := []string{
		"| account, OU | " + strings.Join(columns, " | ") + " |",
		"|:---" + strings.Repeat("|---:", len(columns)) + "|",
	}
	room := roomForAccounts
	for _, account := range m.accounts.most() {
		line := "| " + tableCell(account.title()) + " | " + strings.Join(account.counts(), " | ") + " |"
		if room -= len(line) + 1; room < 0 {
			break
		}
		lines = append(lines, line)
	}
	heading := m.accountsHeading()
	return part("Accounts ("+heading+")", strings.Join(lines, "\n"))
}

// tableCell sets a stranger's text in a cell, which a vertical bar would end, even an escaped one within code.
func tableCell(text string) string { return prose(strings.ReplaceAll(text, "|", "/")) }
