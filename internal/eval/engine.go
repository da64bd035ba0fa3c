package eval

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
)

// defaultTimeLimit bounds one policy on one resource: a thousand times what an honest policy needs.
const defaultTimeLimit = 10 * time.Second

// Engine holds compiled policies. It is safe for concurrent use.
type Engine struct {
	// shared serves full evaluation, partial hands out what partial evaluation needs for itself.
	shared   *lane
	partial  *lanes
	policies []compiled
	catalog  inventory.Catalog
	params   map[string]any
	limit    time.Duration
	digest   string
}

func newEngine(
	ctx context.Context, compiler *ast.Compiler, modules []module, policies []compiled, o Options,
) (*Engine, error) {
	if err := override(policies, o.Severities); err != nil {
		return nil, err
	}
	params, err := resolveParams(described(policies), o.Params)
	if err != nil {
		return nil, err
	}
	e := &Engine{policies: policies, catalog: o.Catalog, params: params, digest: digest(modules), limit: defaultTimeLimit}
	if o.TimeLimit > 0 {
		e.limit = o.TimeLimit
	}
	e.partial = newLanes(runtime.GOMAXPROCS(0), func(ctx context.Context) (*lane, error) {
		again, err := compileAgain(modules, o.Schemas)
		if err != nil {
			return nil, err
		}
		return newLane(ctx, again, policies, params)
	})
	e.shared, err = newLane(ctx, compiler, policies, params)
	return e, err
}

// Policies returns every loaded policy, sorted by ID.
func (e *Engine) Policies() []finding.Policy { return described(e.policies) }

// Params returns the value of every declared parameter.
func (e *Engine) Params() map[string]any { return e.params }

// Digest returns the hexadecimal SHA-256 of all loaded Rego text, for the report's evidence.
func (e *Engine) Digest() string { return e.digest }

func described(policies []compiled) []finding.Policy {
	all := make([]finding.Policy, len(policies))
	for i, p := range policies {
		all[i] = p.Policy
	}
	return all
}

// paramData is the one document that policies read beside input, in plain JSON types.
func paramData(params map[string]any) (map[string]any, error) {
	text, err := json.Marshal(map[string]any{"params": params})
	if err != nil {
		return nil, fmt.Errorf("encode params: %w", err)
	}
	var data map[string]any
	if err := json.Unmarshal(text, &data); err != nil {
		return nil, fmt.Errorf("decode params: %w", err)
	}
	return data, nil
}

// digest hashes every module's file name and text, each behind its length.
func digest(modules []module) string {
	sorted := slices.SortedFunc(slices.Values(modules), func(a, b module) int {
		if a.file < b.file {
			return -1
		}
		return 1
	})
	hash := sha256.New()
	for _, m := range sorted {
		fmt.Fprintf(hash, "%d:%s%d:%s", len(m.file), m.file, len(m.text), m.text)
	}
	return hex.EncodeToString(hash.Sum(nil))
}
