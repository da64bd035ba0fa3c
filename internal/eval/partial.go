package eval

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// monotoneRules are the rules that may read a half-known list: what they yield only grows with the list.
var monotoneRules = []string{"violation", "due"}

// checkPartial accepts custom.partial only for facts of which nothing is concluded from absence: they are read by
// iteration alone, in violation or due, and never under not, every or a comprehension. Bad things seen in half a list
// are bad; half a list says nothing about what is not in it.
//
// It looks at the module as the compiler rewrote it, where every way of writing an iteration has become one.
func checkPartial(p compiled, rewritten *ast.Module) error {
	for _, rule := range rewritten.Rules {
		name := string(rule.Head.Ref()[0].Value.(ast.Var))
		for _, fact := range p.Partial {
			ref := ast.InputRootRef.Append(ast.StringTerm(fact))
			if place := unsafeRead(rule, ref, slices.Contains(monotoneRules, name)); place != nil {
				return at(place, "policy %q: custom.partial names %q, which is read here in a way that concludes from "+
					"absence: only `some x in input.%s` in violation or due will do", p.ID, fact, fact)
			}
		}
	}
	return nil
}

// unsafeRead returns the first place where a rule reads the fact otherwise than by iterating over it.
func unsafeRead(rule *ast.Rule, fact ast.Ref, monotone bool) *ast.Location {
	var place *ast.Location
	ast.NewGenericVisitor(func(node any) bool {
		switch node := node.(type) {
		case *ast.ArrayComprehension, *ast.SetComprehension, *ast.ObjectComprehension:
			if mentions(node, fact) {
				place = rule.Location
			}
		case *ast.Expr:
			if (node.Negated || node.IsEvery()) && mentions(node, fact) {
				place = node.Location
			}
		case ast.Ref:
			if node.HasPrefix(fact) && !(monotone && iterates(node)) {
				place = node[0].Location
			}
		}
		return place != nil
	}).Walk(rule)
	return place
}

// iterates reports whether a reference steps through the members of input.<fact>: after compilation, `some x in
// input.fact` reads input.fact[i] with a variable i.
func iterates(ref ast.Ref) bool {
	if len(ref) < 3 {
		return false
	}
	_, ok := ref[2].Value.(ast.Var)
	return ok
}

func mentions(node any, fact ast.Ref) bool {
	found := false
	ast.WalkRefs(node, func(ref ast.Ref) bool {
		found = found || ref.HasPrefix(fact)
		return found
	})
	return found
}
