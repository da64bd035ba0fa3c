package report

import (
	"encoding/json"
	"strings"

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
	f.Evidence, f.Remediation = evidence, text+"\n"+text
	gap := unknown("sharing/ami-public", finding.Critical, r, finding.NotCollected)
	gap.Gaps[0].Code, gap.Gaps[0].Fact = text, text
	undecided := unknown("encryption/ami-key", finding.High, r, finding.Undecidable)
	broken := unknown("lifecycle/ami-untagged", finding.Low, r, finding.EvaluationError)
	undecided.Message, broken.Message = text, text
	passed := failing("lifecycle/ami-name-bad", finding.Info, r, "", text)
	passed.Outcome = finding.Pass
	header := sampleHeader()
	header.Scope.AccountName, header.Scope.Source, header.Scope.Images = text, text, []string{text}
	header.Warnings = []string{text}
	header.Policies[0].Title, header.Policies[0].Description = text, text
	header.Policies[0].Remediation, header.Policies[0].References = text, []string{text}
	header.Policies[0].Controls = []string{text}
	footer := sampleFooter(3, text)
	footer.Coverage[1].Code = text
	return sample{header, []finding.Finding{f, gap, undecided, broken, passed}, footer}.counted()
}

// rawEvidence holds bad UTF-8 in a raw message, which encoding/json passes on as it is.
func rawEvidence() sample {
	s := spotless()
	f := failing("sharing/ami-public", finding.Critical, image("ami-1", "", ""), "", "m")
	f.Evidence = json.RawMessage("{\"b\":1.50,\"a\":\"\xff\u202e\"}")
	s.findings = append(s.findings, f)
	return s.counted()
}
