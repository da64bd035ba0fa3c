package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"github.com/amiscan/amiscan/internal/finding"
)

func TestMarkdownOrder(t *testing.T) {
	t.Parallel()
	got := string(gated().render(t, "markdown", Options{IncludePass: true}))
	last := -1
	for _, part := range []string{
		"# amiscan: exit 3: 1 unit incomplete; also 1 critical, 2 high\n", "1 of 17 enabled regions (eu-west-1)",
		"baseline `last.json`", "| critical | high |", "| 1 | 2 | 1 | 1 | 1 | 5 | 1 | 3 |", "judged: 5 ami", "inventory is 9 days old",
		`exception "never-used"`, "Not seen (1 of 1 unit is incomplete)\n---\n", "ec2:DescribeImageAttribute: denied", "`amiscan iam`",
		"Not evaluated\n---", "Failing (5 resources, worst first)\n---", "CRITICAL <code>ami-0dd", "HIGH <code>ami-0aa",
		"**high** `sharing/ami-shared-untrusted`", "**info** `lifecycle/ami-name-bad`", "HIGH <code>ami-0ff", "MEDIUM <code>ami-0bb",
		"LOW <code>ami-0e0", "`packer/app server/web.pkr.hcl:12`", "baseline: updated", "note: exception \"untagged\" lapsed",
		"How to fix\n---", "Take the permission back:\n\n```sh\naws ec2 reset-image-attribute --image-id IMAGE --attribute launchPermission\n```\n",
		"Undecided\n---", "Suppressed\n---", "1 finding by the baseline", "1 finding by exception \"legacy-web\": retired in January; owner team-web",
		"Passing\n---", "<summary>1 verdict</summary>", "out of scope: lifecycle/ami-unused",
	} {
		at := strings.Index(got[last+1:], part)
		if at < 0 {
			t.Fatalf("%q is not where it belongs in\n%s", part, got)
		}
		last += at + len(part)
	}
	if strings.Contains(got, "400 days old") {
		t.Error("a suppressed finding is listed")
	}
}

// TestProse looks at the one way in, with a parser of others on the other side: what is read must be what was meant.
func TestProse(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"plain", "a b. (c)", "a b. (c)"},
		{"nothing", " ", ""},
		{"markup", `[a](b) *c* _d_ <e> | ~f~ &lt; ![g] \`, `\[a\](b) \*c\* \_d\_ \<e\> \| \~f\~ \&lt; \!\[g\] \\`},
		{"mention", "a@b @c", "a<span>@</span>b <span>@</span>c"},
		{"reference", "#1 GH-12 gh-3 high-4", "<span>#</span>1 GH<span>-</span>12 gh<span>-</span>3 high-4"},
		{"address", "https://a www.b WWW.c a:b", "https<span>:</span>//a www<span>.</span>b WWW<span>.</span>c a:b"},
		{"formula", "$a$", "<span>$</span>a<span>$</span>"},
		{"bullet", "- a - b", `\- a - b`},
		{"underline", "=== ---", `\=== ---`},
		{"number", "12. a 3. b", `12\. a 3. b`},
		{"brackets", "1) a", `1\) a`},
		{"code", "run `a_b <c> #1` now", "run `a_b <c> #1` now"},
		{"address in code", "ask `a@b.example` now", "ask <code>a<span>@</span>b.example</code> now"},
		{"lone backtick", "a ` b_", "a \\` b\\_"},
		{"runs of backticks", "``a_`` ```b```", "\\`\\`a\\_\\`\\` \\`\\`\\`b\\`\\`\\`"},
		{"code behind a run", "``` <a> `b`", "\\`\\`\\` \\<a\\> `b`"},
		{"blank code", "` ` a", "\\` \\` a"},
		{"code first", "`a` - b", "`a` - b"},
	}
	for _, test := range tests {
		if got := prose(test.in); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
		if got, want := readBack(prose(test.in)), readWithoutTicks(test.in); got != want {
			t.Errorf("%s: it reads %q, not %q", test.name, got, want)
		}
	}
}

// readBack returns what a reader sees of Markdown.
func readBack(markdown string) string {
	source := []byte(markdown)
	var out strings.Builder
	_ = ast.Walk(gfm().Parser().Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if text, ok := n.(*ast.Text); ok && entering {
			value := string(text.Value(source))
			if n.Parent().Kind() != ast.KindCodeSpan {
				value = unescaped(value)
			}
			out.WriteString(value)
		}
		return ast.WalkContinue, nil
	})
	return out.String()
}

// unescaped takes the backslashes from a text node, which goldmark keeps until it renders.
func unescaped(value string) string {
	var out strings.Builder
	for i := 0; i < len(value); i++ {
		if value[i] == '\\' && i+1 < len(value) {
			i++
		}
		out.WriteByte(value[i])
	}
	return out.String()
}

// readWithoutTicks is the text without the backticks of its code spans.
func readWithoutTicks(in string) string {
	var out strings.Builder
	for in = strings.TrimSpace(in); in != ""; {
		before, code, after := cutCode(in)
		out.WriteString(before + strings.TrimSpace(code))
		in = after
	}
	return out.String()
}

func TestCodeText(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"": "", " ": "", "a": "`a`", "a`b": "``a`b``", "`": "`` ` ``", "``a": "``` ``a ```", "a`` `b": "```a`` `b```",
	} {
		got := codeText(in)
		if got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
		if in = strings.TrimSpace(in); readBack(got) != in {
			t.Errorf("%q: it reads %q", in, readBack(got))
		}
	}
}

// TestFencesHold: no line of a block closes it.
func TestFencesHold(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"a", "```", "`````", "~~~", "</details>", "   ```", "a ``` b"} {
		source := []byte("before\n\n" + fenced("sh", []string{"aws x \\", line}) + "\n\nafter\n")
		document := gfm().Parser().Parse(text.NewReader(source))
		block, ok := document.FirstChild().NextSibling().(*ast.FencedCodeBlock)
		if !ok || document.ChildCount() != 3 || string(block.Lines().Value(source)) != "aws x \\\n"+line+"\n" {
			t.Errorf("%q: %d blocks", line, document.ChildCount())
		}
	}
}

// TestMarkdownStaysWithinItsBudget: GitHub drops a summary of more than 1 MiB as a whole. The characters are those that
// grow most on their way.
func TestMarkdownStaysWithinItsBudget(t *testing.T) {
	t.Parallel()
	for _, grows := range []string{"@", `"`, "#", "`", "\U0001f4a5"} {
		text := strings.Repeat(grows, 5000)
		s := sample{header: sampleHeader(), footer: sampleFooter(1, "many")}
		for i := range 200 {
			s.header.Warnings, s.footer.Warnings = append(s.header.Warnings, text), append(s.footer.Warnings, text)
			s.findings = append(s.findings, grown(fmt.Sprintf("p%03d/x", i), text)...)
		}
		got := s.counted().render(t, "markdown", Options{IncludePass: true})
		if len(got) > maxMarkdownBytes+10 || len(got) < maxMarkdownBytes/3 {
			t.Errorf("%s: %d bytes", grows, len(got))
		}
		for _, danger := range dangers(got) {
			t.Fatalf("%s: %.300s", grows, danger)
		}
	}
}

// grown is a finding of every kind, full of one text.
func grown(policy, text string) []finding.Finding {
	r := image("ami-"+policy, text, text)
	r.AccountName, r.Owner = text, text
	f := failing(policy, finding.High, r, text, text)
	f.Remediation, f.Notes = text, []string{text, text, text, text, text, text, text}
	gap, passed, accepted := unknown(policy, finding.High, r, finding.NotCollected), f, f
	gap.Gaps[0].Action, gap.Gaps[0].Code = policy, text
	passed.Outcome, passed.Resource.ID = finding.Pass, text
	accepted.Subject = policy
	accepted.Suppression = &finding.Suppression{Kind: finding.ByException, ID: policy + text, Reason: text, Owner: text}
	undecided, broken := unknown(policy, finding.High, r, finding.Undecidable), unknown(policy, finding.High, r, finding.EvaluationError)
	undecided.Message, broken.Message = text, text
	return []finding.Finding{f, gap, passed, accepted, undecided, broken}
}

// TestMarkdownSaysHowManyAreOmitted: what is listed and what is omitted is everything, and the worst is what is listed.
func TestMarkdownSaysHowManyAreOmitted(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	reporter := newMarkdown(&out, Options{})
	crowd(t, reporter, 30000)
	got := out.String()
	listed := strings.Count(got, "\n- **critical**") + strings.Count(got, "\n- **low**")
	if want := digits(30000-listed) + " more are counted but omitted here"; !strings.Contains(got, want) {
		t.Errorf("%d are listed, but there is no %q", listed, want)
	}
	if strings.Count(got, "\n- **critical**") != 3000 || len(got) > maxMarkdownBytes+10 {
		t.Errorf("%d critical findings, %d bytes", strings.Count(got, "\n- **critical**"), len(got))
	}
	for _, fault := range markdownFaults(out.Bytes()) {
		t.Error(fault)
	}
}

// TestMarkdownOfOneResource: a single resource that has more findings than fit is cut within.
func TestMarkdownOfOneResource(t *testing.T) {
	t.Parallel()
	g := &group{resource: image("ami-1", "", "")}
	for i := range 10 {
		g.findings = append(g.findings, failing("p/q", finding.High, g.resource, fmt.Sprint(i), "m"))
	}
	all, left := foldedGroup(g, true, 10000)
	if left != 0 {
		t.Fatalf("%d have no room", left)
	}
	for room := range len(all) {
		got, left := foldedGroup(g, true, room)
		if len(got) > room || strings.Count(got, "\n- **high**")+left != 10 {
			t.Fatalf("room for %d: %d bytes, %d left", room, len(got), left)
		}
		if got != "" && !strings.HasSuffix(got, "\n\n</details>") {
			t.Fatalf("room for %d: not closed:\n%s", room, got)
		}
	}
}

func TestMarkdownOfNothing(t *testing.T) {
	t.Parallel()
	got := sample{}.render(t, "markdown", Options{})
	for _, fault := range markdownFaults(got) {
		t.Errorf("%s in\n%s", fault, got)
	}
}

// TestMarkdownRulesNotice makes sure that the rules find anything at all.
func TestMarkdownRulesNotice(t *testing.T) {
	t.Parallel()
	got := gated().render(t, "markdown", Options{})
	for _, stranger := range []string{
		"[a](b)", "![a](b)", "<b>a</b>", "<https://a.example>", "a\n\n<script>b</script>", "# a", "a\n===", "*a*", "**a**", "~~a~~",
		"@team", `\@team`, "#12", `\#12`, "GH-12", "https://a.example", "https\\://a.example", "www.a.example", "$a$", "a@b.example",
		"1. a", "- - - a", "> a", "- [ ] a", "```js\na\n```", "    a", "a[^1]\n\n[^1]: b", "---", "|a|\n|---|\n|b|", "<!-- a -->",
		"</details>a", "&#64;team",
	} {
		broken := append(bytes.Clone(got), "\n"+stranger+"\n"...)
		if len(markdownFaults(broken)) == 0 {
			t.Errorf("%q went unnoticed", stranger)
		}
	}
}

// FuzzProse: whatever a stranger writes is read as it was written, as text and nothing else.
func FuzzProse(f *testing.F) {
	for _, text := range hostileTexts() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = clean(text, maxMessage)
		if got, want := readBack(prose(text)), readWithoutTicks(text); got != want {
			t.Errorf("%q reads %q", text, got)
		}
		page := strings.Join([]string{
			"# amiscan: exit 0: " + prose(text), "| a |\n|---|", prose(text), "- " + prose(text), codeText(text),
			"<details>\n<summary>HIGH " + htmlCode(text) + "</summary>", "- **low** " + codeText(text) + ": " + prose(text), "</details>",
		}, "\n\n")
		for _, fault := range append(markdownFaults([]byte(page)), linkFaults([]byte(page))...) {
			t.Errorf("%q: %s", text, fault)
		}
	})
}
