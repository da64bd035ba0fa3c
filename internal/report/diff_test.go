package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/finding"
)

// changed is a comparison with one finding of each kind of change, whose texts are a stranger's.
func changed(text string) Comparison {
	c := Comparison{Before: Compared{Name: text}, After: Compared{Name: text, Exit: Exit{Code: 3, Reason: text}}}
	for _, kind := range finding.ChangeKinds() {
		f := failing("sharing/ami-public", finding.Critical, image("ami-1", text, text), text, text)
		c.Changes = append(c.Changes, finding.Change{Kind: kind, Why: text, After: &f})
	}
	return c
}

func TestDiffWithstandsStrangers(t *testing.T) {
	t.Parallel()
	for _, text := range hostileTexts() {
		for _, format := range DiffFormats() {
			var out bytes.Buffer
			if err := WriteDiff(&out, format, changed(text), Options{}); err != nil {
				t.Fatal(err)
			}
			for _, danger := range dangers(out.Bytes()) {
				t.Errorf("%s: %s", format, danger)
			}
			if format == "json" && !json.Valid(out.Bytes()) {
				t.Errorf("no JSON: %q", out.String())
			}
		}
	}
}

func TestDiffTellsEveryKind(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := WriteDiff(&out, "text", changed("web"), Options{}); err != nil {
		t.Fatal(err)
	}
	at := 0
	for _, want := range []string{
		"warning: web is not whole: exit 3", "\nNEW\n", "\nCHANGED\n", "\nFIXED\n", "\nNO LONGER OBSERVED (not seen is not fixed)\n",
		"\n1 new, 1 changed, 1 fixed, 1 no longer observed, 0 as before\n",
	} {
		next := strings.Index(out.String()[at:], want)
		if next < 0 {
			t.Fatalf("no %q after the first %d bytes of\n%s", want, at, out.String())
		}
		at += next
	}
	if err := WriteDiff(&out, "sarif", Comparison{}, Options{}); err == nil {
		t.Error("an unknown format was written")
	}
}
