package eval_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/amiscan/amiscan/internal/eval"
	"github.com/amiscan/amiscan/internal/finding"
)

// regoSamples runs the policies' own Rego tests with stock OPA and keeps every input under which they ask a policy: so
// every policy brings its failing, passing, near and undecided documents with it.
func regoSamples(t testing.TB, engine *eval.Engine) map[string][]sample {
	t.Helper()
	compiler := stockCompiler(t)
	inputs := recorder{byPolicy: map[string]string{}, seen: map[string]bool{}}
	for _, p := range engine.Policies() {
		inputs.byPolicy[packageOf(p.ID)] = p.ID
	}
	for _, test := range regoTests(compiler) {
		inputs.test = test
		_, err := rego.New(rego.Query(test), rego.Compiler(compiler), rego.QueryTracer(&inputs),
			rego.Store(inmem.New())).Eval(t.Context())
		if err != nil {
			t.Fatalf("%s: %v", test, err)
		}
	}
	return inputs.samples(t, engine)
}

// packageOf is the package of a policy.
func packageOf(id string) string {
	return "data.amiscan." + strings.ReplaceAll(strings.ReplaceAll(id, "/", "."), "-", "_")
}

// stockCompiler compiles policies, tests and fixtures with OPA as it comes.
func stockCompiler(t testing.TB) *ast.Compiler {
	t.Helper()
	names, err := fs.Glob(os.DirFS("../../policies"), "*/*.rego")
	if err != nil {
		t.Fatal(err)
	}
	modules := map[string]string{}
	for _, name := range names {
		text, err := fs.ReadFile(os.DirFS("../../policies"), name)
		if err != nil {
			t.Fatal(err)
		}
		modules[name] = string(text)
	}
	return ast.MustCompileModules(modules)
}

// regoTests are the names of all test rules of policies, in the order of their files. Tests of libraries ask no policy.
func regoTests(compiler *ast.Compiler) []string {
	var names []string
	for _, file := range slices.Sorted(maps.Keys(compiler.Modules)) {
		for _, rule := range compiler.Modules[file].Rules {
			name := rule.Ref().GroundPrefix().String()
			if strings.Contains(name, "_test.test_") && !strings.HasPrefix(name, "data.amiscan.lib.") && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// recorder is a tracer that keeps the distinct inputs under which the rules of policies are looked up.
type recorder struct {
	byPolicy map[string]string
	test     string
	last     map[string]*ast.Term
	seen     map[string]bool
	inputs   []recorded
}

type recorded struct {
	policy, test string
	input        *ast.Term
}

// Enabled says that the tracer wants events.
func (*recorder) Enabled() bool { return true }

// Config wants no variables.
func (*recorder) Config() topdown.TraceConfig { return topdown.TraceConfig{} }

// TraceEvent keeps the input where rules of a policy are looked up, whether or not one of them is then entered.
func (r *recorder) TraceEvent(event topdown.Event) {
	if event.Op != topdown.IndexOp || event.Ref == nil || len(*event.Ref) < 4 || event.Input() == nil {
		return
	}
	policy := r.byPolicy[(*event.Ref)[:4].String()]
	if policy == "" || r.last[policy] == event.Input() {
		return
	}
	if r.last == nil {
		r.last = map[string]*ast.Term{}
	}
	r.last[policy] = event.Input()
	if key := policy + event.Input().String(); !r.seen[key] {
		r.seen[key] = true
		r.inputs = append(r.inputs, recorded{policy, r.test, event.Input()})
	}
}

// maxOfTest bounds the documents of one test: some go over long tables.
const maxOfTest = 12

// samples turns what was recorded into samples by policy; each is named after its test.
func (r *recorder) samples(t testing.TB, engine *eval.Engine) map[string][]sample {
	t.Helper()
	all := map[string][]sample{}
	for _, p := range engine.Policies() {
		for _, inputs := range r.byTest(p.ID) {
			for i, in := range spread(inputs, maxOfTest) {
				s, err := in.sample(p, i+1)
				if err != nil {
					t.Fatalf("%s: %v", in.test, err)
				}
				all[p.ID] = append(all[p.ID], s)
			}
		}
	}
	return all
}

// byTest groups the inputs of a policy by their tests, in the order in which these ran.
func (r *recorder) byTest(policy string) [][]recorded {
	var all [][]recorded
	last := ""
	for _, in := range r.inputs {
		if in.policy != policy {
			continue
		}
		if in.test != last {
			all, last = append(all, nil), in.test
		}
		all[len(all)-1] = append(all[len(all)-1], in)
	}
	return all
}

func (in recorded) sample(p finding.Policy, number int) (sample, error) {
	plain, err := ast.JSON(in.input.Value)
	if err != nil {
		return sample{}, err
	}
	text, err := json.Marshal(plain)
	if err != nil {
		return sample{}, err
	}
	return newSample(p, fmt.Sprintf("%s #%d", in.test[strings.LastIndex(in.test, ".")+1:], number), text)
}
