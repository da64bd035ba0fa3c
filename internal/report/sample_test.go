package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
)

const (
	account = "111122223333"
	region  = "eu-west-1"
	lastDay = "2026-11-22T12:00:00Z"
)

// sample is everything that one report is made of.
type sample struct {
	header   Header
	findings []finding.Finding
	footer   Footer
}

// render writes the sample in one format.
func (s sample) render(t testing.TB, format string, options Options) []byte {
	t.Helper()
	text, err := s.write(format, options)
	if err != nil {
		t.Fatalf("write %s: %v", format, err)
	}
	return text
}

// write asks for incomplete runs, too: which of them SARIF leaves out is for TestIncompleteRunsAreWithheld.
func (s sample) write(format string, options Options) ([]byte, error) {
	var out bytes.Buffer
	options.Incomplete = true
	reporter, err := New(format, &out, options)
	if err != nil {
		return nil, err
	}
	if err := reporter.Begin(s.header); err != nil {
		return nil, err
	}
	for _, f := range s.findings {
		if err := reporter.Finding(f); err != nil {
			return nil, err
		}
	}
	err = reporter.End(s.footer)
	return out.Bytes(), err
}

// counted sorts the findings, fills in their keys and counts them, as the rooms before this one do.
func (s sample) counted() sample {
	s.footer.Summary.Findings, s.footer.Summary.BySeverity = Counts{NotApplicable: 7}, nil
	for i := range s.findings {
		f := &s.findings[i]
		f.Fingerprint = finding.NewFingerprint(f.Policy, f.Resource, f.Subject)
		f.AlertKey = finding.NewAlertKey(f.Policy, f.Resource, f.Subject)
		s.footer.Summary.Count(*f)
	}
	slices.SortFunc(s.findings, finding.Compare)
	return s
}

func at(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t
}

func policy(id string, severity finding.Severity) finding.Policy {
	return finding.Policy{
		ID: id, Title: "Title of " + id, Description: "What " + id + " asks for, and why. It has two sentences.",
		Severity: severity, Resource: inventory.AMI, Remediation: "Mend it.", Default: true,
		Controls: []string{"FSBP/EC2.1"}, References: []string{"https://docs.aws.amazon.com/ec2/"},
		Reads: []string{"image"},
	}
}

func samplePolicies() []finding.Policy {
	public := policy("sharing/ami-public", finding.Critical)
	public.Title = "No image is public"
	public.Description = "A public image can be launched and copied by every account of AWS."
	public.Remediation = "Take the permission back:\n" +
		"aws ec2 reset-image-attribute --image-id IMAGE --attribute launchPermission"
	public.Params = []finding.Param{
		{Name: "public_allowed", Type: "list", Default: []string{}, Meaning: "ids of public images"},
	}
	untrusted := policy("sharing/ami-shared-untrusted", finding.High)
	untrusted.Reads, untrusted.Partial = []string{"launch_permissions"}, []string{"launch_permissions"}
	return []finding.Policy{
		untrusted, public,
		policy("lifecycle/ami-too-old", finding.Medium),
		policy("lifecycle/ami-untagged", finding.Low),
		policy("lifecycle/ami-name-bad", finding.Info),
		policy("encryption/ami-key", finding.High),
	}
}

func image(id, name, lineage string) finding.Resource {
	return finding.Resource{
		Kind: inventory.AMI, ID: id, ARN: "arn:aws:ec2:eu-west-1::image/" + id, Partition: "aws", Account: account,
		AccountName: "prod", OU: "ou-root-1", Region: region, Name: name, Lineage: lineage, Owner: "team-web",
	}
}

func failing(policy string, severity finding.Severity, r finding.Resource, subject, message string) finding.Finding {
	return finding.Finding{
		Policy: policy, Severity: severity, Outcome: finding.Fail, Resource: r, Subject: subject, Message: message,
		Evidence: json.RawMessage(`{"since":"2026-10-01T00:00:00Z","days":52}`), Remediation: "Mend it, then scan again.",
	}
}

func unknown(policy string, severity finding.Severity, r finding.Resource, reason finding.Reason) finding.Finding {
	f := failing(policy, severity, r, "", "It can't be said whether this holds.")
	f.Outcome, f.Reason, f.Evidence = finding.Unknown, reason, nil
	if reason == finding.NotCollected {
		f.Gaps = []finding.Gap{{
			Fact: "launch_permissions", Status: "denied", Action: "ec2:DescribeImageAttribute",
			Code: "UnauthorizedOperation", Account: account, Region: region,
		}}
	}
	return f
}

func sampleHeader() Header {
	return Header{
		Tool: Tool{Name: "amiscan", Version: "0.1.0"},
		Now:  at(lastDay),
		Scope: Scope{
			Account: account, AccountName: "prod", Accounts: 1, Units: []string{account + "/" + region},
			Regions: []string{region}, EnabledRegions: 17, Source: "aws",
		},
		Policies:   samplePolicies(),
		OutOfScope: []OutOfScope{{Policy: "lifecycle/ami-unused", Why: "needs the whole organization"}},
		Params:     map[string]any{"max_age_days": 90, "trusted_accounts": []string{"444455556666"}},
		Warnings:   []string{"the inventory is 9 days old"},
	}
}

func sampleCoverage() *Coverage { return covering(sampleRecords()...) }

// covering takes in records that nobody accepts the gaps of.
func covering(records ...inventory.Coverage) *Coverage {
	c := NewCoverage()
	for _, record := range records {
		c.Add(record, nil)
	}
	return c
}

func sampleRecords() []inventory.Coverage {
	unit := inventory.Unit{Partition: "aws", Account: account, Region: region}
	return []inventory.Coverage{
		{Unit: unit, Kind: inventory.AMI, Fact: "image", Action: "ec2:DescribeImages", Status: inventory.Known, Items: 5},
		{
			Unit: unit, Kind: inventory.AMI, Fact: "launch_permissions", Action: "ec2:DescribeImageAttribute",
			Status: inventory.Denied, Code: "UnauthorizedOperation", Items: 3, Missing: 2,
		},
	}
}

func sampleFooter(code int, reason string) Footer {
	return Footer{
		Summary:  Summary{Resources: map[string]int{inventory.AMI: 5, inventory.Snapshot: 2}},
		Coverage: sampleCoverage(),
		Evidence: Evidence{
			InventorySHA256: fmt.Sprintf("%064d", 1), PoliciesSHA256: fmt.Sprintf("%064d", 2), CollectedBy: "amiscan 0.1.0",
			CollectedFrom: at("2026-11-13T08:00:00+01:00"), CollectedTo: at("2026-11-13T07:05:00Z"),
		},
		Exit: Exit{Code: code, Reason: reason},
	}
}

// mixed holds every outcome, cause and mark.
func mixed() sample {
	nine, ten := image("ami-0ff", "web-9", "web"), image("ami-0aa", "web-10", "web")
	old, odd := image("ami-0bb", "db-2025-01-01", ""), image("ami-0cc", "", "")
	accepted := failing("lifecycle/ami-too-old", finding.Medium, nine, "", "The image is 400 days old.")
	accepted.Suppression = &finding.Suppression{Kind: "exception", ID: "legacy-web", Reason: "retired in January"}
	passed := failing("sharing/ami-public", finding.Critical, old, "", "")
	passed.Outcome, passed.Evidence, passed.Remediation = finding.Pass, nil, ""
	public := failing("sharing/ami-public", finding.Critical, old, "all", "The image is shared with everybody")
	public.Resource.ID, public.Resource.ARN = "ami-0dd", "arn:aws:ec2:eu-west-1::image/ami-0dd"
	public.Remediation = samplePolicies()[1].Remediation
	return sample{sampleHeader(), []finding.Finding{
		failing("lifecycle/ami-too-old", finding.Medium, old, "", "The image is 690 days old; 90 are allowed."),
		failing("sharing/ami-shared-untrusted", finding.High, nine, "444455556666", "It is shared with 444455556666."),
		failing("sharing/ami-shared-untrusted", finding.High, ten, "444455556666", "It is shared with 444455556666."),
		failing("lifecycle/ami-name-bad", finding.Info, ten, "", "The name follows no pattern."),
		public, accepted, passed,
		unknown("sharing/ami-shared-untrusted", finding.High, odd, finding.NotCollected),
		unknown("sharing/ami-public", finding.Critical, odd, finding.NotCollected),
		unknown("encryption/ami-key", finding.High, odd, finding.Undecidable),
		unknown("lifecycle/ami-untagged", finding.Low, odd, finding.EvaluationError),
	}, sampleFooter(3, "1 unit incomplete; also 1 critical, 2 high")}.counted()
}

// spotless is a run without findings and without gaps.
func spotless() sample {
	s := sample{header: sampleHeader(), footer: sampleFooter(0, "nothing at or above high")}
	s.header.OutOfScope, s.header.Warnings, s.header.Params = nil, nil, nil
	s.footer.Coverage = covering(sampleRecords()[0])
	return s.counted()
}
