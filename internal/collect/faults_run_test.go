package collect_test

import (
	"context"
	"net"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/amiscan/amiscan/internal/collect"
	"github.com/amiscan/amiscan/internal/inventory"
)

// pipes is a listener whose connections never leave the process: in a bubble of synctest, time passes while both ends wait.
type pipes struct {
	waiting chan net.Conn
	once    sync.Once
	closed  chan struct{}
}

func newPipes() *pipes { return &pipes{waiting: make(chan net.Conn), closed: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.waiting:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipes"} }

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	here, there := net.Pipe()
	select {
	case p.waiting <- there:
		return here, nil
	case <-p.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// outcome is what a run over the organization ended with.
type outcome struct {
	// parts are the organization, the doors of its accounts and the units behind them, as far as the run came.
	parts []inventory.Part
	// refused is why the organization could not be listed.
	refused error
}

// readFrom reads the organization that a handler serves, as a run with --org does. However long it waits, no time passes.
func readFrom(t *testing.T, handler http.Handler) (o outcome) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		server, line := &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}, newPipes()
		done := make(chan struct{})
		go func() {
			defer close(done)
			_ = server.Serve(line) // ends with ErrServerClosed
		}()
		o = reader{collect.AccountOver(hub, line.dial)}.readAll(t)
		_ = server.Close() // and with it the ends of the connections that the client keeps
		<-done
	})
	return o
}

// reader reads an organization by the account that manages it.
type reader struct{ account *collect.Account }

func untold(string, error) {}

func (r reader) readAll(t *testing.T) (o outcome) {
	var members []inventory.Member
	listing := collect.Listing{Tags: true, Now: observed, Trace: untold, Each: func(m inventory.Member) error {
		members = append(members, m)
		return nil
	}}
	organization, err := r.account.FindOrganization(t.Context(), listing)
	if err != nil {
		return outcome{refused: err}
	}
	listed, err := r.account.ListAccounts(t.Context(), organization, listing)
	if err != nil {
		return outcome{refused: err}
	}
	o.parts = append(o.parts, listed)
	for _, m := range members {
		if m.ID != hub {
			o.parts = append(o.parts, r.readMember(t, m)...)
		}
	}
	return o
}

// readMember reads the door of an account and, if it is open, the unit behind it.
func (r reader) readMember(t *testing.T, m inventory.Member) []inventory.Part {
	door, err := r.account.Enter(t.Context(), m, collect.Entering{
		Role: collect.Role{Name: "amiscan-audit", SessionName: "amiscan"}, SameOrganization: true, Trace: untold,
		Clock: func() time.Time { return observed },
	})
	if err != nil {
		t.Fatal(err)
	}
	if door.Account == nil {
		return []inventory.Part{door.Part}
	}
	unit, err := door.Account.Unit(t.Context(), region, collect.Request{Facts: unitFacts(), Now: observed, Trace: untold})
	if err != nil {
		t.Fatal(err)
	}
	return []inventory.Part{door.Part, unit}
}

// unitFacts are all facts of units.
func unitFacts() (facts []inventory.FactRef) {
	for _, t := range collect.Catalog() {
		if t.Kind != inventory.Account {
			facts = append(facts, t.FactRef)
		}
	}
	return facts
}
