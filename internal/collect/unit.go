package collect

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/amiscan/amiscan/internal/inventory"
)

// parallelCalls bounds the calls that one collector has in flight: at 20 calls a second and 150 ms each, EC2's documented
// refill rate keeps three or four busy.
const parallelCalls = 4

// unit is one account in one region while it is being collected.
type unit struct {
	inventory.Unit
	clients clients
	outages *outages
	// images are the single images asked for, each once and sorted; empty for the whole unit.
	images []string
	// facts are the facts asked for.
	facts []inventory.FactRef
	// patience bounds the wait for images that are not visible yet; sleep is how it waits.
	patience time.Duration
	sleep    func(ctx context.Context, d time.Duration) error
	// trace is told of every call.
	trace func(action string, err error)
	// fellows answer for other accounts; nil where there are none.
	fellows *Fellows
	// keepers are the accounts of other keys as this unit asks them: who ceases to answer does so for this unit alone.
	keepers *once[string, *unit]

	mu        sync.Mutex
	resources map[string]*inventory.Resource
	coverage  map[inventory.FactRef]inventory.Coverage
	grants    *once[string, inventory.Fact]
	// userData is what listings kept to be searched, by kind and id; it never enters the part.
	userData map[string][]rawUserData
}

func newUnit(id inventory.Unit, clients clients, request Request) *unit {
	u := &unit{
		Unit: id, clients: clients, outages: newOutages(),
		images: slices.Compact(slices.Sorted(slices.Values(request.Images))), patience: request.Patience,
		sleep: request.Sleep, trace: request.Trace,
		resources: map[string]*inventory.Resource{}, coverage: map[inventory.FactRef]inventory.Coverage{},
		grants: newOnce[string, inventory.Fact](), keepers: newOnce[string, *unit](),
		facts: request.Facts, fellows: request.Fellows, userData: map[string][]rawUserData{},
	}
	if u.sleep == nil {
		u.sleep = pause
	}
	if u.trace == nil {
		u.trace = func(string, error) {}
	}
	return u
}

// wants reports whether a fact is asked for.
func (u *unit) wants(of inventory.FactRef) bool { return slices.Contains(u.facts, of) }

// narrowed says how far listings reach: "images" when single images were asked for.
func (u *unit) narrowed() string {
	if len(u.images) > 0 {
		return inventory.NarrowedToImages
	}
	return ""
}

// put stores a fact of a resource that this unit's account owns.
func (u *unit) put(of inventory.FactRef, id string, fact inventory.Fact) {
	u.putOwned(of, id, u.Account, fact)
}

// putOwned stores a fact of a resource that another account may own.
func (u *unit) putOwned(of inventory.FactRef, id, owner string, fact inventory.Fact) {
	u.mu.Lock()
	defer u.mu.Unlock()
	key := of.Kind + "\x00" + id
	if u.resources[key] == nil {
		unit := u.Unit
		unit.Account = owner
		resource := inventory.NewResource(of.Kind, unit, id)
		u.resources[key] = &resource
	}
	u.resources[key].Facts[of.Name] = fact
}

// putBeside stores a further fact of a resource that is there already, whoever owns it.
func (u *unit) putBeside(of inventory.FactRef, id string, fact inventory.Fact) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if r := u.resources[of.Kind+"\x00"+id]; r != nil {
		r.Facts[of.Name] = fact
	}
}

// ids returns the ids of the resources of a kind, unsorted.
func (u *unit) ids(kind string) []string {
	u.mu.Lock()
	defer u.mu.Unlock()
	var ids []string
	for _, r := range u.resources {
		if r.Kind == kind {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// resource returns a resource as it is now.
func (u *unit) resource(kind, id string) (inventory.Resource, bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if r := u.resources[kind+"\x00"+id]; r != nil {
		return *r, true
	}
	return inventory.Resource{}, false
}

// fact returns a fact of a resource; one that is not there is not_collected.
func (u *unit) fact(of inventory.FactRef, id string) inventory.Fact {
	u.mu.Lock()
	defer u.mu.Unlock()
	if r := u.resources[of.Kind+"\x00"+id]; r != nil {
		return r.Fact(of.Name)
	}
	return inventory.Fact{Status: inventory.NotCollected}
}

// value decodes a known fact; it reports false for one that is not there or no answer.
func (u *unit) value(of inventory.FactRef, id string, into any) bool {
	fact := u.fact(of, id)
	return fact.Status == inventory.Known && json.Unmarshal(fact.Value, into) == nil
}

// cover says how a whole fact was collected: a listing, or one call for the unit. What single resources lack is counted
// from their facts.
func (u *unit) cover(c collector, err error) {
	coverage := inventory.Coverage{
		Unit: u.Unit, Kind: c.Kind, Fact: c.Name, Action: c.Action, Status: inventory.Known, Narrowed: u.narrowed(),
	}
	if err != nil {
		coverage.Status, coverage.Code = status(err), ErrorCode(err)
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.coverage[c.FactRef] = coverage
}

// each runs a function for every id, a few at a time, and stops only when the run is cancelled.
func each(ctx context.Context, ids []string, do func(ctx context.Context, id string)) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(parallelCalls)
	for _, id := range ids {
		group.Go(func() error {
			if err := cancelled(ctx); err != nil {
				return err
			}
			do(ctx, id)
			return nil
		})
	}
	return group.Wait()
}

// known is a fact that AWS answered. An answer that leaves out the very thing that was asked for is none.
func known(c inventory.FactType, value any) inventory.Fact {
	text, err := encode(value)
	switch {
	case err != nil:
		return inventory.Fact{Status: inventory.Error, Action: c.Action, Code: "Unencodable"}
	case string(text) == "null", string(text) == "{}" && c.FactRef != defaultsFact:
		return inventory.Fact{Status: inventory.Error, Action: c.Action, Code: "EmptyAnswer"}
	}
	return inventory.Fact{Status: inventory.Known, Value: text, Action: c.Action}
}

// gap is a fact that AWS did not answer.
func gap(c inventory.FactType, err error) inventory.Fact {
	return inventory.Fact{Status: status(err), Action: c.Action, Code: ErrorCode(err)}
}
