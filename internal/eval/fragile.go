package eval

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// fragile says, for each entry rule of a policy, which facts must not be unknown when it is evaluated partially. OPA's
// partial evaluation gives wrong answers, or sees no conflict, where such a fact reaches one of these:
//
//   - a rule or function that may have two values at once, which full evaluation reports as an error;
//   - an object whose keys are computed: looking up a key finds nothing, though the unknown may turn out to be that key;
//   - a rule with a computed name, such as names[x] contains y.
//
// There, a missing fact leaves everything open.
func fragile(compiler *ast.Compiler, p compiled) map[string][]string {
	facts := map[string][]string{}
	for _, entry := range p.rules {
		for _, definitions := range definitionsOf(reach(compiler, p.module.file, entry)) {
			for _, rule := range definitions {
				if isFragile(rule, definitions) {
					facts[entry] = union(facts[entry], factsInto(compiler, p, rule))
				}
			}
		}
	}
	return facts
}

// factsInto are the facts that a rule may see: those that it leads to or, for a function, any that the policy reads.
func factsInto(compiler *ast.Compiler, p compiled, rule *ast.Rule) []string {
	if len(rule.Head.Args) > 0 {
		return p.Reads
	}
	rules := []*ast.Rule{rule}
	for i := 0; i < len(rules); i++ {
		for next := range compiler.Graph.Dependencies(rules[i]) {
			if !slices.Contains(rules, next.(*ast.Rule)) {
				rules = append(rules, next.(*ast.Rule))
			}
		}
	}
	return factsNamed(rules)
}

// definitionsOf puts the definitions of one rule together.
func definitionsOf(rules []*ast.Rule) map[string][]*ast.Rule {
	byName := map[string][]*ast.Rule{}
	for _, rule := range rules {
		name := rule.Ref().String()
		byName[name] = append(byName[name], rule)
	}
	return byName
}

func isFragile(rule *ast.Rule, definitions []*ast.Rule) bool {
	return !rule.Ref().IsGround() || hasComputedKey(rule) ||
		rule.Head.RuleKind() == ast.SingleValue && !hasOneValue(definitions)
}

// hasComputedKey reports whether the rule builds an object whose keys are not written out.
func hasComputedKey(rule *ast.Rule) bool {
	found := false
	ast.WalkTerms(rule, func(term *ast.Term) bool {
		if object, ok := term.Value.(ast.Object); ok {
			found = found || slices.ContainsFunc(object.Keys(), func(key *ast.Term) bool { return !key.IsGround() })
		}
		return found
	})
	return found
}

// hasOneValue reports whether a rule cannot have two values at once: all its definitions yield one constant, or there is
// only one and its body has at most one solution. A default never conflicts.
func hasOneValue(definitions []*ast.Rule) bool {
	count, bodies := 0, []*ast.Rule{}
	for _, rule := range definitions {
		if rule.Default {
			continue
		}
		count++
		for ; rule != nil; rule = rule.Else {
			bodies = append(bodies, rule)
		}
	}
	first := func(rule *ast.Rule) bool {
		return rule.Head.Value.Equal(bodies[0].Head.Value) && rule.Head.Value.IsGround()
	}
	if len(bodies) == 0 || !slices.ContainsFunc(bodies, func(rule *ast.Rule) bool { return !first(rule) }) {
		return true
	}
	return count == 1 && !slices.ContainsFunc(bodies, func(rule *ast.Rule) bool { return searches(rule.Body) })
}

// searches reports whether a body may have several solutions: a reference with a variable in it steps through a
// collection, as does walk. What stands in comprehensions, not and every yields one value.
func searches(body ast.Body) bool {
	found := false
	visitor := ast.NewGenericVisitor(func(node any) bool {
		switch node := node.(type) {
		case *ast.ArrayComprehension, *ast.SetComprehension, *ast.ObjectComprehension, *ast.Every:
			return true
		case *ast.Expr:
			if node.Negated {
				return true
			}
			found = found || node.IsCall() && node.Operator().Equal(ast.WalkBuiltin.Ref())
		case ast.Ref:
			found = found || !node.IsGround()
		}
		return found
	})
	visitor.Walk(body)
	return found
}
