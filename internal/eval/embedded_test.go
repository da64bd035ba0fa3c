package eval_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/eval"
	"github.com/amiscan/amiscan/internal/schema"
	"github.com/amiscan/amiscan/policies"
)

// trusted are the params under which samples are judged.
func trusted() map[string]any {
	return map[string]any{
		"trusted_accounts": []string{"777788889999"}, "trusted_ous": []string{"ou-tr00-33333333"},
		"marketplace_products": []string{"other"},
	}
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

// What each policy reads decides what is asked of AWS: the generated set is committed, so that a change is seen.
func TestEmbeddedPoliciesReadWhatTheySay(t *testing.T) {
	t.Parallel()
	var got strings.Builder
	for _, p := range loadEmbedded(t).Policies() {
		fmt.Fprintf(&got, "%s: %s\n", p.ID, strings.Join(p.Reads, " "))
	}
	compareGolden(t, "reads.golden", got.String())
}
