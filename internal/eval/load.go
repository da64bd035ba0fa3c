package eval

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
)

// Schemas are JSON Schemas of input, by kind of resource.
type Schemas = map[string]json.RawMessage

// Options are what the policies are compiled and judged with.
type Options struct {
	// Catalog is every fact that a policy may read.
	Catalog inventory.Catalog
	// Schemas are the JSON Schemas of input, by kind of resource: a misspelt field is a compile error.
	Schemas Schemas
	// Params are the values that the user gave, by name; policies' defaults stand for the rest.
	Params map[string]any
	// Severities take the place of what policies say of themselves, by ID or alias.
	Severities map[string]finding.Severity
	// TimeLimit bounds one policy on one resource; zero means ten seconds.
	TimeLimit time.Duration
}

// identifier is what a family and a policy's last package segment look like.
var identifier = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)

// Load parses, checks and compiles every policy of the sources. Whatever cannot be judged exactly as written is an error
// here: a policy is never left out in silence. Errors carry file and line.
func Load(ctx context.Context, sources []Source, options Options) (*Engine, error) {
	modules, err := readModules(sources)
	if err != nil {
		return nil, fmt.Errorf("parse policies: %w", err)
	}
	compiler, err := compile(modules, options.Schemas)
	if err != nil {
		return nil, fmt.Errorf("compile policies: %w", err)
	}
	policies, err := describeAll(compiler, modules, options.Catalog)
	if err != nil {
		return nil, err
	}
	return newEngine(ctx, compiler, modules, policies, options)
}

// compile compiles all modules together and makes sure that none was lost on the way: a compiler that is handed two
// modules under one name keeps one and says nothing.
func compile(modules []module, schemas Schemas) (*ast.Compiler, error) {
	byFile := map[string]*ast.Module{}
	for _, m := range modules {
		if byFile[m.file] != nil {
			return nil, fmt.Errorf("%s: two policy sources hold a file of this name", m.file)
		}
		byFile[m.file] = m.parsed
	}
	set, err := schemaSet(schemas)
	if err != nil {
		return nil, err
	}
	compiler := ast.NewCompiler().WithStrict(true).WithCapabilities(capabilities()).
		WithSchemas(set).WithUseTypeCheckAnnotations(true)
	if err := checkModules(modules); err != nil {
		return nil, err
	}
	compiler.Compile(byFile)
	if compiler.Failed() {
		return nil, oneLine(compiler.Errors)
	}
	if len(compiler.Modules) != len(modules) {
		return nil, fmt.Errorf("%d files were read but %d compiled", len(modules), len(compiler.Modules))
	}
	return compiler, nil
}

func schemaSet(schemas Schemas) (*ast.SchemaSet, error) {
	set := ast.NewSchemaSet()
	for kind, text := range schemas {
		var schema any
		if err := json.Unmarshal(text, &schema); err != nil {
			return nil, fmt.Errorf("read schema of %s: %w", kind, err)
		}
		set.Put(ast.MustParseRef("schema."+kind), schema)
	}
	return set, nil
}

// compiled is one policy with the module that holds it.
type compiled struct {
	finding.Policy
	module module
	rules  []string
	// fragile are the facts, by entry rule, with which partial evaluation cannot be trusted.
	fragile map[string][]string
}

// describeAll finds the policies among the modules: those in packages amiscan.<family>.<name>. Libraries stand in
// amiscan.lib or outside amiscan.
func describeAll(compiler *ast.Compiler, modules []module, catalog inventory.Catalog) ([]compiled, error) {
	var all []compiled
	files := map[string]string{}
	for _, m := range modules {
		if !isPolicyPackage(m.parsed.Package.Path) {
			continue
		}
		policy, err := describePolicy(compiler, m, catalog)
		if err != nil {
			return nil, err
		}
		if other := files[policy.ID]; other != "" {
			return nil, at(m.parsed.Package.Location, "policy %q is also defined in %s", policy.ID, other)
		}
		files[policy.ID] = m.file
		all = append(all, policy)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("the policy sources hold no policy: no package amiscan.<family>.<name>")
	}
	slices.SortFunc(all, func(a, b compiled) int { return strings.Compare(a.ID, b.ID) })
	return all, nil
}

func isPolicyPackage(path ast.Ref) bool {
	return path.HasPrefix(below("amiscan")) && !path.HasPrefix(below("amiscan", "lib"))
}

// below is a reference to something below data.
func below(names ...string) ast.Ref {
	ref := ast.Ref{ast.DefaultRootDocument}
	for _, name := range names {
		ref = append(ref, ast.StringTerm(name))
	}
	return ref
}

func describePolicy(compiler *ast.Compiler, m module, catalog inventory.Catalog) (compiled, error) {
	id, err := policyID(m)
	if err != nil {
		return compiled{}, err
	}
	policy, err := metadata(m, id, compiler.GetAnnotationSet().GetPackageScope(m.parsed.Package))
	if err != nil {
		return compiled{}, err
	}
	if !judgeable(catalog, policy.Resource) {
		return compiled{}, at(m.parsed.Package.Location, "policy %q judges %q, which is no kind of resource", id, policy.Resource)
	}
	found, err := findReads(compiler, m, policy.Resource, catalog)
	if err != nil {
		return compiled{}, fmt.Errorf("policy %q: %w", id, err)
	}
	policy.Reads = listOrEmpty(found.facts)
	described := compiled{Policy: policy, module: m, rules: definedRules(m)}
	described.fragile = fragile(compiler, described)
	return described, checkContract(described, found, compiler)
}

// judgeable holds for a kind whose resources somebody finds, or a class of such kinds. Every unit has its settings.
func judgeable(catalog inventory.Catalog, class string) bool {
	return !slices.ContainsFunc(inventory.KindsOf(class), func(kind string) bool {
		_, listed := catalog.Listing(kind)
		return !listed && kind != inventory.Settings
	})
}

// policyID derives the ID from the package and, for embedded policies, holds the file's path against it.
func policyID(m module) (string, error) {
	path := m.parsed.Package.Path
	family, okFamily := stringAt(path, 2)
	name, okName := stringAt(path, 3)
	if !okFamily || !okName || len(path) != 4 || !identifier.MatchString(family) || !identifier.MatchString(name) {
		return "", at(m.parsed.Package.Location, "%v: a policy's package is amiscan.<family>.<name> in snake_case", path)
	}
	if want := family + "/" + name + ".rego"; m.embedded && m.path != want {
		return "", at(m.parsed.Package.Location, "the policy belongs into %s", want)
	}
	return strings.ReplaceAll(family, "_", "-") + "/" + strings.ReplaceAll(name, "_", "-"), nil
}

func definedRules(m module) []string {
	var rules []string
	for _, rule := range m.parsed.Rules {
		name := ruleName(rule)
		if slices.Contains(entryRules, name) && !slices.Contains(rules, name) {
			rules = append(rules, name)
		}
	}
	return rules
}

// checkContract holds the compiled policy against what its METADATA declares.
func checkContract(p compiled, found reads, compiler *ast.Compiler) error {
	here := p.module.parsed.Package.Location
	if !slices.Contains(p.rules, "violation") {
		return at(here, "policy %q defines no rule `violation contains`", p.ID)
	}
	if err := checkShapes(p.module); err != nil {
		return err
	}
	declared := []string{}
	for _, param := range p.Params {
		declared = append(declared, param.Name)
	}
	slices.Sort(declared)
	if !slices.Equal(declared, listOrEmpty(found.params)) {
		return at(here, "policy %q declares params %v but reads %v", p.ID, declared, listOrEmpty(found.params))
	}
	for _, fact := range p.Partial {
		if !slices.Contains(p.Reads, fact) {
			return at(here, "policy %q names %q under custom.partial but does not read it", p.ID, fact)
		}
	}
	return checkPartial(p, compiler)
}
