package report

import (
	"fmt"
	"strings"
)

// writeAccounts says whom to call first: the accounts with the most failing findings.
func (t *textReporter) writeAccounts() {
	if !t.severalAccounts() {
		return
	}
	most := t.accounts.most()
	widths := make([]int, len(accountColumns()))
	rows := [][]string{accountColumns()}
	for _, account := range most {
		rows = append(rows, account.counts())
	}
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], len(cell))
		}
	}
	t.page.heading("ACCOUNTS (" + t.accountsHeading() + ")")
	t.page.labelled(2, cells(rows[0], widths), "account, OU")
	for i, account := range most {
		t.page.labelled(2, cells(rows[i+1], widths), account.title())
	}
}

// cells puts numbers into columns.
func cells(row []string, widths []int) string {
	var out strings.Builder
	for i, cell := range row {
		fmt.Fprintf(&out, "%*s  ", widths[i], cell)
	}
	return strings.TrimSuffix(out.String(), " ")
}
