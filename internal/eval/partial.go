package eval

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// checkPartial accepts custom.partial only for facts of which nothing is concluded from absence: they are read by
// iteration alone, in violation or due, and never under not, every or a comprehension; and what due yields is read in the
// same way. Bad things seen in half a list are bad; half a list says nothing about what is not in it.
//
// It looks at the rules as the compiler rewrote them, where every way of writing an iteration has become one.
func checkPartial(p compiled, compiler *ast.Compiler) error {
	for _, fact := range p.Partial {
		for _, entry := range p.rules {
			for _, rule := range reach(compiler, p.module.file, entry) {
				if place := unsafeRead(rule, newHalf(p, rule, fact)); place != nil {
					return at(place, "policy %q: custom.partial names %q, which is read here in a way that concludes from "+
						"absence: only `some x in input.%s` in violation or due will do", p.ID, fact, fact)
				}
			}
		}
	}
	return nil
}

// half is what must be read with care in one rule, since only a part of it may be there.
type half struct {
	fact   ast.Ref
	status ast.Ref
	// due and violation are sets that grow with the fact.
	due, violation ast.Ref
	// entry is the entry rule that is looked at; empty for any other.
	entry string
}

func newHalf(p compiled, rule *ast.Rule, fact string) half {
	home := p.module.parsed.Package.Path
	h := half{
		fact:   ast.InputRootRef.Append(ast.StringTerm(fact)),
		status: ast.InputRootRef.Append(ast.StringTerm("status")).Append(ast.StringTerm(fact)),
		due:    home.Append(ast.StringTerm("due")), violation: home.Append(ast.StringTerm("violation")),
	}
	if rule.Module.Package.Path.Equal(home) {
		h.entry = ruleName(rule)
	}
	return h
}

// concerns reports whether a reference leads to the half.
func (h half) concerns(ref ast.Ref) bool {
	return slices.ContainsFunc([]ast.Ref{h.fact, h.status, h.due, h.violation}, ref.HasPrefix)
}

// allows reports whether a reference reads the half in a way that only grows with it: member by member, in violation or,
// for the fact itself, in due.
func (h half) allows(rule *ast.Rule, ref ast.Ref) bool {
	switch {
	case ref.HasPrefix(h.fact):
		return (h.entry == "violation" || h.entry == "due") && stepsThrough(ref, len(h.fact)) && isIndexOnly(rule, h.fact, ref)
	case ref.HasPrefix(h.due):
		return h.entry == "violation" && stepsThrough(ref, len(h.due))
	}
	return !h.concerns(ref)
}

// unsafeRead returns the first place where a rule reads the half in a way that may conclude from absence.
func unsafeRead(rule *ast.Rule, h half) *ast.Location {
	var place *ast.Location
	ast.NewGenericVisitor(func(node any) bool {
		switch node := node.(type) {
		case *ast.ArrayComprehension, *ast.SetComprehension, *ast.ObjectComprehension:
			if mentions(node, h) {
				place = rule.Location
			}
		case *ast.Expr:
			if (node.Negated || node.IsEvery()) && mentions(node, h) {
				place = node.Location
			}
		case ast.Ref:
			if !h.allows(rule, node) {
				place = rule.Location
			}
		}
		return place != nil
	}).Walk(rule)
	return place
}

// stepsThrough reports whether a reference has a variable behind its first n elements: after compilation, `some x in
// input.fact` reads input.fact[i].
func stepsThrough(ref ast.Ref, n int) bool {
	if len(ref) <= n {
		return false
	}
	_, ok := ref[n].Value.(ast.Var)
	return ok
}

// isIndexOnly reports whether the variable that steps through the fact serves for nothing else: the place of a member in
// half a list is not its place in the whole.
func isIndexOnly(rule *ast.Rule, fact, ref ast.Ref) bool {
	index, uses, steps := ref[len(fact)].Value.(ast.Var), 0, 0
	ast.WalkVars(rule, func(v ast.Var) bool {
		if v == index {
			uses++
		}
		return false
	})
	ast.WalkRefs(rule, func(other ast.Ref) bool {
		if other.HasPrefix(fact) && stepsThrough(other, len(fact)) && other[len(fact)].Value.Compare(index) == 0 {
			steps++
		}
		return false
	})
	return uses == steps
}

func mentions(node any, h half) bool {
	found := false
	ast.WalkRefs(node, func(ref ast.Ref) bool {
		found = found || h.concerns(ref)
		return found
	})
	return found
}
