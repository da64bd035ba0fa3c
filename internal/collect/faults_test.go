package collect_test

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
)

// fault is one way in which AWS, or what lies before it, disturbs a call.
type fault struct {
	name string
	// in is the fault as the stub knows it; the target says which calls it hits.
	in awsstub.Fault
	// passes holds for what one more attempt, or one more listing, gets over: the outcome has to be the undisturbed one.
	passes bool
	// inService is what the fault is in the words of a service, in place of in.
	inService func(service string) awsstub.Fault
	// session holds for what begins a new session; those of a user cannot be begun anew.
	session bool
	// further limits the fault to further pages.
	further bool
	// besides are what else is wrong.
	besides []awsstub.Option
}

const proxyPage = "<html><head><title>Please sign in</title></head><body><p>Welcome</p></body></html>"

// faults are those that the matrix crosses with every action and page.
func faults() []fault {
	slow := 90 * time.Second // an attempt takes a minute at most
	// Later calls get a session again: so it is always the same call that fails.
	once := []awsstub.Option{awsstub.Fail("sts:AssumeRole", awsstub.Fault{Deny: true, FromCall: 2, ToCall: 2})}
	return []fault{
		{name: "a throttle storm that ends", in: awsstub.Fault{Throttle: true, Times: 5}, passes: true},
		{name: "a throttle storm", in: awsstub.Fault{Throttle: true}},
		{name: "one 500", in: awsstub.Fault{Status: 500, Code: "InternalError", Times: 1}, passes: true},
		{name: "500", in: awsstub.Fault{Status: 500, Code: "InternalError"}},
		{name: "one 503 without a body", in: awsstub.Fault{Status: 503, Times: 1}, passes: true},
		{name: "503 without a body", in: awsstub.Fault{Status: 503}},
		{name: "one reset", in: awsstub.Fault{Reset: true, Times: 1}, passes: true},
		{name: "resets", in: awsstub.Fault{Reset: true}},
		{name: "one slow answer", in: awsstub.Fault{Delay: slow, Times: 1}, passes: true},
		{name: "slow answers", in: awsstub.Fault{Delay: slow}},
		{name: "stalls", in: awsstub.Fault{Stall: true}},
		{name: "a truncated body", in: awsstub.Fault{Truncate: true}},
		{name: "one cut transport", in: awsstub.Fault{Cut: true, Times: 1}, passes: true},
		{name: "a cut transport", in: awsstub.Fault{Cut: true}},
		{name: "a page of a proxy", in: awsstub.Fault{Body: proxyPage}},
		{name: "an empty body", in: awsstub.Fault{Status: 200}},
		{name: "access denied", in: awsstub.Fault{Deny: true}},
		{name: "a code that nobody knows", in: awsstub.Fault{Status: 400, Code: "Novelty"}},
		{name: "a session that expires", inService: func(s string) awsstub.Fault { return expired(s, 1) }, session: true, passes: true},
		{name: "a session that is not renewed", inService: func(s string) awsstub.Fault { return expired(s, 0) }, besides: once},
		{name: "a page token that expires", inService: func(s string) awsstub.Fault { return stale(s, 1) }, further: true, passes: true},
		{name: "page tokens that expire", inService: func(s string) awsstub.Fault { return stale(s, 0) }, further: true},
		{name: "a region that is not enabled", inService: stranger},
	}
}

// isXML reports whether a service answers in XML, by the query protocol.
func isXML(service string) bool {
	return slices.Contains([]string{"sts", "iam", "autoscaling"}, service)
}

// expired is what a service says to a session that has ended.
func expired(service string, times int) awsstub.Fault {
	switch {
	case service == "ec2":
		return awsstub.Fault{Status: 400, Code: "RequestExpired", Times: times}
	case isXML(service):
		return awsstub.Fault{Status: 403, Code: "ExpiredToken", Times: times}
	}
	return awsstub.Fault{Status: 400, Code: "ExpiredTokenException", Times: times}
}

// stale is what a service says to a page token that it does not know any more.
func stale(service string, times int) awsstub.Fault {
	code := "InvalidNextToken"
	switch service {
	case "ec2":
		code = "InvalidPaginationToken"
	case "kms":
		code = "InvalidMarkerException"
	case "imagebuilder":
		code = "InvalidPaginationTokenException"
	}
	return awsstub.Fault{Status: 400, Code: code, Times: times}
}

// stranger is what a service says where the account has not enabled the region.
func stranger(service string) awsstub.Fault {
	switch {
	case service == "ec2":
		return awsstub.Fault{Status: 401, Code: "AuthFailure"}
	case isXML(service):
		return awsstub.Fault{Status: 403, Code: "InvalidClientTokenId"}
	}
	return awsstub.Fault{Status: 400, Code: "UnrecognizedClientException"}
}

// target is a place for a fault: an action and which of its calls.
type target struct {
	action string
	// page is the page of a listing; 0 where the action has no pages.
	page int
	// id is a parameter that this call alone has; empty for all calls.
	id string
}

func (g target) String() string {
	switch {
	case g.page > 0:
		return fmt.Sprintf("%s page %d", g.action, g.page)
	case g.id != "":
		return g.action + " " + g.id
	}
	return g.action
}

// isHubs reports whether the call is made with the credentials that a run begins with.
func (g target) isHubs() bool {
	return strings.HasPrefix(g.action, "organizations:") || strings.HasPrefix(g.action, "sts:")
}

// further reports whether the call has a page token.
func (g target) further() bool { return g.page > 1 }

// hit is the fault at the target.
func (f fault) hit(g target) awsstub.Option {
	in := f.in
	if f.inService != nil {
		service, _, _ := strings.Cut(g.action, ":")
		in = f.inService(service)
	}
	in.Page, in.ForID = g.page, g.id
	return awsstub.Fail(g.action, in)
}

// targets are the first, a middle and the last page of every listing that was asked for, and of every other action the calls that
// ask for the first and the last thing.
func targets(t *testing.T, requests []awsstub.Request) (all []target) {
	t.Helper()
	byAction := map[string][]awsstub.Request{}
	for _, r := range requests {
		byAction[r.Name()] = append(byAction[r.Name()], r)
	}
	for _, action := range slices.Sorted(maps.Keys(byAction)) {
		pages := pagesOf(byAction[action])
		if pages == 1 && isPaged(byAction[action]) {
			t.Errorf("%s is paged, but there is one page only: the estate has too little for it", action)
		}
		if pages > 1 {
			for _, page := range firstMiddleLast(pages) {
				all = append(all, target{action: action, page: page + 1})
			}
			continue
		}
		ids := idsOf(byAction[action])
		if len(ids) < 2 {
			all = append(all, target{action: action})
			continue
		}
		all = append(all, target{action: action, id: ids[0]}, target{action: action, id: ids[len(ids)-1]})
	}
	return all
}

// firstMiddleLast are three indexes of n, or as many as there are.
func firstMiddleLast(n int) []int {
	if n == 0 {
		return nil
	}
	return slices.Compact([]int{0, n / 2, n - 1})
}

// tokenOf returns the page token of a request.
func tokenOf(r awsstub.Request) string {
	return cmp.Or(r.Parameters["NextToken"], r.Parameters["nextToken"], r.Parameters["Marker"])
}

// isPaged reports whether requests name a page's size.
func isPaged(requests []awsstub.Request) bool {
	return slices.ContainsFunc(requests, func(r awsstub.Request) bool {
		return cmp.Or(r.Parameters["MaxResults"], r.Parameters["maxResults"], r.Parameters["MaxRecords"], r.Parameters["Limit"]) != ""
	})
}

// pagesOf is how many pages the longest listing has.
func pagesOf(requests []awsstub.Request) int {
	pages := map[string]int{}
	for _, r := range requests {
		asked := maps.Clone(r.Parameters)
		token := tokenOf(r)
		maps.DeleteFunc(asked, func(_, value string) bool { return value == token })
		pages[fmt.Sprint(asked)]++
	}
	most := 1
	if !slices.ContainsFunc(requests, func(r awsstub.Request) bool { return tokenOf(r) != "" }) {
		return most
	}
	for _, n := range pages {
		most = max(most, n)
	}
	return most
}

// idsOf are values that one request alone has, one for each such request, sorted.
func idsOf(requests []awsstub.Request) (ids []string) {
	holders := map[string]int{}
	for _, r := range requests {
		for _, value := range r.Parameters {
			holders[value]++
		}
	}
	for _, r := range requests {
		for _, name := range slices.Sorted(maps.Keys(r.Parameters)) {
			if value := r.Parameters[name]; holders[value] == 1 {
				ids = append(ids, value)
				break
			}
		}
	}
	slices.Sort(ids)
	return ids
}

// unit is the one unit that is read.
var unit = inventory.Unit{Partition: "aws", Account: member, Region: region}

// matrix is what every cell is compared with.
type matrix struct {
	estate      []inventory.Part
	bench       *bench
	undisturbed []inventory.Part
	findings    []finding.Finding
	requests    []awsstub.Request
}

// serving is the stub for a run: small pages give every listing a first, a middle and a last one.
func serving(t *testing.T, estate []inventory.Part, options ...awsstub.Option) *awsstub.Stub {
	t.Helper()
	stub, err := awsstub.New(estate, append([]awsstub.Option{awsstub.PageSize(1)}, options...)...)
	if err != nil {
		t.Fatal(err)
	}
	return stub
}

func newMatrix(t *testing.T) *matrix {
	t.Helper()
	m := &matrix{estate: estate(t), bench: newBench(t)}
	stub := serving(t, m.estate)
	o := readFrom(t, stub)
	if o.refused != nil {
		t.Fatal(o.refused)
	}
	m.undisturbed, m.requests = o.parts, stub.Requests()
	for _, p := range o.parts {
		for _, c := range p.Coverage {
			if c.Fact != "regions" && (!c.Status.IsAnswer() || c.Items == 0) {
				t.Errorf("undisturbed, %s.%s is %s %s, %d are known", c.Kind, c.Fact, c.Status, c.Code, c.Items)
			}
		}
	}
	m.findings = m.bench.judgement(t, o.parts)
	return m
}

// TestFaultMatrix crosses every fault with every action that is called and with the first, a middle and the last page of it.
// Each time the outcome is the undisturbed one, or each difference has a status and a coverage record, and no verdict is more
// certain than the undisturbed one.
func TestFaultMatrix(t *testing.T) {
	t.Parallel()
	// A third of the time would go into collecting garbage.
	usual := debug.SetGCPercent(400)
	t.Cleanup(func() { debug.SetGCPercent(usual) })
	m := newMatrix(t)
	cells := 0
	for _, g := range targets(t, m.requests) {
		for _, f := range faults() {
			if f.further && !g.further() {
				continue
			}
			if cells++; cells%everyCell != 0 {
				continue
			}
			passes := f.passes && (!f.session || !g.isHubs())
			t.Run(f.name+" at "+g.String(), func(t *testing.T) {
				t.Parallel()
				m.check(t, passes, append(f.besides, f.hit(g))...)
			})
		}
	}
	t.Logf("%d cells", cells)
}

// check reads the estate with something wrong and compares.
func (m *matrix) check(t *testing.T, passes bool, wrong ...awsstub.Option) {
	t.Helper()
	m.compare(t, passes, serving(t, m.estate, wrong...))
}

func (m *matrix) compare(t *testing.T, passes bool, handler http.Handler) {
	t.Helper()
	o := readFrom(t, handler)
	switch {
	case o.refused != nil && passes:
		t.Errorf("the organization is refused: %v", o.refused)
	case o.refused != nil || sameParts(m.undisturbed, o.parts):
		return
	case passes:
		t.Error("this passes, but something is left of it")
	}
	for _, before := range m.undisturbed {
		now, there := partOf(o.parts, before.Unit)
		switch {
		case there:
			m.say(t, uncovered(before, now))
		case hasDoor(o.parts, before.Account):
			t.Errorf("the unit is missing, and the door of account %s is open", before.Account)
		}
	}
	if _, there := partOf(o.parts, unit); there {
		m.say(t, moreCertain(m.findings, m.bench.judgement(t, o.parts)))
	}
}

// partOf finds the part of a unit.
func partOf(parts []inventory.Part, unit inventory.Unit) (inventory.Part, bool) {
	i := slices.IndexFunc(parts, func(p inventory.Part) bool { return p.Unit == unit })
	if i < 0 {
		return inventory.Part{}, false
	}
	return parts[i], true
}

// hasDoor reports whether the regions of an account are known.
func hasDoor(parts []inventory.Part, account string) bool {
	door, there := partOf(parts, inventory.Unit{Partition: "aws", Account: account, Region: inventory.Global})
	return there && door.CoverageOf(inventory.Account, "regions").Status.IsAnswer()
}

// say reports what is wrong, the first few things of it.
func (m *matrix) say(t *testing.T, wrong []string) {
	t.Helper()
	for _, line := range wrong[:min(len(wrong), 5)] {
		t.Error(line)
	}
}
