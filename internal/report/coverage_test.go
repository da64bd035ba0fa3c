package report

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
)

// told is all that coverage records say, by unit and what came of the fact.
type told map[string]int

func (t told) tell(unit string, r CoverageRow) {
	t[fmt.Sprint(unit, " ", r.Kind, ".", r.Fact, " ", r.Action, " ", r.Status, " ", r.Code, " ", r.Narrowed, " ", r.AcceptedBy)]++
}

// randomRecords are the records of some units. One of ten lacks the record of a fact, and units of accounts have facts of their own.
func randomRecords(random *rand.Rand, units int) []inventory.Coverage {
	var records []inventory.Coverage
	for n := range units {
		unit := inventory.Unit{Partition: "aws", Account: fmt.Sprintf("%012d", n/4), Region: fmt.Sprint("r", n%4)}
		kind := inventory.AMI
		if n%4 == 3 {
			unit.Region, kind = inventory.Global, inventory.Account
		}
		for fact := range 4 {
			if random.IntN(10) == 0 {
				continue
			}
			record := inventory.Coverage{Unit: unit, Kind: kind, Fact: fmt.Sprint("f", fact), Action: "a:B", Status: inventory.Known, Items: 1}
			if random.IntN(3) == 0 {
				record.Status, record.Code, record.Missing = inventory.Denied, fmt.Sprint("c", random.IntN(2)), 1
			}
			if random.IntN(4) == 0 {
				record.Narrowed = inventory.NarrowedByImport
			}
			records = append(records, record)
		}
	}
	return records
}

// TestCoverageIsExact writes coverage, reads the report back and asks which unit had which outcome: few and many units, units
// without a record, units with two, and records of units that a kind is not about.
func TestCoverageIsExact(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	known := inventory.Coverage{
		Unit: inventory.Unit{Partition: "aws", Account: "000000000000", Region: "r0"}, Kind: inventory.AMI, Fact: "f0", Action: "a:B",
		Status: inventory.Known, Items: 1,
	}
	denied, strange := known, known
	denied.Status, denied.Code, strange.Region = inventory.Denied, "c0", inventory.Global
	for _, units := range []int{1, 3, maxApart, maxApart + 1, 200, 203} {
		for _, more := range [][]inventory.Coverage{nil, {known, known, denied}, {strange}} {
			records := append(randomRecords(random, units), more...)
			s, want, items := spotless(), told{}, 0
			s.footer.Coverage = NewCoverage()
			for i, record := range records {
				var mark *finding.Suppression
				if !record.Status.IsAnswer() && i%5 == 0 {
					mark = &finding.Suppression{Kind: finding.ByException, ID: "e1"}
				}
				s.footer.Coverage.Add(record, mark)
				row := CoverageRow{
					Kind: record.Kind, Fact: record.Fact, Action: record.Action, Status: record.Status, Code: record.Code, Narrowed: record.Narrowed,
				}
				if mark != nil {
					row.AcceptedBy = mark.ID
				}
				want.tell(record.Account+"/"+record.Region, row)
				items += record.Items
			}
			s.header.Scope.Units = s.footer.Coverage.Units()
			if diff := cmp.Diff(want, readBackCoverage(t, s, items)); diff != "" {
				t.Fatalf("%d units (-told +read):\n%s", units, diff)
			}
		}
	}
}

// readBackCoverage says what a reader learns from the JSON report.
func readBackCoverage(t *testing.T, s sample, items int) told {
	t.Helper()
	document, err := Read(bytes.NewReader(s.render(t, "json", Options{})), "r.json")
	if err != nil {
		t.Fatal(err)
	}
	got := told{}
	for i, row := range document.Coverage {
		units := document.unitsOf(i)
		if len(units) != row.Units {
			t.Errorf("%+v is about %d units", row, len(units))
		}
		for _, unit := range units {
			got.tell(unit, row)
		}
		items -= row.Items
	}
	if items != 0 {
		t.Errorf("%d items are lost", items)
	}
	return got
}

// TestCoverageIsCompact: what most units have in common takes no room.
func TestCoverageIsCompact(t *testing.T) {
	t.Parallel()
	c := NewCoverage()
	addOrganization(c, 2000, 17, 60)
	size, rows, listed := 0, 0, 0
	for row := range c.Rows() {
		text, err := encode(row)
		if err != nil {
			t.Fatal(err)
		}
		size, rows, listed = size+len(text), rows+1, listed+len(row.In)
	}
	if rows != 62 || listed != 2000/100 || size > 20000 {
		t.Errorf("%d rows of %d bytes, %d units are named", rows, size, listed)
	}
}

// addOrganization adds accounts with regions that have facts, and a door for each account. One account in a hundred is refused.
func addOrganization(c *Coverage, accounts, regions, facts int) {
	for a := range accounts {
		id := fmt.Sprintf("%012d", a+100000000000)
		if a%100 == 0 {
			c.Add(door(id, inventory.Denied, "AccessDenied"), nil)
			continue
		}
		c.Add(door(id, inventory.Known, ""), nil)
		for r := range regions {
			for f := range facts {
				c.Add(inventory.Coverage{
					Unit: inventory.Unit{Partition: "aws", Account: id, Region: fmt.Sprint("eu-test-", r)},
					Kind: inventory.AMI, Fact: fmt.Sprint("fact", f), Action: fmt.Sprint("ec2:Describe", f), Status: inventory.Known, Items: 3,
				}, nil)
			}
		}
	}
}

// TestOrderOfUnitsIsNoMatter: parts come in the order in which they were put.
func TestOrderOfUnitsIsNoMatter(t *testing.T) {
	t.Parallel()
	records := randomRecords(rand.New(rand.NewPCG(3, 4)), 100)
	s := spotless()
	s.footer.Coverage = covering(records...)
	slices.Reverse(records)
	reversed := spotless()
	reversed.footer.Coverage = covering(records...)
	for _, format := range Formats() {
		if diff := cmp.Diff(string(s.render(t, format, Options{})), string(reversed.render(t, format, Options{}))); diff != "" {
			t.Errorf("%s:\n%s", format, diff)
		}
	}
}

// TestReadEarlierCoverage reads the rows of reports that spoke of each unit by itself.
func TestReadEarlierCoverage(t *testing.T) {
	t.Parallel()
	text := `{"schema_version":"1","exit":{"code":0},"coverage":[` +
		`{"partition":"aws","account":"1","region":"b","kind":"ami","fact":"image","action":"a:B","status":"known","items":3},` +
		`{"partition":"aws","account":"1","region":"a","kind":"ami","fact":"image","action":"a:B","status":"known","items":1,"narrowed":"import"}]}`
	document, err := Read(bytes.NewReader([]byte(text)), "r.json")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"1/a", "1/b"}, document.Units()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"1/a"}, document.Imported()); diff != "" {
		t.Error(diff)
	}
}

// TestImportedAmongMany: the units of which saved output was judged are known even where no row names them.
func TestImportedAmongMany(t *testing.T) {
	t.Parallel()
	s := spotless()
	var records []inventory.Coverage
	for n := range 100 {
		record := sampleRecords()[0]
		if record.Region = fmt.Sprintf("r%02d", n); n >= 3 {
			record.Narrowed = inventory.NarrowedByImport
		}
		records = append(records, record)
	}
	s.footer.Coverage = covering(records...)
	s.header.Scope.Units = s.footer.Coverage.Units()
	document, err := Read(bytes.NewReader(s.render(t, "json", Options{})), "r.json")
	if err != nil {
		t.Fatal(err)
	}
	if len(document.Coverage) != 2 || document.Coverage[0].In != nil {
		t.Fatalf("%+v", document.Coverage)
	}
	if diff := cmp.Diff(s.header.Scope.Units[3:], document.Imported()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(s.header.Scope.Units, document.Units()); diff != "" {
		t.Error(diff)
	}
}

func TestDigits(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 34000: "34,000", 1234567: "1,234,567", -1000: "-1,000", -100: "-100"} {
		if got := digits(n); got != want {
			t.Errorf("%d: got %s", n, got)
		}
	}
}
