package report

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
)

// dangers returns what must never reach a terminal or a pipeline's log.
func dangers(text []byte) []string {
	var bad []string
	if !utf8.Valid(text) {
		bad = append(bad, "bad UTF-8")
	}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(strings.TrimSpace(line), "::") || strings.Contains(line, "##") {
			bad = append(bad, fmt.Sprintf("a workflow command: %q", line))
		}
		if i := strings.IndexFunc(line, func(r rune) bool { return !unicode.IsGraphic(r) }); i >= 0 {
			bad = append(bad, fmt.Sprintf("a hidden character: %q", line[i:]))
		}
	}
	return bad
}

func TestNothingDangerousIsPrinted(t *testing.T) {
	t.Parallel()
	for name, text := range hostileTexts() {
		for _, format := range Formats() {
			for _, width := range []int{1, 80, 500} {
				got := hostile(text).render(t, format, Options{Width: width, IncludePass: true, Category: text})
				for _, danger := range dangers(got) {
					t.Errorf("%s in %s: %s", name, format, danger)
				}
			}
		}
	}
}

func TestLongTextsAreBounded(t *testing.T) {
	t.Parallel()
	for name, text := range hostileTexts() {
		for line := range strings.Lines(string(hostile(text).render(t, "text", Options{Width: 80}))) {
			if n := utf8.RuneCountInString(line); n > maxRemediation+100 {
				t.Errorf("%s: a line of %d characters", name, n)
			}
		}
	}
}

func TestTextOrder(t *testing.T) {
	t.Parallel()
	text := string(mixed().render(t, "text", Options{Width: 120, IncludePass: true}))
	last := -1
	for _, part := range []string{
		"amiscan 0.1.0: account 111122223333 (prod), 1 of 17 enabled regions (eu-west-1), 6 policies, judged as of",
		"warning: the inventory is 9 days old",
		"NOT SEEN (1 of 1 unit is incomplete)",
		"ec2:DescribeImageAttribute: denied (UnauthorizedOperation)",
		"unknown: 2 verdicts of sharing/ami-public, sharing/ami-shared-untrusted",
		"NOT EVALUATED", "FAILING (4 resources, worst first)",
		"ami-0dd", "CRITICAL", "ami-0aa", "HIGH", "INFO", "ami-0ff", "ami-0bb", "MEDIUM",
		"UNDECIDED", "PASSING", "SUMMARY", "out of scope: lifecycle/ami-unused (needs the whole organization)",
		"exit 3: 1 unit incomplete; also 1 critical, 2 high\n",
	} {
		at := strings.Index(text[last+1:], part)
		if at < 0 {
			t.Fatalf("%q is not where it belongs in\n%s", part, text)
		}
		last += at + len(part)
	}
	if last != len(text)-1 {
		t.Errorf("something follows the exit line: %q", text[last+1:])
	}
}

func TestSuppressedIsCountedNotListed(t *testing.T) {
	t.Parallel()
	text := string(mixed().render(t, "text", Options{}))
	if strings.Contains(text, "400 days old") {
		t.Error("a suppressed finding is listed")
	}
	if !regexp.MustCompile(`suppressed\n.* 1\n`).MatchString(text) {
		t.Error("the suppressed finding is not counted")
	}
}

func TestColourAddsNothing(t *testing.T) {
	t.Parallel()
	coloured := mixed().render(t, "text", Options{Color: true})
	plain := regexp.MustCompile("\x1b\\[[0-9]+m").ReplaceAll(coloured, nil)
	if !bytes.Contains(coloured, []byte("\x1b[31mCRITICAL\x1b[0m")) {
		t.Error("critical is not red")
	}
	if want := mixed().render(t, "text", Options{}); !bytes.Equal(plain, want) {
		t.Errorf("without colour it reads differently:\n%s", plain)
	}
}

func TestCommandsStayWhole(t *testing.T) {
	t.Parallel()
	text := string(mixed().render(t, "text", Options{Width: 40}))
	command := "aws ec2 reset-image-attribute --image-id IMAGE --attribute launchPermission\n"
	if !strings.Contains(text, command) {
		t.Errorf("the command is broken in\n%s", text)
	}
	for line := range strings.Lines(text[:strings.Index(text, "SUMMARY")]) {
		if n := len(line) - 1; n > 40 && strings.HasPrefix(line, " ") && strings.Contains(strings.TrimSpace(line), " ") &&
			!strings.Contains(line, command) {
			t.Errorf("%d columns: %q", n, line)
		}
	}
}

func TestGapsWithoutCoverageAreShown(t *testing.T) {
	t.Parallel()
	s := mixed()
	s.footer.Coverage = nil
	for i := range s.findings {
		if len(s.findings[i].Gaps) > 0 {
			s.findings[i].Gaps[0] = finding.Gap{Fact: "snapshots", Status: string(inventory.NotCollected)}
		}
	}
	text := string(s.render(t, "text", Options{}))
	for _, want := range []string{"NOT SEEN\n  not collected\n", "facts:   snapshots\n", "unknown: 2 verdicts of"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

func TestUnknownWithoutGapsIsStillNotSeen(t *testing.T) {
	t.Parallel()
	s := spotless()
	f := unknown("sharing/ami-public", finding.Critical, image("ami-1", "", ""), finding.NotCollected)
	f.Gaps = nil
	s.findings = []finding.Finding{f}
	text := string(s.render(t, "text", Options{}))
	if !strings.Contains(text, "NOT SEEN\n  not collected\n    unknown: 1 verdict of") {
		t.Errorf("the unknown is lost in\n%s", text)
	}
}

func TestGapsThatCostNothingSaySo(t *testing.T) {
	t.Parallel()
	s := spotless()
	s.footer.Coverage = sampleCoverage()
	if text := string(s.render(t, "text", Options{})); !strings.Contains(text, "no verdict hangs on it") {
		t.Errorf("the gap is lost in\n%s", text)
	}
}

func TestUnitsAreCounted(t *testing.T) {
	t.Parallel()
	var coverage []inventory.Coverage
	for i, status := range []inventory.Status{
		inventory.Denied, inventory.Known, inventory.Known, inventory.NotFound, inventory.Known, inventory.Throttled,
	} {
		unit := inventory.Unit{Account: account, Region: fmt.Sprint("r", i/2)}
		coverage = append(coverage, inventory.Coverage{Unit: unit, Status: status})
	}
	if c := covering(coverage...).census(); c.units != 3 || c.incomplete != 2 {
		t.Errorf("%d of %d units are incomplete, want 2 of 3", c.incomplete, c.units)
	}
}

func TestMilderFindingsOverTheLimitAreCounted(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	reporter, ok := newText(&out, Options{}).(*textReporter)
	if !ok {
		t.Fatal("no text reporter")
	}
	reporter.failing.limit = 5
	crowd(t, reporter, 50)
	text := out.String()
	if strings.Count(text, "CRITICAL sharing/ami-public\n") != 5 || strings.Contains(text, "LOW      lifecycle/ami-untagged\n") {
		t.Errorf("the worst five are not what is listed:\n%s", text)
	}
	if want := "45 more findings are counted but not listed"; !strings.Contains(text, want) {
		t.Errorf("no %q in\n%s", want, text)
	}
}

// TestThirtyThousandFindingsAreReadable: the worst are listed, the others counted by policy, and none is lost.
func TestThirtyThousandFindingsAreReadable(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	crowd(t, newText(&out, Options{}), 30000)
	text := out.String()
	if lines := strings.Count(text, "\n"); lines > 2500 {
		t.Errorf("%d lines", lines)
	}
	if heading := "\nFAILING (30,000 resources, worst first)\n"; !strings.Contains(text, heading) {
		t.Errorf("no %q", heading)
	}
	const want = "29,500 more findings are counted but not listed; the JSON report has all of\n  them:\n" +
		"  CRITICAL    2500 sharing/ami-public\n  LOW        27000 lifecycle/ami-untagged\n"
	if !strings.Contains(text, want) {
		t.Errorf("no %q in\n%s", want, text[len(text)-2000:])
	}
}

func TestScopeParts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		scope Scope
		want  string
	}{
		{"one region of many", sampleHeader().Scope, "account 111122223333 (prod), 1 of 17 enabled regions (eu-west-1)"},
		{"accounts", Scope{Accounts: 3, Regions: []string{"a", "b"}, Source: "aws"}, "3 accounts, 2 regions (a, b)"},
		{"files", Scope{Source: "images.json, snapshots.json"}, "from images.json, snapshots.json"},
		{"images", Scope{Account: account, Images: []string{"ami-1"}}, "account 111122223333, 1 image (ami-1)"},
		{
			"many regions", Scope{Regions: []string{"a", "b", "c", "d", "e", "f"}, EnabledRegions: 6},
			"6 of 6 enabled regions (a, b, c, d and 2 more)",
		},
		{"nothing known", Scope{}, ""},
	}
	for _, test := range tests {
		if got := strings.Join(scopeParts(test.scope), ", "); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestGroupsAreWorstFirst(t *testing.T) {
	t.Parallel()
	find := func(id string, severity finding.Severity) finding.Finding {
		return failing("p/q", severity, image(id, "", ""), "", "m")
	}
	kept := worst[finding.Finding]{limit: 100}
	for _, f := range []finding.Finding{
		find("ami-a", finding.Low), find("ami-b", finding.High), find("ami-c", finding.High), find("ami-c", finding.Info),
		find("ami-d", finding.Critical), find("ami-e", finding.High),
	} {
		kept.add(f.Severity, f)
	}
	var got []string
	for _, g := range groups(kept.all()) {
		got = append(got, g.resource.ID)
	}
	if want := "ami-d ami-c ami-b ami-e ami-a"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}
