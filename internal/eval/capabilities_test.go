package eval

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/dependencies"

	"github.com/amiscan/amiscan/policies"
)

// TestAllowedBuiltins holds the built-ins that policies may call against a list that a person has read: a new version of
// OPA brings none unseen.
func TestAllowedBuiltins(t *testing.T) {
	t.Parallel()
	c := capabilities()
	if c.AllowNet == nil || len(c.AllowNet) > 0 {
		t.Errorf("hosts on the network: %v (nil means every host)", c.AllowNet)
	}
	var names []string
	for _, b := range c.Builtins {
		names = append(names, b.Name)
	}
	slices.Sort(names)
	const path = "testdata/builtins.golden"
	got := strings.Join(names, "\n") + "\n"
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("built-ins (-want +got):\n%s", diff)
	}
}

// TestAnalysisFindsEveryMention holds OPA's dependency analysis against every mention of input in the rules that an
// embedded policy leads to.
func TestAnalysisFindsEveryMention(t *testing.T) {
	t.Parallel()
	modules, err := readModules([]Source{{FS: policies.FS(), Embedded: true}})
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := policies.Schemas()
	if err != nil {
		t.Fatal(err)
	}
	compiler, err := compile(modules, schemas)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range modules {
		if !isPolicyPackage(m.parsed.Package.Path) {
			continue
		}
		var mentioned, analysed []string
		for _, entry := range entryRules {
			mentioned = union(mentioned, factsNamed(reach(compiler, m.file, entry)))
			analysed = union(analysed, baseFacts(t, compiler, m.parsed.Package.Path.Append(ast.StringTerm(entry))))
		}
		if diff := cmp.Diff(mentioned, analysed); diff != "" {
			t.Errorf("%s (-mentioned +analysed):\n%s", m.file, diff)
		}
	}
}

func baseFacts(t *testing.T, compiler *ast.Compiler, entry ast.Ref) []string {
	t.Helper()
	refs, err := dependencies.Base(compiler, entry)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, ref := range refs {
		if ref.HasPrefix(ast.InputRootRef) && !slices.Contains(identityKeys, factOf(ref)) {
			names = append(names, factOf(ref))
		}
	}
	return names
}
