package eval

import (
	"context"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
)

// lane is everything that an evaluation walks through: compiled rules, prepared queries and parameters.
//
// Full evaluation only reads it, so that all workers share one. Partial evaluation writes: OPA's copy propagation
// transforms terms in place that copies of a rule share with the compiler (topdown/copypropagation, ast.transformTerm).
// It therefore gets a lane that nobody else uses at the same time.
type lane struct {
	compiler *ast.Compiler
	store    storage.Store
	queries  map[queryKey]prepared
}

func newLane(ctx context.Context, compiler *ast.Compiler, policies []compiled, params map[string]any) (*lane, error) {
	data, err := paramData(params)
	if err != nil {
		return nil, err
	}
	queries, err := prepareAll(ctx, compiler, policies)
	if err != nil {
		return nil, err
	}
	store := inmem.NewFromObjectWithOpts(data, inmem.OptRoundTripOnWrite(false), inmem.OptReturnASTValuesOnRead(true))
	return &lane{compiler: compiler, store: store, queries: queries}, nil
}

// lanes hands out lanes for partial evaluation, as many as there are workers. They are made when they are first needed:
// an inventory without gaps never pays for one.
type lanes struct {
	free  chan *lane
	build func(ctx context.Context) (*lane, error)
}

func newLanes(workers int, build func(ctx context.Context) (*lane, error)) *lanes {
	l := &lanes{free: make(chan *lane, workers), build: build}
	for range workers {
		l.free <- nil
	}
	return l
}

// take waits for a lane of one's own; give it back when it is done with.
func (l *lanes) take(ctx context.Context) (*lane, error) {
	select {
	case free := <-l.free:
		if free != nil {
			return free, nil
		}
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	made, err := l.build(ctx)
	if err != nil {
		l.free <- nil
		return nil, fmt.Errorf("prepare partial evaluation: %w", err)
	}
	return made, nil
}

func (l *lanes) give(back *lane) { l.free <- back }

// Warm begins to make a lane and returns at once: whoever waits for AWS meanwhile does not wait for it later. Where it
// fails, the first gap tells.
func (e *Engine) Warm(ctx context.Context) {
	go func() {
		if made, err := e.partial.take(ctx); err == nil {
			e.partial.give(made)
		}
	}()
}

// compileAgain compiles the modules from their text, for partial evaluation: parsed rules share terms with everything that
// was compiled from them.
func compileAgain(modules []module, schemas Schemas) (*ast.Compiler, error) {
	fresh := make([]module, len(modules))
	for i, m := range modules {
		var err error
		m.parsed, err = ast.ParseModuleWithOpts(m.file, string(m.text), ast.ParserOptions{ProcessAnnotation: true})
		if err != nil {
			return nil, err
		}
		opaqueMembers(m.parsed)
		fresh[i] = m
	}
	return compile(fresh, schemas)
}
