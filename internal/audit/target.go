package audit

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/amiscan/amiscan/internal/collect"
	"github.com/amiscan/amiscan/internal/inventory"
)

// Target is an account and the regions of it that will be read.
type Target struct {
	account  *collect.Account
	manifest inventory.Manifest
	asked    Collecting
	facts    []inventory.FactRef
	watch    Watcher
	// organization is the caller's, where all of its accounts are asked for.
	organization collect.Organization
	// everywhere are the regions that every account has.
	everywhere map[string]bool
	// Warnings are sentences for the reader.
	Warnings []string
}

// Connect finds credentials and regions. Every error means that nothing was read.
func Connect(ctx context.Context, facts []inventory.FactRef, c Collecting) (*Target, error) {
	return Dial(ctx, c).Target(facts)
}

// Dialing is a connection under way.
type Dialing struct {
	target *Target
	err    error
	done   chan struct{}
}

// Dial begins to connect and returns at once: AWS answers while policies are compiled.
func Dial(ctx context.Context, c Collecting) *Dialing {
	d := &Dialing{done: make(chan struct{})}
	go func() {
		defer close(d.done)
		d.target, d.err = connect(ctx, c)
	}()
	return d
}

// Target waits for the connection and asks it for the facts.
func (d *Dialing) Target(facts []inventory.FactRef) (*Target, error) {
	<-d.done
	if d.err != nil {
		return nil, d.err
	}
	d.target.facts, d.target.manifest.Facts = facts, factNames(facts)
	return d.target, nil
}

func connect(ctx context.Context, c Collecting) (*Target, error) {
	c = c.withDefaults()
	first := ""
	if len(c.Regions) > 0 && c.Regions[0] != AllRegions {
		first = c.Regions[0]
	}
	account, err := collect.Connect(ctx, c.Profile, first, c.Trace)
	if errors.Is(err, collect.ErrNoRegion) && slices.Contains(c.Regions, AllRegions) {
		account, err = collect.Connect(ctx, c.Profile, askedFirst, c.Trace)
	}
	if err != nil {
		return nil, err
	}
	account = account.Paced(collect.NewPace(c.Pacing))
	t := &Target{account: account, asked: c, watch: c.Watch, everywhere: map[string]bool{}}
	t.manifest = inventory.Manifest{
		SchemaVersion: inventory.SchemaVersion, Tool: "amiscan " + c.Version, Caller: account.ID, Images: c.Images,
		Started: c.Now.UTC().Truncate(time.Second),
	}
	if c.Whose.Many() {
		return t, t.findFleet(ctx)
	}
	return t, t.findRegions(ctx)
}

// withDefaults fills in whom nobody named.
func (c Collecting) withDefaults() Collecting {
	if c.Watch == nil {
		c.Watch = silent{}
	}
	clock := c.Clock
	c.Clock = func() time.Time {
		if clock == nil {
			return c.Now.UTC().Truncate(time.Second)
		}
		return clock().UTC().Truncate(time.Second)
	}
	trace := c.Trace
	c.Trace = func(action string, err error) {
		c.Watch.Called(action, collect.IsThrottled(err))
		if trace != nil {
			trace(action, err)
		}
	}
	return c
}

func factNames(facts []inventory.FactRef) []string {
	names := make([]string, len(facts))
	for i, fact := range facts {
		names[i] = fact.String()
	}
	slices.Sort(names)
	return names
}

// findRegions asks for the account's regions only where the answer is needed: for "all", and to tell those who named no
// region how much was not looked at.
func (t *Target) findRegions(ctx context.Context) error {
	named := len(t.asked.Regions) > 0
	all := slices.Contains(t.asked.Regions, AllRegions)
	if !all && (named || len(t.asked.Images) > 0) {
		t.manifest.Regions = t.asked.Regions
		if !named {
			t.manifest.Regions = []string{t.account.Region}
		}
		return nil
	}
	enabled, err := t.account.Regions(ctx, t.asked.Trace)
	t.manifest.EnabledRegions = len(enabled)
	if all {
		t.manifest.Regions = enabled
		return err
	}
	if err != nil {
		t.Warnings = append(t.Warnings, "how many regions the account has is not known: needs ec2:DescribeRegions")
	}
	t.manifest.Regions = []string{t.account.Region}
	return nil
}
