package eval

import (
	"context"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// verdict is what one policy says of one resource.
type verdict struct {
	notApplicable bool
	fails         []member
	undecided     []member
	// left are the facts without which the rest cannot be decided, sorted.
	left []string
	// errs are the errors that the policy met in the data.
	errs []string
}

// passes reports whether there is nothing left to say against the resource.
func (v verdict) passes() bool {
	return !v.notApplicable && len(v.fails)+len(v.undecided)+len(v.left)+len(v.errs) == 0
}

// judge decides one policy for one resource, in the order of the three-valued rules: not applicable, everything known,
// partly known. What the policy itself stumbles over becomes part of the verdict; an error is returned only when the run
// was cancelled.
func (e *Engine) judge(ctx context.Context, p compiled, doc *document) (verdict, error) {
	gaps := doc.gaps(p.Reads)
	var v verdict
	s, err := e.attempt(ctx, p, doc.input(nil), gaps, func(s *session) error {
		var err error
		v, err = s.decide(ctx, doc, gaps)
		return err
	})
	if err != nil {
		return verdict{}, err
	}
	v.errs = append(v.errs, s...)
	if halves := halvesOf(p, gaps, doc); len(halves) > 0 && !v.notApplicable {
		return e.judgeHalves(ctx, p, doc, gaps, halves, v)
	}
	return v, nil
}

// attempt runs a judgement and collects the errors that OPA's built-ins met on the way: they leave rules undefined, which
// must not read as a pass.
func (e *Engine) attempt(
	ctx context.Context, p compiled, input *ast.Term, gaps []string, judge func(*session) error,
) ([]string, error) {
	var messages []string
	err := e.within(ctx, p, input, gaps, func(s *session) error {
		err := judge(s)
		for _, problem := range s.errs {
			messages = append(messages, problem.Error())
		}
		return err
	})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		messages = append(messages, err.Error())
	}
	slices.Sort(messages)
	return slices.Compact(messages), nil
}

// decide asks applies, violation and undecided in turn.
func (s *session) decide(ctx context.Context, doc *document, gaps []string) (verdict, error) {
	if len(gaps) == 0 {
		return s.decideFully(ctx)
	}
	return s.decidePartly(ctx, doc, gaps)
}

func (s *session) decideFully(ctx context.Context) (verdict, error) {
	var v verdict
	if s.defines("applies") {
		value, err := s.full(ctx, "applies")
		if err != nil || !isTrue(value) {
			// A built-in that failed on the way may be why the rule did not hold.
			v.notApplicable = err == nil && len(s.errs) == 0
			return v, err
		}
	}
	violations, err := s.full(ctx, "violation")
	if err != nil {
		return v, err
	}
	if v.fails, err = members(violations); err != nil || !s.defines("undecided") {
		return v, err
	}
	undecided, err := s.full(ctx, "undecided")
	if err != nil {
		return v, err
	}
	v.undecided, err = members(undecided)
	return v, err
}

func (s *session) decidePartly(ctx context.Context, doc *document, gaps []string) (verdict, error) {
	unknowns := doc.unknowns(gaps)
	var v verdict
	if s.defines("applies") {
		rest, err := s.partial(ctx, "applies", unknowns, gaps)
		if err != nil {
			return v, err
		}
		holds := slices.ContainsFunc(rest.certain, isTrue)
		if v.notApplicable = !holds && len(rest.left) == 0 && len(s.errs) == 0; v.notApplicable {
			return v, nil
		}
		if !holds {
			v.left = rest.left
			return v, nil
		}
	}
	var err error
	if v.fails, v.left, err = s.askPartly(ctx, "violation", unknowns, gaps); err != nil || !s.defines("undecided") {
		return v, err
	}
	undecided, left, err := s.askPartly(ctx, "undecided", unknowns, gaps)
	v.undecided, v.left = undecided, union(v.left, left)
	return v, err
}

func (s *session) askPartly(ctx context.Context, rule string, unknowns []*ast.Term, gaps []string) ([]member, []string, error) {
	rest, err := s.partial(ctx, rule, unknowns, gaps)
	if err != nil {
		return nil, nil, err
	}
	certain, err := memberSet(rest.certain)
	return certain, rest.left, err
}

// halvesOf are the gaps of which the policy may see the known part.
func halvesOf(p compiled, gaps []string, doc *document) []string {
	return slices.DeleteFunc(slices.Clone(gaps), func(name string) bool {
		return !slices.Contains(p.Partial, name) || doc.partial[name] == nil
	})
}

// judgeHalves adds the violations that already the known part of a list shows.
func (e *Engine) judgeHalves(ctx context.Context, p compiled, doc *document, gaps, halves []string, v verdict) (verdict, error) {
	others := slices.DeleteFunc(slices.Clone(gaps), func(name string) bool { return slices.Contains(halves, name) })
	messages, err := e.attempt(ctx, p, doc.input(halves), others, func(s *session) error {
		more, err := s.decide(ctx, doc, others)
		v.fails = merge(v.fails, more.fails)
		return err
	})
	v.errs = union(v.errs, messages)
	return v, err
}

func (s *session) defines(rule string) bool { return slices.Contains(s.policy.rules, rule) }

func isTrue(value ast.Value) bool {
	truth, ok := value.(ast.Boolean)
	return ok && bool(truth)
}

func union(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}
