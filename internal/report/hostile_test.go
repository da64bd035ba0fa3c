package report

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
)

// hostileTexts are what a stranger may call an image.
func hostileTexts() map[string]string {
	return map[string]string{
		"control":   "a\x00b\x07c\x1bd\x7fe\u0085f\u009b31mg",
		"ansi":      "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b[2J",
		"bidi":      "safe\u202egnp.exe\u2066x\u2069\u200e\u200f\u061c",
		"invisible": "a\u200bb\ufeffc\U000e0041d",
		"workflow":  "x\n::set-output name=a::b\r\n  ::error::c\u2028::warning::d",
		"old style": "##[set-env name=A]b ###[x] ##vso[task.setvariable]c ##teamcity[x]",
		"leading":   "::stop-commands::token",
		"long":      strings.Repeat("n", 4096),
		"long word": strings.Repeat("wide \U0001f4a5 ", 600),
		"utf-8":     "bad\xff\xfe\xc3(\xe2\x82",
		"html":      `<script>alert("x")</script>&amp;<img src=x onerror=y>`,
		"markdown":  "[click](https://evil.example) ![i](x) `code` @team #1 | **b** {0}",
		"path":      "../../etc/passwd",
		"dots":      "..",
		"slashes":   "///a//b%2f?c#d",
		"quotes":    `"}],"x":[{"` + `\u0000\`,
		"blank":     " \t\n ",
		"formula":   `=HYPERLINK("https://evil.example";"x")` + "\n+1\t-1\r@SUM(1)",
		"mention":   "@team user@example.com org/repo@main GH-12 gh-12 #12 org/repo#12 !12 $12 ~label",
		"address":   "http://evil.example https://evil.example ftp://evil.example www.evil.example mailto:a@evil.example",
		"math":      "$x$ $$y$$ $`z`$",
		"headings":  "# one\n## two\nthree\n===\nfour\n---",
		"lists":     "- [x] a\n* b\n1. c\n+ d\n> e\n    f\n\tg",
		"list item": "- - 1. + > # a",
		"fences":    "aws ec2 x \\\n```\n</details>\n~~~\n````js\n<h1>a</h1>",
		"backticks": "``` <img src=x onerror=y> ` a `b` ``<b>`` `c``d` \\` e",
		"emphasis":  "*a* _b_ **c** __d__ ~~e~~ ***",
		"table":     "| a | b |\n|---|---|\n| c | d |",
		"backslash": `\[a\](b) \<b\> \@team \`,
		"entities":  "&lt;b&gt; &#64;team &commat;team &#x3c;b&#x3e;",
		"details":   "</code></summary></details><h1>x</h1><details><summary><code>",
		"reference": "[a]: https://evil.example\n[a] [^1] [!NOTE] <https://evil.example> <!-- x",
		"cdata":     "]]><![CDATA[x]]><!-- --> <?xml?> <!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>&b;",
		"no XML":    "a\x0bb\ufffec\uffffd\U0001ffffe",
	}
}

// hostile puts one text into every place that a stranger reaches.
func hostile(text string) sample {
	r := finding.Resource{
		Kind: inventory.AMI, ID: "ami-" + text, ARN: "arn:aws:ec2:eu-west-1::image/" + text, Partition: "aws",
		Account: account, AccountName: text, OU: text, Region: region, Name: text, Lineage: text, Owner: text,
	}
	evidence, err := json.Marshal(map[string]string{"name": text})
	if err != nil {
		panic(err)
	}
	f := failing("sharing/ami-public", finding.Critical, r, text, text)
	f.Evidence, f.Remediation, f.Notes = evidence, text+"\n"+text, []string{text}
	accepted := f
	accepted.Subject, accepted.Suppression = text+"2", &finding.Suppression{
		Kind: finding.ByException, ID: text, Reason: text, Owner: text, Ticket: text, Expires: text, Place: text,
	}
	gap := unknown("sharing/ami-public", finding.Critical, r, finding.NotCollected)
	gap.Gaps[0].Code, gap.Gaps[0].Fact = text, text
	undecided := unknown("encryption/ami-key", finding.High, r, finding.Undecidable)
	broken := unknown("lifecycle/ami-untagged", finding.Low, r, finding.EvaluationError)
	undecided.Message, broken.Message = text, text
	passed := failing("lifecycle/ami-name-bad", finding.Info, r, "", text)
	passed.Outcome = finding.Pass
	header := sampleHeader()
	header.Scope.Accounts = 2
	header.Scope.AccountName, header.Scope.Source, header.Scope.Images = text, text, []string{text}
	header.Warnings, header.Baseline = []string{text}, text
	header.Policies[0].Title, header.Policies[0].Description = text, text
	header.Policies[0].Remediation, header.Policies[0].References = text, []string{text}
	header.Policies[0].Controls = []string{text}
	footer := sampleFooter(3, text)
	records := sampleRecords()
	records[1].Code = text
	footer.Coverage, footer.Warnings = covering(records...), []string{text}
	records[1].Action, records[1].Fact = text, text
	footer.Coverage.Add(records[1], nil)
	footer.Coverage.Add(records[1], accepted.Suppression)
	footer.Coverage.Add(door("444455556666", inventory.NotVisible, text), nil)
	return sample{header, []finding.Finding{f, accepted, gap, undecided, broken, passed}, footer}.counted()
}

// rawEvidence holds bad UTF-8 in a raw message, which encoding/json passes on as it is.
func rawEvidence() sample {
	s := spotless()
	f := failing("sharing/ami-public", finding.Critical, image("ami-1", "", ""), "", "m")
	f.Evidence = json.RawMessage("{\"b\":1.50,\"a\":\"\xff\u202e\"}")
	s.findings = append(s.findings, f)
	return s.counted()
}

// faults finds what is wrong with a report in one format, beyond what is dangerous in every format.
func faults(t testing.TB, format string) func([]byte) []string {
	t.Helper()
	switch format {
	case "text":
		return func([]byte) []string { return nil }
	case "json":
		return jsonFaults
	case "sarif":
		return func(text []byte) []string { return refusals(parse(t, text)) }
	case "junit":
		return junitFaults
	case "markdown":
		return markdownFaults
	}
	t.Fatalf("nobody looks at what strangers do to %s", format)
	return nil
}

func jsonFaults(text []byte) []string {
	if !json.Valid(text) {
		return []string{"no JSON"}
	}
	return nil
}

func TestEveryFormatWithstandsStrangers(t *testing.T) {
	t.Parallel()
	for _, format := range Formats() {
		look := faults(t, format)
		for name, text := range hostileTexts() {
			got := hostileDecision(text).render(t, format, Options{IncludePass: true, Category: text})
			for _, fault := range look(got) {
				t.Errorf("%s in %s: %s", name, format, fault)
			}
		}
	}
}
