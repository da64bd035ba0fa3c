package audit_test

import (
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/audit"
	"github.com/amiscan/amiscan/internal/eval"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/schema"
	"github.com/amiscan/amiscan/policies"
)

// TestFacts closes what policies read over what it is made of, and over nothing else.
func TestFacts(t *testing.T) {
	t.Parallel()
	tests := []struct{ terms, want string }{
		{"readiness/ami-ena-missing", "ami.image"},
		{"sharing/ami-public,readiness/ami-not-hvm,lifecycle/ami-too-old", "ami.image"},
		{"sharing/ami-shared-untrusted", "settings.organization ami.image ami.launch_permissions"},
		{"sharing/snapshot-public", "snapshot.snapshot snapshot.snapshot_public"},
		{"encryption/kms-key-pending-deletion", "snapshot.snapshot kms_key.key"},
		{"encryption/ami-mapping-unencrypted", "ami.image snapshot.snapshot"},
		{
			"launch/lt-image-gone",
			"ami.image auto_scaling_group.group launch_configuration.launch_configuration ec2_fleet.fleet spot_fleet.spot_fleet " +
				"launch_template.template_versions launch_template.pinned_versions ssm_parameter.parameter foreign_image.image",
		},
	}
	for _, test := range tests {
		t.Run(test.terms, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, fact := range judge(t, strings.Split(test.terms, ",")...).Facts() {
				got = append(got, fact.String())
			}
			if diff := cmp.Diff(test.want, strings.Join(got, " ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestNarrowToImages puts aside what single images don't suffice for, unless it was named.
func TestNarrowToImages(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, terms, want string
	}{
		{"all of a family", "launch/*,sharing/ami-public", "sharing/ami-public"},
		{"by name", "launch/lt-image-gone,sharing/ami-public", "launch/lt-image-gone sharing/ami-public"},
		{"nothing to put aside", "readiness/ami-not-hvm", "readiness/ami-not-hvm"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			j := judge(t, strings.Split(test.terms, ",")...)
			j.NarrowToImages()
			var got []string
			for _, p := range j.Selected() {
				got = append(got, p.ID)
			}
			if diff := cmp.Diff(test.want, strings.Join(got, " ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestNewJudgeRefuses judges by nothing that was not meant.
func TestNewJudgeRefuses(t *testing.T) {
	t.Parallel()
	schemas, err := policies.Schemas()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name       string
		term, skip []string
		params     map[string]any
		want       string
	}{
		{"a typo", []string{"sharing/ami-pubic"}, nil, nil, `no policy matches "sharing/ami-pubic"`},
		{"nothing left", nil, []string{"*"}, nil, "--skip leaves none to judge"},
		{"an unknown param", nil, nil, map[string]any{"max_age": 3}, `param "max_age" is declared by no policy`},
		{"a param of another type", nil, nil, map[string]any{"max_age_days": "x"}, `param "max_age_days" wants a number`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := audit.NewJudge(t.Context(), audit.Selection{
				Sources: []eval.Source{{FS: policies.FS(), Embedded: true}}, Catalog: schema.Catalog(), Schemas: schemas,
				Select: test.term, Skip: test.skip, Params: test.params,
			})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

// TestInputs prints the resources that the policies judge, and breaks off where the reader does.
func TestInputs(t *testing.T) {
	t.Parallel()
	j := judge(t, "sharing/ami-public")
	parts := []inventory.Part{part(t, ireland), part(t, "eu-central-1")}
	var out strings.Builder
	if err := j.Inputs(audit.InMemory(parts), "", today(), &out); err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(out.String(), "\n"); got != 2 {
		t.Errorf("%d lines, want 2", got)
	}
	if err := j.Inputs(audit.InMemory(parts), "ami-0fffffffffffffff0", today(), io.Discard); err != nil {
		t.Error(err)
	}
	if err := j.Inputs(audit.InMemory(parts), "", today(), &brokenWriter{}); err == nil {
		t.Error("a broken writer went unnoticed")
	}
}
