package policies_test

import (
	"context"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"

	"github.com/amiscan/amiscan/policies"
)

// TestRego runs the policies' own tests with stock OPA and holds their coverage at 100 %.
func TestRego(t *testing.T) {
	t.Parallel()
	modules := parse(t)
	ctx, store, tracer := context.Background(), inmem.New(), cover.New()
	txn, err := store.NewTransaction(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Abort(ctx, txn)
	results, err := tester.NewRunner().SetTimeout(time.Minute).SetCompiler(ast.NewCompiler().WithStrict(true)).SetStore(store).SetModules(modules).
		CapturePrintOutput(true).SetCoverageQueryTracer(tracer).RunTests(ctx, txn)
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for result := range results {
		ran++
		if !result.Pass() {
			t.Errorf("%s: %s fails: %v", result.Package, result.Name, result.Error)
		}
	}
	if ran < 100 {
		t.Errorf("%d Rego tests ran, want at least 100", ran)
	}
	checkCoverage(t, tracer.Report(modules))
}

func checkCoverage(t *testing.T, report cover.Report) {
	t.Helper()
	for file, covered := range report.Files {
		if len(covered.NotCovered) > 0 && !strings.HasSuffix(file, "_test.rego") {
			t.Errorf("%s: lines %v are not covered", file, covered.NotCovered)
		}
	}
}

func parse(t *testing.T) map[string]*ast.Module {
	t.Helper()
	modules := map[string]*ast.Module{}
	for _, name := range files(t) {
		text, err := fs.ReadFile(tree(), name)
		if err != nil {
			t.Fatal(err)
		}
		modules[name], err = ast.ParseModuleWithOpts(name, string(text), ast.ParserOptions{ProcessAnnotation: true})
		if err != nil {
			t.Fatal(err)
		}
	}
	return modules
}

// tree is the directory itself: the embedded tree has no tests.
func tree() fs.FS { return os.DirFS(".") }

// TestEveryPolicyIsEmbedded holds the embedded tree against the directory.
func TestEveryPolicyIsEmbedded(t *testing.T) {
	t.Parallel()
	want := slices.DeleteFunc(files(t), func(name string) bool {
		return strings.HasSuffix(name, "_test.rego") || path.Dir(name) == "testing"
	})
	got, err := fs.Glob(policies.FS(), "*/*.rego")
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("embedded are %v, want %v (%v)", got, want, err)
	}
}

func files(t *testing.T) []string {
	t.Helper()
	names, err := fs.Glob(tree(), "*/*.rego")
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// TestEveryPolicyHasTests wants failing and passing cases, and near misses, beside every policy.
func TestEveryPolicyHasTests(t *testing.T) {
	t.Parallel()
	for _, name := range files(t) {
		family := path.Dir(name)
		if strings.HasSuffix(name, "_test.rego") || family == "lib" || family == "testing" {
			continue
		}
		test, err := fs.ReadFile(tree(), strings.TrimSuffix(name, ".rego")+"_test.rego")
		if err != nil {
			t.Errorf("%s has no test beside it", name)
			continue
		}
		for _, prefix := range []string{"test_fail_", "test_pass_", "test_near_"} {
			if !strings.Contains(string(test), "\n"+prefix) {
				t.Errorf("%s: no %s… among its tests", name, prefix)
			}
		}
	}
}

// TestPoliciesAreShort keeps a policy to one idea.
func TestPoliciesAreShort(t *testing.T) {
	t.Parallel()
	for _, name := range files(t) {
		text, err := fs.ReadFile(tree(), name)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Count(string(text), "\n")
		if lines > 80 && !strings.HasSuffix(name, "_test.rego") && path.Dir(name) != "testing" {
			t.Errorf("%s has %d lines, more than 80", name, lines)
		}
	}
}
