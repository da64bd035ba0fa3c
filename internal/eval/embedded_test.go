package eval_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/eval"
	"github.com/amiscan/amiscan/internal/schema"
	"github.com/amiscan/amiscan/policies"
)

// trusted are the params under which samples are judged.
func trusted() map[string]any {
	return map[string]any{"trusted_accounts": []string{"777788889999"}, "trusted_ous": []string{"ou-tr00-33333333"}}
}

func embeddedOptions(t testing.TB) eval.Options {
	t.Helper()
	schemas, err := policies.Schemas()
	if err != nil {
		t.Fatal(err)
	}
	return eval.Options{Catalog: schema.Catalog(), Schemas: schemas, Params: trusted()}
}

func loadEmbedded(t testing.TB) *eval.Engine {
	t.Helper()
	engine, err := eval.Load(context.Background(), []eval.Source{{FS: policies.FS(), Embedded: true}},
		embeddedOptions(t))
	if err != nil {
		t.Fatal(err)
	}
	return engine
}

func TestEmbeddedPoliciesReadWhatTheySay(t *testing.T) {
	t.Parallel()
	got := map[string][]string{}
	for _, p := range loadEmbedded(t).Policies() {
		got[p.ID] = p.Reads
	}
	want := map[string][]string{
		"encryption/ami-mapping-unencrypted":  {"image", "snapshots"},
		"encryption/kms-key-pending-deletion": {"key"},
		"launch/lt-image-gone":                {"images", "parameters", "template_versions"},
		"lifecycle/ami-deprecated-in-use":     {"image", "references"},
		"lifecycle/ami-no-deprecation":        {"image"},
		"lifecycle/ami-too-old":               {"image"},
		"readiness/ami-ena-missing":           {"image"},
		"readiness/ami-not-hvm":               {"image"},
		"readiness/ami-root-not-mapped":       {"image"},
		"sharing/ami-public":                  {"image"},
		"sharing/ami-shared-untrusted":        {"launch_permissions", "organization"},
		"sharing/snapshot-public":             {"snapshot_public"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("read facts (-want +got):\n%s", diff)
	}
}
