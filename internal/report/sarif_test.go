package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/finding"
)

func TestGitHubRefusesNothing(t *testing.T) {
	t.Parallel()
	for name, s := range sarifSamples() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, refusal := range refusals(parse(t, s.render(t, "sarif", Options{}))) {
				t.Error(refusal)
			}
		})
	}
}

// TestRefusalsAreNoticed breaks a good log in every way that the check above is there for.
func TestRefusalsAreNoticed(t *testing.T) {
	t.Parallel()
	text := string(mixed().render(t, "sarif", Options{}))
	tests := []struct{ name, old, new string }{
		{"numeric security-severity", `"security-severity": "8.0"`, `"security-severity": 8.0`},
		{"null", `"occurrenceCount": 2`, `"occurrenceCount": null`},
		{"huge rule index", `"ruleIndex": 1`, `"ruleIndex": 18446744073709551615`},
		{"other rule's index", `"ruleIndex": 1`, `"ruleIndex": 2`},
		{"passing with a level", `"kind": "fail"`, `"kind": "pass"`},
		{"ARN as address", `"uri": "aws/aws`, `"uri": "arn:aws:ec2:eu-west-1::image/ami-1`},
		{"file address", `"uri": "aws/aws`, `"uri": "file:///aws`},
		{"empty schema", `"$schema": "https://json.schemastore.org/sarif-2.1.0.json"`, `"$schema": ""`},
		{"no help", `"help": {`, `"helpless": {`},
		{"no fingerprint hash", `"primaryLocationLineHash": "`, `"primaryLocationLineHash": "", "x": "`},
		{"no column", `"endColumn": 2,`, ``},
		{"security not first", "\"tags\": [\n         \"security\",", "\"tags\": [\n"},
		{"category without slash", `"id": "amiscan/111122223333/"`, `"id": "amiscan"`},
		{"two runs", "\n  }\n ]\n}", "\n  }, {}\n ]\n}"},
		{"another schema", "json.schemastore.org", "raw.githubusercontent.com"},
		{"no level", "\"kind\": \"fail\",\n     \"level\": \"error\"", `"kind": "fail", "level": "none"`},
		{"no message", `"message": {`, `"fixes": [], "masssage": {`},
		{"no line", `"startLine": 1`, `"startLines": 1`},
		{"no rules", `"rules": [`, `"rulers": [`},
		{"too many tags", "\"tags\": [\n         \"security\",", `"tags": ["security", ` + strings.Repeat(`"t", `, 10)},
		{"long name", `"name": "SharingAmiPublic"`, `"name": "` + strings.Repeat("n", 256) + `"`},
		{"long description", `"text": "No image is public"`, `"text": "` + strings.Repeat("n", 1025) + `"`},
		{"source outside", `"uri": "aws/aws`, `"uri": "../aws`},
		{"blank in address", `"uri": "aws/aws`, `"uri": "my aws`},
		{"suppression", `"occurrenceCount": 2`, `"suppressions": [{"kind": "external"}]`},
	}
	for _, test := range tests {
		broken := strings.Replace(text, test.old, test.new, 1)
		if broken == text {
			t.Errorf("%s: nothing to break", test.name)
			continue
		}
		if len(refusals(parse(t, []byte(broken)))) == 0 {
			t.Errorf("%s went unnoticed", test.name)
		}
	}
}

func TestSARIFLeavesOutWhatGitHubWouldReopen(t *testing.T) {
	t.Parallel()
	log := parse(t, mixed().render(t, "sarif", Options{IncludePass: true}))
	var got []string
	for _, result := range walk(log, "runs[].results[]") {
		id, level, count := walk(result, "ruleId")[0], walk(result, "level")[0], walk(result, "occurrenceCount")[0]
		got = append(got, fmt.Sprint(id, " ", level, " ", count))
	}
	want := []string{
		"lifecycle/ami-name-bad note 1", "lifecycle/ami-too-old warning 1", "sharing/ami-public error 1",
		"sharing/ami-shared-untrusted error 2",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("results (-want +got):\n%s", diff)
	}
}

func TestBakesOfOneLineageAreOneResult(t *testing.T) {
	t.Parallel()
	var bakes []finding.Finding
	for i, name := range []string{"web-9", "web-10", "web-2"} {
		r := image(fmt.Sprintf("ami-%d", i), name, "web")
		bakes = append(bakes, failing("sharing/ami-public", finding.Critical, r, "all", "It is public."))
	}
	sibling := image("ami-9", "web-10", "web")
	other := failing("sharing/ami-public", finding.Critical, sibling, "444455556666", "It is shared.")
	s := sample{sampleHeader(), append(bakes, other), sampleFooter(1, "3 critical")}.counted()
	results := walk(parse(t, s.render(t, "sarif", Options{})), "runs[].results[]")
	if len(results) != 2 {
		t.Fatalf("%d results, want 2: another subject is another alert", len(results))
	}
	for _, result := range results {
		if fmt.Sprint(walk(result, "properties.subject")[0]) != "all" {
			continue
		}
		message := fmt.Sprint(walk(result, "message.text")[0])
		if !strings.Contains(message, `image/ami-1 named "web-10"`) || !strings.Contains(message, "2 others of lineage web") {
			t.Errorf("the newest bake is not shown: %s", message)
		}
		if got := fmt.Sprint(walk(result, "properties.others[]")); got != "[ami-0 ami-2]" {
			t.Errorf("other images: %s", got)
		}
	}
}

func TestRebakeKeepsAlertAndPlace(t *testing.T) {
	t.Parallel()
	keys := func(id string) string {
		f := failing("sharing/ami-public", finding.Critical, image(id, "web-"+id, "web"), "all", "Public since "+id)
		s := sample{sampleHeader(), []finding.Finding{f}, sampleFooter(1, "")}.counted()
		log := parse(t, s.render(t, "sarif", Options{}))
		return fmt.Sprint(walk(log, "runs[].results[].partialFingerprints"),
			walk(log, "runs[].results[].locations[].physicalLocation"), walk(log, "runs[].automationDetails"))
	}
	if a, b := keys("ami-1"), keys("ami-2"); a != b {
		t.Errorf("a re-bake reopens the alert:\n%s\n%s", a, b)
	}
}

func TestSARIFRefusesFindingsOfUnknownPolicies(t *testing.T) {
	t.Parallel()
	for i, f := range mixed().findings {
		s := mixed()
		s.findings[i].Policy = "sharing/unheard-of"
		if _, err := s.write("sarif", Options{}); err == nil || !strings.Contains(err.Error(), `"sharing/unheard-of"`) {
			t.Errorf("%v finding: got %v, want an error that names the policy", f.Outcome, err)
		}
	}
}

func TestExitCodeDecidesExecutionSuccessful(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]string{0: "true", 1: "true", 2: "false", 3: "false", 4: "false", 130: "false"} {
		s := mixed()
		s.footer.Exit.Code = code
		invocation := walk(parse(t, s.render(t, "sarif", Options{})), "runs[].invocations[]")[0]
		if got := fmt.Sprint(walk(invocation, "executionSuccessful")[0]); got != want {
			t.Errorf("exit %d: executionSuccessful is %s", code, got)
		}
		levels := fmt.Sprint(walk(invocation, "toolExecutionNotifications[].level"))
		wantLevels := map[string]string{"true": "[warning warning]", "false": "[error error]"}[want]
		if levels != wantLevels {
			t.Errorf("exit %d: notifications %s, want %s", code, levels, wantLevels)
		}
	}
}

func TestNotificationsNameTheirDescriptor(t *testing.T) {
	t.Parallel()
	log := parse(t, mixed().render(t, "sarif", Options{}))
	descriptors := walk(log, "runs[].tool.driver.notifications[]")
	for _, n := range walk(log, "runs[].invocations[].toolExecutionNotifications[]") {
		index, err := walk(n, "descriptor.index")[0].(interface{ Int64() (int64, error) }).Int64()
		if err != nil || walk(descriptors[index], "id")[0] != walk(n, "descriptor.id")[0] {
			t.Errorf("notification %v points at %v", n, index)
		}
	}
}

func TestCoverageGapsAreBounded(t *testing.T) {
	t.Parallel()
	s := spotless()
	for i := range maxNotifications + 5 {
		gap := sampleRecords()[1]
		gap.Action = fmt.Sprintf("service:Describe%d", i)
		s.footer.Coverage.Add(gap, nil)
	}
	log := parse(t, s.render(t, "sarif", Options{}))
	found := walk(log, "runs[].invocations[].toolExecutionNotifications[].message.text")
	if len(found) != maxNotifications+1 || found[maxNotifications] != "5 gaps are not listed." {
		t.Errorf("%d notifications, the last %q", len(found), found[len(found)-1])
	}
}

func TestSemanticVersion(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]string{
		"0.1.0": "semanticVersion", "1.2.3-rc.1+b5": "semanticVersion", "dev": "version", "v1.0.0": "version",
	} {
		s := spotless()
		s.header.Tool.Version = version
		log := parse(t, s.render(t, "sarif", Options{}))
		if got := walk(log, "runs[].tool.driver."+want); len(got) != 1 || got[0] != version {
			t.Errorf("%q is not the driver's %s", version, want)
		}
	}
}

func TestAutomationID(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, category, account, want string }{
		{"category", "prod/weekly", account, "amiscan/prod/weekly/"},
		{"account", "", account, "amiscan/111122223333/"},
		{"files", "", "", "amiscan/files/"},
		{"odd characters", "/a b\nü/", "", "amiscan/a-b--/"},
	}
	for _, test := range tests {
		if got := automationID(Options{Category: test.category}, Scope{Account: test.account}, 1); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
		second := strings.TrimSuffix(test.want, "/") + "-2/"
		if got := automationID(Options{Category: test.category}, Scope{Account: test.account}, 2); got != second {
			t.Errorf("%s: the second part is %q, want %q", test.name, got, second)
		}
	}
}

func TestPseudoPath(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 200)
	tests := []struct{ name, kind, id, lineage, want string }{
		{"lineage", "ami", "ami-1", "web", "ami/web"},
		{"id", "ami", "ami-1", "", "ami/ami-1"},
		{"escaped", "ami", "ami-1", "a b/ü", "ami/a%20b%2F%C3%BC"},
		{"dots", "ami", "ami-1", "..", "ami/_.."},
		{"key", "kms_key", "arn:aws:kms:eu-west-1:111122223333:key/1-2", "", "kms_key/1-2"},
		{"settings", "settings", "111122223333/eu-west-1", "", "settings/eu-west-1"},
		{"nothing", "ami", "", "", "ami/_"},
		{"long", "ami", "", long, "ami/" + long[:99] + "-c2a908d9"},
	}
	for _, test := range tests {
		r := finding.Resource{
			Kind: test.kind, ID: test.id, Lineage: test.lineage, Partition: "aws", Account: account, Region: region,
		}
		want := "aws/aws/111122223333/eu-west-1/" + test.want
		if got := pseudoPath(r); got != want {
			t.Errorf("%s: got %q, want %q", test.name, got, want)
		}
	}
}
