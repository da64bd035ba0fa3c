package eval_test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"

	"github.com/amiscan/amiscan/internal/eval"
)

// stockAgrees gives what policies see to OPA as it comes, with the params beside it: where every fact is known, it
// says the same as the engine.
func (c corpus) stockAgrees(t *testing.T) {
	t.Parallel()
	stock := newStock(t, c.engine.Params())
	for _, p := range c.engine.Policies() {
		t.Run(p.ID, func(t *testing.T) {
			t.Parallel()
			query, compared := stock.prepare(t, p.ID), 0
			for i, want := range judgeSamples(t, c.engine, p.ID, c.samples[p.ID]) {
				if !c.samples[p.ID][i].isWhole(p.Reads) || want.verdict != "fail" && want.verdict != "pass" {
					continue
				}
				compared++
				got := subjects(t, c.engine, query, c.samples[p.ID][i])
				if diff := cmp.Diff(slices.Sorted(maps.Keys(want.fails)), got); diff != "" {
					t.Errorf("%s (-engine +stock):\n%s", c.samples[p.ID][i].Name, diff)
				}
			}
			if compared < 2 {
				t.Errorf("%d verdicts were compared, want at least a fail and a pass", compared)
			}
		})
	}
}

// stock is OPA without any of amiscan's engine.
type stock struct {
	compiler *ast.Compiler
	store    storage.Store
}

func newStock(t *testing.T, params map[string]any) stock {
	t.Helper()
	var plain map[string]any
	if err := json.Unmarshal(encode(t, map[string]any{"params": params}), &plain); err != nil {
		t.Fatal(err)
	}
	return stock{compiler: stockCompiler(t), store: inmem.NewFromObject(plain)}
}

// prepare asks for the violations of a policy.
func (s stock) prepare(t *testing.T, id string) rego.PreparedEvalQuery {
	t.Helper()
	query, err := rego.New(rego.Query(packageOf(id)+".violation[_]"), rego.Compiler(s.compiler), rego.Store(s.store)).
		PrepareForEval(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return query
}

// subjects are those of the violations that stock OPA finds, sorted; nil without violations.
func subjects(t *testing.T, engine *eval.Engine, query rego.PreparedEvalQuery, of sample) []string {
	t.Helper()
	input, err := engine.Input(of.document(""), of.Now)
	if err != nil {
		t.Fatal(err)
	}
	var plain any
	if err := json.Unmarshal(input, &plain); err != nil {
		t.Fatal(err)
	}
	results, err := query.Eval(t.Context(), rego.EvalInput(plain))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, result := range results {
		subject, _ := result.Expressions[0].Value.(map[string]any)["subject"].(string)
		found = append(found, subject)
	}
	slices.Sort(found)
	return slices.Compact(found)
}
