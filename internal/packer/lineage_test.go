package packer_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/packer"
)

func TestLineage(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, builder, want string }{
		{"web", "amazon-ebs", "amazon-ebs.web"},
		{"", "amazon-ebs", ""},
		{"amazon-ebs", "amazon-ebs", ""},
	} {
		if got := (packer.Build{Name: test.name, Type: test.builder}).Lineage(); got != test.want {
			t.Errorf("%q, %q: got %q, want %q", test.name, test.builder, got, test.want)
		}
	}
}

// made is a build of a run; ids are told apart by their last digit.
func made(name, run, artifact, template string) string {
	return fmt.Sprintf(`{"name":%q,"builder_type":"amazon-ebs","packer_run_uuid":%q,"artifact_id":%q,"custom_data":{"template":%q}}`,
		name, run, artifact, template)
}

func TestLineages(t *testing.T) {
	t.Parallel()
	const a, b, c = "ami-0000000a", "ami-0000000b", "ami-0000000c"
	here := func(id string) string { return "eu-west-1:" + id }
	for _, test := range []struct {
		name      string
		manifests [][]string
		want      map[string]string
	}{
		{"runs", [][]string{{made("web", "1", here(a), ""), made("web", "2", here(b)+",us-east-1:"+c, "")}},
			map[string]string{a: "amazon-ebs.web", b: "amazon-ebs.web", c: "amazon-ebs.web"}},
		{"names", [][]string{{made("web", "1", here(a), ""), made("db", "1", here(b), "")}},
			map[string]string{a: "amazon-ebs.web", b: "amazon-ebs.db"}},
		{"no name of its own", [][]string{{made("amazon-ebs", "1", here(a), ""), made("db", "1", here(b), "")}},
			map[string]string{b: "amazon-ebs.db"}},
		{"twice in one run", [][]string{{made("web", "1", here(a), ""), made("web", "1", here(b), ""), made("db", "1", here(c), "")}},
			map[string]string{c: "amazon-ebs.db"}},
		{"recorded twice", [][]string{{made("web", "1", here(a), ""), made("web", "1", here(a), "w.pkr.hcl")}},
			map[string]string{a: "amazon-ebs.web"}},
		{"two templates", [][]string{{made("web", "1", here(a), "a.pkr.hcl"), made("web", "2", here(b), "b.pkr.hcl")}},
			map[string]string{}},
		{"template added later", [][]string{{made("web", "1", here(a), ""), made("web", "2", here(b), "b.pkr.hcl")}},
			map[string]string{a: "amazon-ebs.web", b: "amazon-ebs.web"}},
		{"two manifests", [][]string{{made("web", "1", here(a), "")}, {made("web", "2", here(b), ""), made("db", "2", here(c), "")}},
			map[string]string{c: "amazon-ebs.db"}},
		{"two manifests of one template", [][]string{{made("web", "1", here(a), "w.pkr.hcl")}, {made("web", "2", here(b), "w.pkr.hcl")}},
			map[string]string{a: "amazon-ebs.web", b: "amazon-ebs.web"}},
		{"two manifests, one template known", [][]string{{made("web", "1", here(a), "w.pkr.hcl")}, {made("web", "2", here(b), "")}},
			map[string]string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var manifests []packer.Manifest
			for _, builds := range test.manifests {
				manifests = append(manifests, read(t, `{"builds":[`+strings.Join(builds, ",")+`]}`))
			}
			if diff := cmp.Diff(test.want, packer.Lineages(manifests...)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
