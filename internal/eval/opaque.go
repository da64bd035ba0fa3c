package eval

import (
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
)

// opaqueMembers rewrites every rule `s contains k if { ... }` of a module to yield what stands in its members through
// comprehensions; `s contains {"k": f(input.a)}` becomes
//
//	s contains {"k": m} if { v := f(input.a); m := [v | true][0] }
//
// Full evaluation would see no difference. Partial evaluation steps through a set by plugging its members (topdown,
// evalTerm.enumerate), and there loses what a variable inside a member stands for if another rule or function bound it: in
//
//	violation contains {"msg": "m"} if { some x in s; x.k.n > 3 }
//
// x.k.n is then undefined, and the policy would pass for certain with input.a unknown. A comprehension with something
// unknown in it is left as a whole, under a name that survives; one without is evaluated, and the member is as before.
// The same goes for sets that are written in the value of a rule or function.
func opaqueMembers(m *ast.Module) {
	for _, rule := range m.Rules {
		if rule.Head.RuleKind() == ast.MultiValue && rule.Head.Key != nil {
			o := opacity{rule: rule}
			rule.Head.Key = o.hide(rule.Head.Key)
			continue
		}
		for ; rule != nil; rule = rule.Else {
			o := opacity{rule: rule, setsOnly: true}
			if rule.Head.Value != nil {
				rule.Head.Value = o.hide(rule.Head.Value)
			}
		}
	}
}

// opacity rewrites one rule.
type opacity struct {
	rule *ast.Rule
	// setsOnly leaves alone what is not in a written set: without sets, partial evaluation loses nothing.
	setsOnly bool
	// hidden counts the terms that were hidden.
	hidden int
}

// hide goes into written objects and arrays, so that what is known of a member stays known beside what is not.
func (o *opacity) hide(term *ast.Term) *ast.Term {
	switch value := term.Value.(type) {
	case ast.Object:
		var pairs [][2]*ast.Term
		value.Foreach(func(key, field *ast.Term) { pairs = append(pairs, ast.Item(key, o.hide(field))) })
		return ast.ObjectTerm(pairs...).SetLocation(term.Location)
	case *ast.Array:
		var elements []*ast.Term
		value.Foreach(func(element *ast.Term) { elements = append(elements, o.hide(element)) })
		return ast.ArrayTerm(elements...).SetLocation(term.Location)
	}
	if _, isSet := term.Value.(ast.Set); o.setsOnly && !isSet || ast.IsConstant(term.Value) {
		return term
	}
	return o.wrap(term)
}

func (o *opacity) wrap(term *ast.Term) *ast.Term {
	o.hidden++
	whole, opaque := ast.VarTerm(fmt.Sprintf("member_part_%d__", o.hidden)), ast.VarTerm(fmt.Sprintf("opaque_part_%d__", o.hidden))
	always := ast.NewBody(ast.NewExpr(ast.BooleanTerm(true)))
	only := ast.RefTerm(ast.ArrayComprehensionTerm(whole, always), ast.InternedTerm(0))
	for _, expr := range []*ast.Expr{ast.Assign.Expr(whole, term), ast.Assign.Expr(opaque, only)} {
		expr.Location = term.Location
		o.rule.Body.Append(expr)
	}
	return opaque
}
