package eval

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// reach returns the rules of a name in a policy's module, as compiled, and every rule that they lead to, through whatever
// libraries. It follows the compiler's own graph, which includes else branches and what a computed name may mean.
func reach(compiler *ast.Compiler, file, name string) []*ast.Rule {
	seen := map[*ast.Rule]bool{}
	var all []*ast.Rule
	var visit func(rule *ast.Rule)
	visit = func(rule *ast.Rule) {
		if seen[rule] {
			return
		}
		seen[rule] = true
		all = append(all, rule)
		for next := range compiler.Graph.Dependencies(rule) {
			visit(next.(*ast.Rule))
		}
	}
	for _, rule := range compiler.Modules[file].Rules {
		if ruleName(rule) == name {
			visit(rule)
		}
	}
	return all
}

// ruleName is the first segment of a rule's name.
func ruleName(rule *ast.Rule) string { return string(rule.Head.Ref()[0].Value.(ast.Var)) }

// inputsOf returns every reference to input that the rules hold, wherever it stands in them.
func inputsOf(rules []*ast.Rule) []ast.Ref {
	var refs []ast.Ref
	for _, rule := range rules {
		ast.WalkRefs(rule, func(ref ast.Ref) bool {
			if ref.HasPrefix(ast.InputRootRef) {
				refs = append(refs, ref)
			}
			return false
		})
	}
	return refs
}

// factsNamed returns the names of the facts that the rules mention, sorted.
func factsNamed(rules []*ast.Rule) []string {
	var names []string
	for _, ref := range inputsOf(rules) {
		if name := factOf(ref); name != "" && !slices.Contains(identityKeys, name) {
			names = append(names, name)
		}
	}
	return union(names, nil)
}
