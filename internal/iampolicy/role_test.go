package iampolicy_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/iampolicy"
)

var role = iampolicy.Role{
	Name: "amiscan", Actions: []string{"ec2:DescribeImages", "kms:ListGrants", "sts:GetCallerIdentity"}, Policies: "3 policies",
}

func write(t *testing.T, format string, r iampolicy.Role) string {
	t.Helper()
	var out strings.Builder
	if err := iampolicy.Write(&out, format, r); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

type statement struct {
	Sid, Effect, Resource string
	Action                []string
}

func TestJSON(t *testing.T) {
	t.Parallel()
	var document struct {
		Version   string
		Statement []statement
	}
	if err := json.Unmarshal([]byte(write(t, "json", role)), &document); err != nil {
		t.Fatal(err)
	}
	want := []statement{{Sid: "AmiscanReads", Effect: "Allow", Resource: "*", Action: role.Actions}}
	if diff := cmp.Diff(want, document.Statement); diff != "" || document.Version != "2012-10-17" {
		t.Errorf("version %q, statements (-want +got):\n%s", document.Version, diff)
	}
}

// A template must be YAML, allow exactly the actions, and trust exactly its parameter.
func TestCloudFormation(t *testing.T) {
	t.Parallel()
	var template struct {
		Resources struct {
			AmiscanRole struct {
				Type       string `yaml:"Type"`
				Properties struct {
					RoleName string `yaml:"RoleName"`
					Policies []struct {
						PolicyDocument struct {
							Statement []struct {
								Action   []string `yaml:"Action"`
								Resource string   `yaml:"Resource"`
							} `yaml:"Statement"`
						} `yaml:"PolicyDocument"`
					} `yaml:"Policies"`
				} `yaml:"Properties"`
			} `yaml:"AmiscanRole"`
		} `yaml:"Resources"`
	}
	text := write(t, "cloudformation", role)
	if err := yaml.Unmarshal([]byte(text), &template); err != nil {
		t.Fatal(err)
	}
	r := template.Resources.AmiscanRole
	if r.Type != "AWS::IAM::Role" || r.Properties.RoleName != "amiscan" {
		t.Errorf("role is %+v", r)
	}
	if got := r.Properties.Policies[0].PolicyDocument.Statement[0]; !slices.Equal(got.Action, role.Actions) || got.Resource != "*" {
		t.Errorf("statement is %+v", got)
	}
	if !strings.Contains(text, "AWS: !Ref TrustedPrincipalArn\n") {
		t.Error("the trusted principal is not the parameter")
	}
}

func TestTerraform(t *testing.T) {
	t.Parallel()
	text := write(t, "terraform", role)
	want := `    actions = [
      "ec2:DescribeImages",
      "kms:ListGrants",
      "sts:GetCallerIdentity",
    ]
`
	if !strings.Contains(text, want) || !strings.Contains(text, `name                 = "amiscan"`) {
		t.Errorf("got\n%s", text)
	}
	for _, pair := range []string{"{}", "[]", "()"} {
		if strings.Count(text, pair[:1]) != strings.Count(text, pair[1:]) {
			t.Errorf("%q do not pair up", pair)
		}
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*iampolicy.Role) string{
		"format":       func(*iampolicy.Role) string { return "yaml" },
		"action":       func(r *iampolicy.Role) string { r.Actions = []string{`ec2:*"]}`}; return "json" },
		"not one":      func(r *iampolicy.Role) string { r.Actions = []string{"ec2"}; return "json" },
		"name":         func(r *iampolicy.Role) string { r.Name = "a b"; return "terraform" },
		"injected HCL": func(r *iampolicy.Role) string { r.Name = `x" }`; return "terraform" },
	} {
		r := role
		format := change(&r)
		var out strings.Builder
		if err := iampolicy.Write(&out, format, r); err == nil || out.Len() > 0 {
			t.Errorf("%s: error %v, wrote %q", name, err, out.String())
		}
	}
}
