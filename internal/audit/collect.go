package audit

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/amiscan/amiscan/internal/collect"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/shard"
	"github.com/amiscan/amiscan/internal/store"
)

// AllRegions asks for every region that the account has enabled.
const AllRegions = "all"

// askedFirst is the region that lists the regions where neither the user nor the environment names one. Its neighbours in
// other partitions need one to be named.
const askedFirst = "us-east-1"

// parallelUnits bounds how many regions are read side by side.
const parallelUnits = 4

// Collecting says what to read from AWS.
type Collecting struct {
	// Version is amiscan's own.
	Version string
	Profile string
	// Regions are names, or AllRegions; none means the one that the environment or the profile names.
	Regions []string
	// Images narrows the run to single images. Places are the regions of those whose region is known, by id: they are looked
	// for nowhere else.
	Images []string
	Places map[string]string
	// Patience is how long a named image that is not to be seen is asked for again.
	Patience time.Duration
	// Pacing is how fast AWS is asked.
	Pacing collect.Pacing
	// Whose says which accounts are read beside the caller's own.
	Whose Whose
	// Shard is this worker's part of a run over many accounts.
	Shard shard.Shard
	Now   time.Time
	// Clock gives the observation time of each unit; nil means Now for all of them.
	Clock func() time.Time
	// Watch is told how the run goes on; nil means nobody.
	Watch Watcher
	// Trace, unless it is nil, is told of every call, from several goroutines.
	Trace func(action string, err error)
}

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

// Manifest says what is read.
func (t *Target) Manifest() inventory.Manifest { return t.manifest }

// Units are what will be read, in order.
func (t *Target) Units() []inventory.Unit {
	var units []inventory.Unit
	for _, region := range slices.Compact(slices.Sorted(slices.Values(t.manifest.Regions))) {
		units = append(units, inventory.Unit{Partition: t.account.Partition, Account: t.account.ID, Region: region})
	}
	return units
}

// Read collects the units and hands each part over as soon as it is whole, one at a time. It fails only when the run is
// cancelled or a part is refused.
func (t *Target) Read(ctx context.Context, units []inventory.Unit, put func(inventory.Part) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(parallelUnits)
	t.watch.Listed(len(units))
	t.watch.ListedAll()
	parts := make(chan inventory.Part)
	done := make(chan error, 1)
	go func() { done <- drain(parts, put, cancel) }()
	for _, u := range units {
		group.Go(func() error {
			t.watch.Started(u.Account, u.Region)
			part, err := t.account.Unit(ctx, u.Region, t.request(u.Region))
			if err == nil {
				parts <- part
				t.watch.Finished(u.Account, u.Region, gapsIn(part))
			}
			return err
		})
	}
	err := group.Wait()
	close(parts)
	if refused := <-done; refused != nil {
		return refused
	}
	return err
}

// drain puts parts one after another. After an error it stops the reading, since nothing more can be kept, and only
// empties the channel.
func drain(parts <-chan inventory.Part, put func(inventory.Part) error, stop func()) error {
	var failed error
	for part := range parts {
		if failed != nil {
			continue
		}
		if failed = put(part); failed != nil {
			stop()
		}
	}
	return failed
}

func (t *Target) request(region string) collect.Request {
	request := collect.Request{Facts: t.facts, Now: t.asked.Clock(), Trace: t.asked.Trace}
	placed := true
	for _, id := range t.asked.Images {
		place, known := t.asked.Places[id]
		if !known || place == region {
			request.Images = append(request.Images, id)
			placed = placed && known
		}
	}
	if placed || len(t.manifest.Regions) == 1 {
		// In several regions a named image is missing from all but one, and each would be waited for.
		request.Patience = t.asked.Patience
	}
	return request
}

// ReadAll collects every unit into memory, sorted. When the run is cancelled it returns what is whole and true.
func (t *Target) ReadAll(ctx context.Context) (parts []inventory.Part, interrupted bool, err error) {
	err = t.Read(ctx, t.Units(), func(part inventory.Part) error {
		parts = append(parts, part)
		return nil
	})
	slices.SortFunc(parts, func(a, b inventory.Part) int { return a.Unit.Compare(b.Unit) })
	if interrupted = ctx.Err() != nil; interrupted {
		err = nil
	}
	return parts, interrupted, err
}

// Missing says which of the images that were asked for no part holds as the account's own, and why.
func (t *Target) Missing(parts []inventory.Part) []string {
	var missing []string
	for _, id := range t.asked.Images {
		if why := whyMissing(id, parts); why != "" {
			where := cmp.Or(t.asked.Places[id], strings.Join(t.manifest.Regions, ", "))
			missing = append(missing, fmt.Sprintf("image %q %s in account %s, %s", id, why, t.account.ID, where))
		}
	}
	return missing
}

// whyMissing is empty for an image that can be judged, and for one whose listing failed: that is incomplete, not missing.
func whyMissing(id string, parts []inventory.Part) string {
	for _, part := range parts {
		if !part.CoverageOf(inventory.AMI, "image").Status.IsAnswer() {
			return ""
		}
		for _, r := range part.Resources {
			switch {
			case r.ID == id && r.Kind == inventory.AMI:
				return ""
			case r.ID == id && r.Kind == inventory.ForeignImage:
				return "belongs to account " + r.Account + " and is not judged"
			}
		}
	}
	return "was not found"
}

// Pending says which of the images that were asked for are still being made, and how to wait for them.
func (t *Target) Pending(parts []inventory.Part) []string {
	var pending []string
	for _, part := range parts {
		for _, r := range part.Resources {
			if slices.Contains(t.asked.Images, r.ID) && r.Fact("image").Code == "pending" {
				pending = append(pending, fmt.Sprintf("image %s in %s is still being made; scan it after: "+
					"aws ec2 wait image-available --region %s --image-ids %s", r.ID, r.Region, r.Region, r.ID))
			}
		}
	}
	return pending
}

// InMemory hands out parts that were collected before.
func InMemory(parts []inventory.Part) iter.Seq2[inventory.Part, error] {
	return func(yield func(inventory.Part, error) bool) {
		for _, part := range parts {
			if !yield(part, nil) {
				return
			}
		}
	}
}

// Save collects into an inventory that is kept, unit by unit. Units that are there already are not read again. A run that
// could not store a part fails with an UnkeptError: what was stored before is whole.
func (t *Target) Save(ctx context.Context, path string) (Outcome, error) {
	place, err := store.Create(ctx, path, t.manifest, store.Access{Profile: t.asked.Profile, Region: t.account.Region})
	if err != nil {
		return Outcome{}, err
	}
	shelf := kept{ctx, place}
	if t.asked.Whose.Many() {
		return t.newFleet(shelf).run(ctx)
	}
	return t.saveOwn(ctx, shelf)
}

// saveOwn reads the caller's own units.
func (t *Target) saveOwn(ctx context.Context, s shelf) (Outcome, error) {
	var open []inventory.Unit
	for _, u := range t.Units() {
		has, err := s.Has(u)
		if err != nil {
			return Outcome{}, err
		}
		if !has {
			open = append(open, u)
		}
	}
	o := Outcome{Units: len(t.Units()), Kept: len(t.Units()) - len(open)}
	t.watch.Listed(o.Kept)
	t.watch.Kept(o.Kept)
	err := t.Read(ctx, open, func(part inventory.Part) error {
		if err := s.Put(part); err != nil {
			return &UnkeptError{Err: err}
		}
		o.Read++
		return nil
	})
	return o, err
}

// SaveFile collects into one file, which appears only when it is whole; it returns how many units it holds. A run that
// is cancelled before any unit is whole leaves no file.
func (t *Target) SaveFile(ctx context.Context, path string) (units int, err error) {
	parts, interrupted, err := t.ReadAll(ctx)
	if err != nil || (interrupted && len(parts) == 0) {
		return 0, err
	}
	return len(parts), store.WriteFile(path, t.manifest, InMemory(parts))
}
