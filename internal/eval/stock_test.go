package eval_test

import (
	"encoding/json"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"

	"github.com/amiscan/amiscan/internal/eval"
	"github.com/amiscan/amiscan/policies"
)

// TestStockOPAAgrees gives what policies see to OPA as it comes, with the params beside it: where every fact is known, it
// says the same as the engine.
func TestStockOPAAgrees(t *testing.T) {
	t.Parallel()
	engine := loadEmbedded(t)
	stock := newStock(t, engine.Params())
	compared := 0
	for _, kind := range sampleKinds {
		samples := readSamples(t, kind)
		for i, byPolicy := range judgeSamples(t, engine, samples) {
			for id, want := range byPolicy {
				if want.verdict != "fail" && want.verdict != "pass" {
					continue
				}
				compared++
				got := stock.subjects(t, engine, samples[i], id)
				if diff := cmp.Diff(slices.Sorted(maps.Keys(want.fails)), got); diff != "" {
					t.Errorf("%s on %s (-engine +stock):\n%s", id, samples[i].Name, diff)
				}
			}
		}
	}
	if compared < 100 {
		t.Errorf("%d verdicts were compared, want at least 100", compared)
	}
}

// stock is OPA without any of amiscan's engine.
type stock struct {
	compiler *ast.Compiler
	params   map[string]any
}

func newStock(t *testing.T, params map[string]any) stock {
	t.Helper()
	names, err := fs.Glob(policies.FS(), "*/*.rego")
	if err != nil {
		t.Fatal(err)
	}
	modules := map[string]string{}
	for _, name := range names {
		text, err := fs.ReadFile(policies.FS(), name)
		if err != nil {
			t.Fatal(err)
		}
		modules[name] = string(text)
	}
	var plain map[string]any
	text, err := json.Marshal(map[string]any{"params": params})
	if err == nil {
		err = json.Unmarshal(text, &plain)
	}
	if err != nil {
		t.Fatal(err)
	}
	return stock{compiler: ast.MustCompileModules(modules), params: plain}
}

// subjects are those of the violations that stock OPA finds, sorted; nil without violations.
func (s stock) subjects(t *testing.T, engine *eval.Engine, of sample, id string) []string {
	t.Helper()
	input, err := engine.Input(of.document(of.ID), now)
	if err != nil {
		t.Fatal(err)
	}
	var plain any
	if err := json.Unmarshal(input, &plain); err != nil {
		t.Fatal(err)
	}
	query := "data.amiscan." + strings.ReplaceAll(strings.ReplaceAll(id, "/", "."), "-", "_") + ".violation[_]"
	results, err := rego.New(rego.Query(query), rego.Compiler(s.compiler), rego.Input(plain),
		rego.Store(inmem.NewFromObject(s.params))).Eval(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var subjects []string
	for _, result := range results {
		subject, _ := result.Expressions[0].Value.(map[string]any)["subject"].(string)
		subjects = append(subjects, subject)
	}
	slices.Sort(subjects)
	return slices.Compact(subjects)
}
