package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
)

// junitOf renders a sample and holds it to the rules.
func junitOf(t *testing.T, s sample, options Options) xmlNode {
	t.Helper()
	text := s.render(t, "junit", options)
	for _, fault := range junitFaults(text) {
		t.Errorf("%s in\n%s", fault, text)
	}
	root, err := parseJUnit(text)
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// junitCaseOf finds a case by class and name.
func junitCaseOf(t *testing.T, root xmlNode, class, name string) xmlNode {
	t.Helper()
	for _, suite := range root.Children {
		for _, one := range suite.Children {
			if one.attr("classname") == class && one.attr("name") == name {
				return one
			}
		}
	}
	t.Fatalf("no case %q of %q", name, class)
	return xmlNode{}
}

func TestJUnitStates(t *testing.T) {
	t.Parallel()
	root := junitOf(t, gated(), Options{IncludePass: true})
	const place = "amiscan.111122223333.eu-west-1."
	tests := []struct{ class, name, state, kind, message, text string }{
		{
			place + "ami-0dd", "sharing/ami-public No image is public [all]", "failure", "critical",
			"The image is shared with everybody", "aws ec2 reset-image-attribute",
		},
		{
			place + "ami-0e0", "lifecycle/ami-untagged Title of lifecycle/ami-untagged", "failure", "low", "No tag names an owner.",
			"note: exception \"untagged\" lapsed on 2026-10-31\nbaseline: updated\nsource: packer/app server/web.pkr.hcl:12\n",
		},
		{
			place + "ami-0cc", "sharing/ami-shared-untrusted Title of sharing/ami-shared-untrusted", "error", "not_collected",
			"It can't be said", "ec2:DescribeImageAttribute: denied (UnauthorizedOperation), for launch_permissions in 111122223333/eu-west-1",
		},
		{
			place + "ami-0cc", "lifecycle/ami-untagged Title of lifecycle/ami-untagged", "error", "error", "It can't be said", "resource:",
		},
		{
			place + "ami-0cc", "encryption/ami-key Title of encryption/ami-key", "skipped", "undecidable", "It can't be said", "resource:",
		},
		{
			place + "ami-0ff", "lifecycle/ami-too-old Title of lifecycle/ami-too-old", "skipped", "exception",
			`suppressed by exception "legacy-web": retired in January; owner team-web; ticket SEC-12; expires 2027-01-31; config/amiscan.yaml:12`,
			"The image is 400 days old.",
		},
		{
			place + "ami-0e2", "sharing/ami-public No image is public", "skipped", "exception", `suppressed by exception "no-permission": `, "not seen: ",
		},
		{
			place + "ami-0e1", "lifecycle/ami-untagged Title of lifecycle/ami-untagged", "skipped", "baseline", "suppressed by the baseline", "unchanged",
		},
		{place + "ami-0bb", "sharing/ami-public No image is public", "", "", "", ""},
		{place + "unit", "everything was collected", "skipped", "incomplete", "1 fact was not seen", "missing from 2 resources"},
		{"amiscan.gate", "exit code", "error", "exit 3", "exit 3: 1 unit incomplete; also 1 critical, 2 high", "exit 3"},
	}
	for _, test := range tests {
		one := junitCaseOf(t, root, test.class, test.name)
		if test.state == "" {
			if len(one.Children) > 0 {
				t.Errorf("%s of %s did not pass: %+v", test.name, test.class, one)
			}
			continue
		}
		result := one.child(test.state)
		if result == nil {
			t.Errorf("%s of %s is no %s: %+v", test.name, test.class, test.state, one)
			continue
		}
		if result.attr("type") != test.kind || !strings.HasPrefix(result.attr("message"), test.message) ||
			!strings.Contains(result.Text, test.text) {
			t.Errorf("%s of %s: %+v", test.name, test.class, result)
		}
	}
}

func TestJUnitIsGreenOnlyWithExitZero(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]string{0: "", 1: "failure", 2: "error", 3: "error", 4: "error", 130: "error"} {
		s := spotless()
		s.footer.Exit = Exit{Code: code, Reason: "because"}
		root := junitOf(t, s, Options{})
		gate := junitCaseOf(t, root, "amiscan.gate", "exit code")
		for _, state := range []string{"failure", "error", "skipped"} {
			if (gate.child(state) != nil) != (state == want) {
				t.Errorf("exit %d: %+v", code, gate)
			}
		}
		if bad := root.number("failures") + root.number("errors"); (bad > 0) != (want != "") {
			t.Errorf("exit %d: %d failures and errors", code, bad)
		}
	}
}

func TestJUnitOfNothing(t *testing.T) {
	t.Parallel()
	root := junitOf(t, sample{}, Options{})
	if root.number("tests") != 1 || root.Children[0].attr("name") != "amiscan" {
		t.Errorf("got %+v", root)
	}
}

func TestJUnitShowsUnitsWithoutFindings(t *testing.T) {
	t.Parallel()
	root := junitOf(t, spotless(), Options{})
	one := junitCaseOf(t, root, "amiscan.111122223333.eu-west-1.unit", "everything was collected")
	if len(one.Children) > 0 || root.number("tests") != 2 {
		t.Errorf("got %+v", root)
	}
}

func TestJUnitPassesOnlyOnDemand(t *testing.T) {
	t.Parallel()
	with, without := junitOf(t, mixed(), Options{IncludePass: true}), junitOf(t, mixed(), Options{})
	if with.number("tests") != without.number("tests")+1 {
		t.Errorf("%d cases with passes, %d without", with.number("tests"), without.number("tests"))
	}
}

func TestJUnitTellsWhatTextTells(t *testing.T) {
	t.Parallel()
	root := junitOf(t, gated(), Options{})
	output := junitCaseOf(t, root, "amiscan.gate", "exit code").child("system-out").Text
	for _, want := range []string{
		"1 of 17 enabled regions", "warning: the inventory is 9 days old", "warning: exception \"never-used\"",
		"not seen: ec2:DescribeImageAttribute: denied", "`amiscan iam`", "critical: 1, high: 2", "judged: 5 ami",
		"out of scope: lifecycle/ami-unused",
	} {
		if !strings.Contains(output, want) {
			t.Errorf("no %q in\n%s", want, output)
		}
	}
}

func TestJUnitClasses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		resource finding.Resource
		want     string
	}{
		{finding.Resource{Kind: "ami", Account: "1", Region: "r", ID: "ami-1"}, "amiscan.1.r.ami-1"},
		{finding.Resource{Kind: "kms_alias", Account: "1", Region: "r", ID: "alias/a.b"}, "amiscan.1.r.alias/a_b"},
		{finding.Resource{Kind: inventory.Settings, Account: "1", Region: "r", ID: "1/r"}, "amiscan.1.r.settings"},
		{finding.Resource{Kind: "ami", ID: "ami-1"}, "amiscan.ami-1"},
	}
	for _, test := range tests {
		if got := junitClass(test.resource); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

// TestJUnitNamesAreDistinct: subjects that differ in hidden characters alone, and one that looks like a number of ours.
func TestJUnitNamesAreDistinct(t *testing.T) {
	t.Parallel()
	s := spotless()
	for _, subject := range []string{"a", "a\u200b", "a\u202e", "a] (2", "a] (2)"} {
		f := failing("sharing/ami-public", finding.High, image("ami-1", "", ""), subject, "m")
		s.findings = append(s.findings, f, f)
	}
	root := junitOf(t, s.counted(), Options{})
	if want := 10 + 2; root.number("tests") != want {
		t.Errorf("%d cases, want %d", root.number("tests"), want)
	}
}

func TestJUnitWithoutAccount(t *testing.T) {
	t.Parallel()
	s := spotless()
	f := failing("sharing/ami-public", finding.High, image("ami-1", "", ""), "", "m")
	f.Resource.Account, f.Resource.Region = "", ""
	s.findings, s.footer.Coverage = append(s.findings, f), nil
	root := junitOf(t, s.counted(), Options{})
	if len(root.Children) != 2 || root.Children[1].attr("name") != "no account" {
		t.Errorf("got %+v", root)
	}
}

func TestJUnitOverTheLimit(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	reporter, ok := newJUnit(&out, Options{}).(*junitReporter)
	if !ok {
		t.Fatal("no junit reporter")
	}
	reporter.failed.limit = 5
	crowd(t, reporter, 50)
	for _, fault := range junitFaults(out.Bytes()) {
		t.Error(fault)
	}
	text := out.String()
	if strings.Count(text, `type="critical"`) != 5 || strings.Contains(text, `type="low"`) {
		t.Errorf("the worst five are not what is listed:\n%s", text)
	}
	if want := "45 findings are omitted"; strings.Count(text, want) != 2 {
		t.Errorf("no %q in\n%s", want, text)
	}
}

// TestJUnitStaysReadable: GitLab reads no file of more than 30 MB.
func TestJUnitStaysReadable(t *testing.T) {
	t.Parallel()
	s := spotless()
	long := strings.Repeat(`"`, maxMessage)
	for i := range 6000 {
		f := failing("lifecycle/ami-untagged", finding.Low, image(fmt.Sprintf("ami-%08d", i), "", ""), "", long)
		if i%10 == 0 {
			f.Severity = finding.Critical
		}
		s.findings = append(s.findings, f)
	}
	text := s.counted().render(t, "junit", Options{})
	if len(text) > 30_000_000 || len(text) < 20_000_000 {
		t.Errorf("%d bytes", len(text))
	}
	if n := bytes.Count(text, []byte(`type="critical"`)); n != 600 {
		t.Errorf("%d of 600 critical findings are left", n)
	}
	if !bytes.Contains(text, []byte(" findings are omitted, the mildest")) {
		t.Error("nobody says that something is left out")
	}
}

// TestJUnitRulesNotice makes sure that the rules refuse anything at all.
func TestJUnitRulesNotice(t *testing.T) {
	t.Parallel()
	text := gated().render(t, "junit", Options{IncludePass: true})
	for _, broken := range junitBreakages(t, text) {
		if len(junitFaults(broken.text)) == 0 {
			t.Errorf("%s went unnoticed", broken.name)
		}
	}
}

type breakage struct {
	name string
	text []byte
	// schema tells whether a schema can see it: sums and doubles are beyond one.
	schema bool
}

func junitBreakages(t *testing.T, text []byte) []breakage {
	t.Helper()
	var all []breakage
	for _, change := range []struct {
		old, broken string
		schema      bool
	}{
		{`<testcase name="exit code"`, `<testcase file="x" name="exit code"`, true},
		{`<testsuites name`, `<testsuites skipped="1" name`, true},
		{`<testsuite name="amiscan"`, `<testsuite`, true},
		{`<testcase name="exit code"`, `<testcase`, true},
		{`<system-out>`, `<system-out><b/>`, true},
		{`<failure `, `<failure severity="x" `, true},
		{`</testsuites>`, `<testcase name="x"/></testsuites>`, true},
		{`<testcase name="exit code"`, `x<testcase name="exit code"`, true},
		{`time="0" timestamp`, `time="none" timestamp`, true},
		{`</testsuites>`, ``, true},
		{`<?xml`, "\x00<?xml", true},
		{`skipped="`, `skipped="1`, false},
		{`name="everything was collected"`, `name=""`, false},
	} {
		mutated := bytes.Replace(text, []byte(change.old), []byte(change.broken), 1)
		if bytes.Equal(mutated, text) {
			t.Fatalf("%s: nothing to break", change.old)
		}
		all = append(all, breakage{fmt.Sprintf("%q in place of %q", change.broken, change.old), mutated, change.schema})
	}
	return all
}
