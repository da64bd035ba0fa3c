package eval_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/amiscan/amiscan/internal/eval"
	"github.com/amiscan/amiscan/internal/schema"
	"github.com/amiscan/amiscan/policies"
)

func loadEmbedded(t *testing.T) *eval.Engine {
	t.Helper()
	schemas, err := policies.Schemas()
	if err != nil {
		t.Fatal(err)
	}
	engine, err := eval.Load(context.Background(), []eval.Source{{FS: policies.FS(), Embedded: true}},
		eval.Options{Catalog: schema.Catalog(), Schemas: schemas})
	if err != nil {
		t.Fatal(err)
	}
	return engine
}

func TestEmbeddedPoliciesLoad(t *testing.T) {
	for _, p := range loadEmbedded(t).Policies() {
		fmt.Println(p.ID, p.Severity, p.Reads, p.Params, p.Partial)
	}
}
