package collect_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/amiscan/amiscan/internal/audit"
	"github.com/amiscan/amiscan/internal/eval"
	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
	"github.com/amiscan/amiscan/internal/schema"
	"github.com/amiscan/amiscan/policies"
)

// bench judges by all policies, each document once: most faults leave the same gap.
type bench struct {
	engine  *eval.Engine
	ids     []string
	catalog inventory.Catalog
	mu      sync.Mutex
	known   map[[sha256.Size]byte]*verdicts
}

// verdicts are what all policies say of one document, or of what a unit could not list.
type verdicts struct {
	once     sync.Once
	findings []finding.Finding
	err      error
}

func newBench(t *testing.T) *bench {
	t.Helper()
	schemas, err := policies.Schemas()
	if err != nil {
		t.Fatal(err)
	}
	j, err := audit.NewJudge(t.Context(), audit.Selection{
		Sources: []eval.Source{{FS: policies.FS(), Embedded: true}}, Catalog: schema.Catalog(), Schemas: schemas,
		Select: []string{"*"}, Params: map[string]any{"trusted_accounts": []any{"444455556666"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{engine: j.Engine(), catalog: schema.Catalog(), known: map[[sha256.Size]byte]*verdicts{}}
	for _, p := range j.Selected() {
		b.ids = append(b.ids, p.ID)
	}
	return b
}

// judgement is what all policies say of all units of an inventory.
func (b *bench) judgement(t *testing.T, parts []inventory.Part) (all []finding.Finding) {
	t.Helper()
	world := link.NewWorld(nil, b.catalog)
	for _, p := range parts {
		world.See(p)
	}
	for _, p := range parts {
		if p.Region == inventory.Global {
			continue
		}
		unit := link.Join(p, link.Options{Catalog: b.catalog, World: world})
		all = append(all, b.unlisted(t, unit)...)
		for _, d := range unit.Documents {
			all = append(all, b.document(t, unit, d)...)
		}
	}
	return all
}

// unlisted is what is said of the kinds that could not be listed.
func (b *bench) unlisted(t *testing.T, unit link.Unit) []finding.Finding {
	t.Helper()
	return b.once(t, link.Unit{Unit: unit.Unit, Coverage: unit.Coverage})
}

// document is what is said of one document.
func (b *bench) document(t *testing.T, unit link.Unit, d link.Document) []finding.Finding {
	t.Helper()
	facts := map[string]inventory.Fact{}
	for name, fact := range d.Resource.Facts {
		facts[name] = likeAnyOther(fact)
	}
	d.Resource.Facts = facts
	var whole []inventory.Coverage
	for _, fact := range b.catalog {
		whole = append(whole, inventory.Coverage{Unit: unit.Unit, Kind: fact.Kind, Fact: fact.Name, Status: inventory.Known})
	}
	return b.once(t, link.Unit{Unit: unit.Unit, Documents: []link.Document{d}, Coverage: whole})
}

// likeAnyOther is a fact whose gaps have one status and code for all: those are for people. Only what nobody may see is judged
// in another way.
func likeAnyOther(fact inventory.Fact) inventory.Fact {
	fact.Status, fact.Code = plain(fact.Status), ""
	gaps := slices.Clone(fact.Gaps)
	for i := range gaps {
		gaps[i].Status, gaps[i].Code = plain(gaps[i].Status), ""
	}
	fact.Gaps = gaps
	return fact
}

func plain(s inventory.Status) inventory.Status {
	if s.IsAnswer() || s == inventory.NotVisible {
		return s
	}
	return inventory.Error
}

// once judges a unit unless one that is quite like it was judged before.
func (b *bench) once(t *testing.T, unit link.Unit) []finding.Finding {
	t.Helper()
	text, err := json.Marshal(unit)
	if err != nil {
		t.Fatal(err)
	}
	key := sha256.Sum256(text)
	b.mu.Lock()
	v, ok := b.known[key]
	if !ok {
		v = &verdicts{}
		b.known[key] = v
	}
	b.mu.Unlock()
	v.once.Do(func() {
		judged, err := b.engine.JudgeUnit(t.Context(), unit, b.ids, observed)
		v.findings, v.err = judged.Findings, err
	})
	if v.err != nil {
		t.Fatal(v.err)
	}
	return v.findings
}

// subject is what a finding is about.
type subject struct{ policy, kind, account, id, subject string }

func subjectOf(f finding.Finding) subject {
	return subject{f.Policy, f.Resource.Kind, f.Resource.Account, f.Resource.ID, f.Subject}
}

// whole is the resource itself, whatever the subject is.
func (s subject) whole() subject { return subject{s.policy, s.kind, s.account, s.id, ""} }

// unlisted is what stands for all resources of the kind.
func (s subject) unlisted() subject {
	return subject{s.policy, inventory.Settings, member, member + "/" + region, s.kind}
}

func (s subject) String() string {
	return strings.TrimSpace(fmt.Sprintf("%s of %s %s %s", s.policy, s.kind, s.id, s.subject))
}

// moreCertain says in which way findings claim what the undisturbed ones do not: a verdict that is neither the same nor unknown,
// or one that is gone without an unknown in its place.
func moreCertain(undisturbed, disturbed []finding.Finding) (wrong []string) {
	before, now, unread := map[subject]finding.Outcome{}, map[subject]finding.Outcome{}, map[subject]bool{}
	for _, f := range undisturbed {
		before[subjectOf(f)] = f.Outcome
	}
	for _, f := range disturbed {
		s := subjectOf(f)
		now[s] = f.Outcome
		if f.Reason == finding.NotCollected {
			unread[s], unread[s.whole()] = true, true
		}
		if was, there := before[s]; f.Outcome != finding.Unknown && (!there || was != f.Outcome) {
			wrong = append(wrong, fmt.Sprintf("%s is %s, undisturbed it is %s", s, f.Outcome, was))
		}
	}
	for s, was := range before {
		if _, there := now[s]; !there && !unread[s.whole()] && !unread[s.unlisted()] {
			wrong = append(wrong, fmt.Sprintf("%s is gone, undisturbed it is %s", s, was))
		}
	}
	slices.Sort(wrong)
	return wrong
}
