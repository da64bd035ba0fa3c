package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/outside"
)

// The variables that name what reads the templates under deploy.
const (
	cfnLintVariable    = "AMISCAN_CFN_LINT"
	manifestsVariable  = "AMISCAN_MANIFESTS"
	shellCheckVariable = "AMISCAN_SHELLCHECK"
)

func deployFile(name string) string { return filepath.Join(checkout, "deploy", name) }

func readDeploy(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(deployFile(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestDeployRole holds the role of role.yaml to what `amiscan iam` prints for all policies, and the regions of an account;
// and the copy of it inside of stackset.yaml to it.
func TestDeployRole(t *testing.T) {
	t.Parallel()
	role := between(t, readDeploy(t, "role/role.yaml"), "# actions\n", "# end of actions", actionLines(auditActions(t)))
	set := readDeploy(t, "role/stackset.yaml")
	set = set[:strings.Index(set, templateBody)+len(templateBody)] + indented(role, "        ")
	for name, want := range map[string]string{"role/role.yaml": role, "role/stackset.yaml": set} {
		if *update {
			if err := os.WriteFile(deployFile(name), []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(want, readDeploy(t, name)); diff != "" {
			t.Errorf("deploy/%s is stale; run go test ./cmd/amiscan -run TestDeployRole -update (-want +got):\n%s", name, diff)
		}
	}
	// What CreateStackSet takes (CloudFormation API Reference, TemplateBody).
	if len(role) > 51_200 {
		t.Errorf("the template of the role has %d bytes", len(role))
	}
	if got, want := passed(set), declared(role); !slices.Equal(got, want) {
		t.Errorf("the StackSet passes %v to a template that takes %v", got, want)
	}
}

const templateBody = "      TemplateBody: |\n"

// auditActions are what the role in an account has to allow.
func auditActions(t *testing.T) []string {
	t.Helper()
	var out, problems bytes.Buffer
	code := run(t.Context(), world{
		args: []string{"amiscan", "iam", "--org", "--select", "*"}, stdin: strings.NewReader(""), stdout: &out, stderr: &problems,
		getenv: func(string) string { return "" }, now: time.Now,
	})
	var document struct{ Statement []struct{ Action []string } }
	if err := json.Unmarshal(out.Bytes(), &document); code != 0 || err != nil || len(document.Statement) != 1 {
		t.Fatalf("amiscan iam: exit %d, %v, %s%s", code, err, &out, &problems)
	}
	actions := append(document.Statement[0].Action, "ec2:DescribeRegions")
	slices.Sort(actions)
	for _, action := range actions {
		if !readOnly.MatchString(action) {
			t.Errorf("%s is not known to change nothing", action)
		}
	}
	return slices.Compact(actions)
}

var readOnly = regexp.MustCompile(`^[a-z0-9-]+:(Describe|Get|List)[A-Za-z]+$`)

func actionLines(actions []string) string {
	var lines strings.Builder
	for _, action := range actions {
		lines.WriteString("                  - " + action + "\n")
	}
	return lines.String()
}

// between puts lines in the place of those between two marks.
func between(t *testing.T, text, begin, end, lines string) string {
	t.Helper()
	head, rest, ok := strings.Cut(text, begin)
	_, tail, also := strings.Cut(rest, end)
	if !ok || !also {
		t.Fatalf("%q and %q are not there", begin, end)
	}
	return head + begin + lines + "                  " + end + tail
}

func indented(text, by string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		if line != "\n" {
			out.WriteString(by)
		}
		out.WriteString(line)
	}
	return out.String()
}

var (
	parameterKey = regexp.MustCompile(`ParameterKey: (\w+)\n +ParameterValue: !Ref (\w+)`)
	parameters   = regexp.MustCompile(`(?s)\nParameters:\n(.*?)\n[A-Z]`)
	parameter    = regexp.MustCompile(`(?m)^  (\w+):$`)
)

// passed are the parameters that a StackSet hands on under their own names.
func passed(set string) []string {
	var names []string
	for _, pair := range parameterKey.FindAllStringSubmatch(set, -1) {
		if pair[1] == pair[2] {
			names = append(names, pair[1])
		}
	}
	return names
}

// declared are the parameters of a template.
func declared(template string) []string {
	var names []string
	for _, name := range parameter.FindAllStringSubmatch(parameters.FindString(template), -1) {
		names = append(names, name[1])
	}
	return names
}

// cloudFormation are the templates under deploy.
func cloudFormation() []string {
	return []string{"batch/schedule.yaml", "role/role.yaml", "role/runner.yaml", "role/stackset.yaml"}
}

// TestDeployCloudFormation has the templates read by cfn-lint, which knows the schemas of all resources.
func TestDeployCloudFormation(t *testing.T) {
	t.Parallel()
	found, err := filepath.Glob(deployFile("*/*.yaml"))
	if err != nil || len(found) != len(cloudFormation())+1 { // and the manifest for Kubernetes
		t.Errorf("templates %v, %v", found, err)
	}
	lint := outside.OrLeftOut(t, cfnLintVariable)
	if lint == "" {
		return
	}
	t.Run("as they are", func(t *testing.T) {
		t.Parallel()
		var names []string
		for _, name := range cloudFormation() {
			names = append(names, deployFile(name))
		}
		if out, err := exec.CommandContext(t.Context(), lint, names...).CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
	})
	t.Run("a mistake is seen", func(t *testing.T) {
		t.Parallel()
		mistaken := filepath.Join(t.TempDir(), "schedule.yaml")
		text := strings.ReplaceAll(readDeploy(t, "batch/schedule.yaml"), "FlexibleTimeWindow", "FlexibleWindow")
		if err := os.WriteFile(mistaken, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.CommandContext(t.Context(), lint, mistaken).CombinedOutput(); err == nil {
			t.Errorf("cfn-lint accepts a schedule without its time window\n%s", out)
		}
	})
}

// TestDeployPlaceholders holds what has to be replaced to forms that nothing starts with: a forgotten one must fail.
func TestDeployPlaceholders(t *testing.T) {
	t.Parallel()
	valid := map[string]*regexp.Regexp{
		"ACCOUNT": regexp.MustCompile(`:iam::(\d{12}):`), "BUCKET": regexp.MustCompile(`s3://([a-z0-9][a-z0-9.-]+[a-z0-9])[/"\s]`),
		"DIGEST": regexp.MustCompile(`image"?: "?\S+@sha256:[0-9a-f]{64}`),
	}
	for _, name := range []string{"batch/job-definition.json", "kubernetes/cronjob.yaml", "github/audit.yml"} {
		text := comment.ReplaceAllString(readDeploy(t, name), "")
		for word, form := range valid {
			if got := form.FindString(text); got != "" {
				t.Errorf("%s: %q would work in place of %s", name, got, word)
			}
		}
		replaced := strings.NewReplacer(
			"ACCOUNT", "111122223333", "BUCKET", "inventories", "DIGEST", strings.Repeat("0a", 32)).Replace(text)
		for _, word := range slices.Sorted(maps.Keys(valid)) {
			if strings.Contains(text, word) && !valid[word].MatchString(replaced) {
				t.Errorf("%s: %s stands where no value fits", name, word)
			}
		}
	}
}

// TestDeployImage holds the templates to the image that a release publishes, by its digest: a tag moves.
func TestDeployImage(t *testing.T) {
	t.Parallel()
	var release goreleaser
	decodeStrictly(t, ".goreleaser.yaml", &release)
	want := release.DockersV2[0].Images[0] + "@sha256:DIGEST"
	for _, name := range []string{"batch/job-definition.json", "kubernetes/cronjob.yaml"} {
		text := readDeploy(t, name)
		if n := strings.Count(text, "ghcr.io/"); n != 1 || !strings.Contains(text, want) {
			t.Errorf("%s does not run %s", name, want)
		}
	}
}

// deployment is a call of CloudFormation in the instructions.
var deployment = regexp.MustCompile(`(?s)--template-file deploy/(\S+) (.*?)\n(?:aws |` + "```)")

// TestDeployParameters holds the instructions to the parameters of the templates: none that is unknown, none left out that has no
// default, and values of the demanded form.
func TestDeployParameters(t *testing.T) {
	t.Parallel()
	// A command begins with the line before which the one before it ended.
	text := strings.ReplaceAll(readDeploy(t, "README.md"), "\naws ", "\naws \naws ")
	calls := deployment.FindAllStringSubmatch(text, -1)
	if len(calls) != len(cloudFormation()) {
		t.Errorf("the instructions deploy %d templates", len(calls))
	}
	for _, call := range calls {
		template := readDeploy(t, call[1])
		given := map[string]string{}
		for _, field := range strings.Fields(call[2]) {
			if name, value, ok := strings.Cut(field, "="); ok {
				given[name] = value
			}
		}
		checkParameters(t, call[1], template, given)
		if want := capability(template); want != "" && !strings.Contains(call[2], "--capabilities "+want+" ") {
			t.Errorf("%s is deployed without %s", call[1], want)
		}
	}
}

// capability is what CloudFormation wants to hear before it makes roles (CreateStack, Capabilities). Roles in the body of a
// StackSet stand deeper.
func capability(template string) string {
	switch {
	case strings.Contains(template, "\n      RoleName:"), strings.Contains(template, "\n      ManagedPolicyName:"):
		return "CAPABILITY_NAMED_IAM"
	case strings.Contains(template, "\n    Type: AWS::IAM::"):
		return "CAPABILITY_IAM"
	}
	return ""
}

func checkParameters(t *testing.T, name, template string, given map[string]string) {
	t.Helper()
	blocks := parameter.Split(parameters.FindString(template), -1)[1:]
	names := declared(template)
	for i, declared := range names {
		value, ok := given[declared]
		if !ok && !strings.Contains(blocks[i], "    Default:") {
			t.Errorf("%s: %s is not given", name, declared)
		}
		_, pattern, _ := strings.Cut(blocks[i], "    AllowedPattern: ")
		pattern, _, _ = strings.Cut(pattern, "\n")
		if ok && !regexp.MustCompile(pattern).MatchString(value) {
			t.Errorf("%s: %s=%s does not match %s", name, declared, value, pattern)
		}
	}
	for key := range given {
		if !slices.Contains(names, key) {
			t.Errorf("%s has no parameter %s", name, key)
		}
	}
}
