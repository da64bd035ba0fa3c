package main

import (
	"os"

	"github.com/jedib0t/go-pretty/v6/table"

	"golang.org/x/term"
)

// widest bounds the text report: wider lines are hard to read.
const widest = 120

// width is the terminal's, at most widest; 0 lets the report choose.
func (a *app) width() int {
	file, ok := a.stdout.(*os.File)
	if !ok {
		return 0
	}
	columns, _, err := term.GetSize(int(file.Fd()))
	if err != nil {
		return 0
	}
	return min(columns, widest)
}

// wantsColor follows NO_COLOR, CLICOLOR_FORCE and TERM, then asks whether standard output is a terminal.
func (a *app) wantsColor() bool {
	switch {
	case a.getenv("NO_COLOR") != "":
		return false
	case a.getenv("CLICOLOR_FORCE") != "" && a.getenv("CLICOLOR_FORCE") != "0":
		return true
	case a.getenv("TERM") == "dumb":
		return false
	}
	file, ok := a.stdout.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// newTable is a table without lines, as every command prints it.
func newTable() table.Writer {
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Options = table.OptionsNoBordersAndSeparators
	return t
}
