package eval

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// checkShapes holds the entry rules against the one form that each may have. In another form a rule would be asked and
// never hold: `applies contains "x"` would make a policy apply to nothing, in silence.
func checkShapes(m module) error {
	for _, rule := range m.parsed.Rules {
		name := ruleName(rule)
		switch {
		case !slices.Contains(entryRules, name):
		case name == "applies" && !isTruth(rule):
			return at(rule.Location, "`applies` is written `applies if { ... }`: it holds or it does not")
		case name != "applies" && !isSetRule(rule):
			return at(rule.Location, "`%s` is a set of objects: write `%s contains {...} if { ... }`", name, name)
		}
	}
	return nil
}

// isTruth wants a rule that is true or undefined, so that its definitions cannot contradict one another.
func isTruth(rule *ast.Rule) bool {
	isTrue := rule.Head.Value != nil && rule.Head.Value.Equal(ast.BooleanTerm(true))
	return rule.Head.RuleKind() == ast.SingleValue && len(rule.Head.Ref()) == 1 && len(rule.Head.Args) == 0 &&
		isTrue && rule.Else == nil
}

func isSetRule(rule *ast.Rule) bool {
	return rule.Head.RuleKind() == ast.MultiValue && len(rule.Head.Ref()) == 1
}

// checkModules refuses what would change or hide policies unseen: `with`, violations in a package that no policy may have,
// and rules that reach into the packages of embedded policies and libraries or into the params.
func checkModules(modules []module) error {
	reserved := []ast.Ref{below("params")}
	for _, m := range modules {
		if m.embedded {
			reserved = append(reserved, m.parsed.Package.Path)
		}
	}
	for _, m := range modules {
		if with := findWith(m.parsed); with != nil {
			return at(with.Location, "`with` is not allowed in a policy: it hides what the policy reads")
		}
		if err := checkRules(m, reserved); err != nil {
			return err
		}
	}
	return nil
}

func checkRules(m module, reserved []ast.Ref) error {
	for _, rule := range m.parsed.Rules {
		if ruleName(rule) == "violation" && !isPolicyPackage(m.parsed.Package.Path) {
			return at(rule.Location, "a policy's package is amiscan.<family>.<name>: violations in %v would never be asked for",
				m.parsed.Package.Path)
		}
		name := m.parsed.Package.Path.Extend(rule.Head.Ref().GroundPrefix())
		into := func(path ast.Ref) bool { return name.HasPrefix(path) || path.HasPrefix(name) }
		if i := slices.IndexFunc(reserved, into); i >= 0 && !m.embedded {
			return at(rule.Location, "a rule of this name would change %v, which belongs to amiscan", reserved[i])
		}
	}
	return nil
}
