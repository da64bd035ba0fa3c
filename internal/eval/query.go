package eval

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/metrics"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// queryKey names one question: a rule of a policy, asked with everything known or with unknowns.
type queryKey struct {
	policy  string
	rule    string
	partial bool
}

// prepared is a compiled query; compiled once, shared by all workers.
type prepared struct {
	compiler ast.QueryCompiler
	body     ast.Body
}

// prepareAll compiles the questions to every policy: the whole set for the ordinary path, member by member for partial
// evaluation, which then says of each member what it still depends on.
func prepareAll(ctx context.Context, compiler *ast.Compiler, policies []compiled) (map[queryKey]prepared, error) {
	queries := map[queryKey]prepared{}
	for _, p := range policies {
		for _, rule := range p.rules {
			ref := p.module.parsed.Package.Path.Append(ast.StringTerm(rule)).String()
			for partial, text := range map[bool]string{false: "x = " + ref, true: memberQuery(rule, ref)} {
				q, err := prepare(ctx, compiler, text)
				if err != nil {
					return nil, fmt.Errorf("prepare %s of policy %q: %w", rule, p.ID, err)
				}
				queries[queryKey{p.ID, rule, partial}] = q
			}
		}
	}
	return queries, nil
}

func memberQuery(rule, ref string) string {
	if rule == "applies" {
		return "x = " + ref
	}
	return ref + "[x]"
}

func prepare(_ context.Context, compiler *ast.Compiler, text string) (prepared, error) {
	body, err := ast.ParseBody(text)
	if err != nil {
		return prepared{}, err
	}
	qc := compiler.QueryCompiler()
	body, err = qc.Compile(body)
	return prepared{compiler: qc, body: body}, err
}

// session is one policy on one resource: the input and everything that must not outlive it.
type session struct {
	lane   *lane
	policy compiled
	input  *ast.Term
	txn    storage.Transaction
	cancel topdown.Cancel
	errs   []topdown.Error
}

// errTooSlow is what a policy that runs into its time limit ends with.
var errTooSlow = errors.New("the policy ran into its time limit")

// within runs a judgement under the time limit and inside one read transaction; with gaps, on a lane of its own.
func (e *Engine) within(ctx context.Context, p compiled, input *ast.Term, gaps []string, judge func(*session) error) error {
	lane := e.shared
	if len(gaps) > 0 {
		own, err := e.partial.take(ctx)
		if err != nil {
			return err
		}
		defer e.partial.give(own)
		lane = own
	}
	txn, err := lane.store.NewTransaction(ctx)
	if err != nil {
		return fmt.Errorf("open a transaction: %w", err)
	}
	defer lane.store.Abort(ctx, txn)
	s := &session{lane: lane, policy: p, input: input, txn: txn, cancel: topdown.NewCancel()}
	stop := context.AfterFunc(ctx, s.cancel.Cancel)
	defer stop()
	timer := time.AfterFunc(e.limit, s.cancel.Cancel)
	defer timer.Stop()
	err = judge(s)
	if topdown.IsCancel(err) && ctx.Err() == nil {
		return fmt.Errorf("%w of %v", errTooSlow, e.limit)
	}
	return err
}

// query builds one evaluation. The clock is not given: policies read input.now.
func (s *session) query(body ast.Body) *topdown.Query {
	return topdown.NewQuery(body).WithCompiler(s.lane.compiler).WithStore(s.lane.store).WithTransaction(s.txn).
		WithInput(s.input).WithCancel(s.cancel).WithMetrics(metrics.NoOp()).WithBuiltinErrorList(&s.errs)
}

// full evaluates a rule with everything known; nil means undefined.
func (s *session) full(ctx context.Context, rule string) (ast.Value, error) {
	q := s.lane.queries[queryKey{s.policy.ID, rule, false}]
	values, err := s.values(ctx, s.query(q.body).WithQueryCompiler(q.compiler))
	if err != nil || len(values) == 0 {
		return nil, err
	}
	return values[0], nil
}

// values returns what a query binds x to: once for a whole rule, any number of times for its members.
func (s *session) values(ctx context.Context, query *topdown.Query) ([]ast.Value, error) {
	var values []ast.Value
	err := query.Iter(ctx, func(result topdown.QueryResult) error {
		x := result["x"]
		if x == nil {
			return errors.New("a query has lost its answer")
		}
		values = append(values, x.Value)
		return nil
	})
	return values, err
}

// remainder is what partial evaluation leaves of a rule.
type remainder struct {
	// certain are the members that hold whatever the unknown facts may be.
	certain []ast.Value
	// left are the facts that anything else still depends on, sorted; empty when nothing is left.
	left []string
}

// partial evaluates a rule with some facts unknown.
func (s *session) partial(ctx context.Context, rule string, unknowns []*ast.Term, gaps []string) (remainder, error) {
	if open := both(s.policy.fragile[rule], gaps); len(open) > 0 {
		return remainder{left: open}, nil
	}
	q := s.lane.queries[queryKey{s.policy.ID, rule, true}]
	bodies, support, err := s.query(q.body).WithQueryCompiler(q.compiler).WithUnknowns(unknowns).PartialRun(ctx)
	if err != nil {
		return remainder{}, err
	}
	var rest remainder
	for _, body := range bodies {
		if names := openFacts(body, support, gaps); len(names) > 0 {
			rest.left = union(rest.left, names)
			continue
		}
		values, err := s.values(ctx, s.query(body))
		if err != nil {
			return remainder{}, err
		}
		rest.certain = append(rest.certain, values...)
	}
	return rest, nil
}

// both returns the names that stand in both lists.
func both(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(name string) bool { return !slices.Contains(b, name) })
}

// openFacts returns the gaps that what is left of a rule depends on; none says that it depends on nothing unknown. Rules
// that partial evaluation made, or left alone, count in. Where the facts cannot be told, all gaps are named rather than
// none.
func openFacts(body ast.Body, support []*ast.Module, gaps []string) []string {
	names, refersToRules := factsIn(body)
	if refersToRules {
		for _, module := range support {
			more, _ := factsIn(module)
			names = append(names, more...)
		}
	}
	known := both(union(names, nil), gaps)
	if len(known) == 0 && (refersToRules || len(names) > 0) {
		return gaps
	}
	return known
}

// factsIn collects the facts that a residual mentions and says whether it leans on rules.
func factsIn(node any) (names []string, refersToRules bool) {
	ast.WalkRefs(node, func(ref ast.Ref) bool {
		refersToRules = refersToRules || ref.HasPrefix(ast.DefaultRootRef)
		if ref.HasPrefix(ast.InputRootRef) {
			names = append(names, factOf(ref))
		}
		return false
	})
	return names, refersToRules
}

func factOf(ref ast.Ref) string {
	name, _ := stringAt(ref, 1)
	if name == "status" {
		name, _ = stringAt(ref, 2)
	}
	return name
}
