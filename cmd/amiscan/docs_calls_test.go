package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/amiscan/amiscan/internal/audit"
	"github.com/amiscan/amiscan/internal/collect"
	"github.com/amiscan/amiscan/internal/eval"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/schema"
	"github.com/amiscan/amiscan/policies"
)

// largeUnit is the unit that the calls are computed for; the tests reach the same figures against the stub.
func largeUnit() map[string]int {
	return map[string]int{
		inventory.AMI: 10000, inventory.Snapshot: 50000, inventory.LaunchTemplate: 500, inventory.KMSKey: 100,
	}
}

// largeSelections are what is computed, by name.
var largeSelections = []struct {
	name  string
	terms []string
	most  int
}{
	{"public images and snapshots alone", []string{"sharing/ami-public", "sharing/snapshot-public", "account/image-bpa-off",
		"account/snapshot-bpa-not-all"}, 150},
	{"all launch permissions, no private snapshot shares", []string{"sharing/ami-public", "sharing/ami-shared-untrusted",
		"sharing/snapshot-public", "launch/lt-image-gone", "encryption/kms-key-pending-deletion"}, 10250},
}

func judgeFor(t *testing.T, terms []string) *audit.Judge {
	t.Helper()
	schemas, err := policies.Schemas()
	if err != nil {
		t.Fatal(err)
	}
	j, err := audit.NewJudge(context.Background(), audit.Selection{
		Sources: []eval.Source{{FS: policies.FS(), Embedded: true}}, Catalog: schema.Catalog(), Schemas: schemas, Select: terms,
	})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// callsPage computes what a large unit costs.
func callsPage(t *testing.T) string {
	t.Helper()
	var page bytes.Buffer
	fmt.Fprintf(&page, "# What a scan asks of AWS\n\nOnly what the chosen policies read is asked for, in the largest pages. Computed "+
		"for one unit with %s;\nthe tests reach the same figures against a server that counts. `amiscan scan --dry-run --assume "+
		"KIND=N` computes it for\nany selection. Every action has its own rate (of EC2, 10 calls a second after a burst of 50, half of what "+
		"it documents), so the\nslowest action alone decides the time.\n", sayResources(largeUnit()))
	for _, s := range largeSelections {
		writeCalls(&page, s.name, s.terms, judgeFor(t, s.terms).EstimateCalls(nil, largeUnit()))
	}
	return page.String()
}

func writeCalls(page *bytes.Buffer, name string, terms []string, actions []audit.ActionEstimate) {
	sum, slowest := 0, time.Duration(0)
	fmt.Fprintf(page, "\n## %s\n\n`--select %s`\n\n| calls | action |\n|---|---|\n", strings.ToUpper(name[:1])+name[1:],
		strings.Join(terms, ","))
	for _, a := range actions {
		fmt.Fprintf(page, "| %d | %s |\n", a.Calls, a.Action)
		sum, slowest = sum+a.Calls, max(slowest, collect.Pacing{}.TimeOf(a.Action, a.Calls))
	}
	fmt.Fprintf(page, "\n%d calls, about %s.\n", sum, slowest)
}

func sayResources(resources map[string]int) string {
	var parts []string
	for kind, n := range resources {
		parts = append(parts, fmt.Sprintf("%d %s", n, strings.ReplaceAll(kind, "_", " ")))
	}
	slices.Sort(parts)
	return strings.Join(parts, ", ")
}

// The figures hold what they must.
func TestCallsOfALargeUnit(t *testing.T) {
	t.Parallel()
	for _, s := range largeSelections {
		sum := 0
		for _, a := range judgeFor(t, s.terms).EstimateCalls(nil, largeUnit()) {
			sum += a.Calls
		}
		if sum == 0 || sum > s.most {
			t.Errorf("%s: %d calls, want at most %d", s.name, sum, s.most)
		}
	}
}
