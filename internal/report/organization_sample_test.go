package report

import (
	"fmt"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
)

// The accounts of the made-up organization.
const (
	workload  = "222233334444"
	security  = "333344445555"
	shut      = "444455556666"
	forgotten = "555566667777"
	sandbox   = "666677778888"
)

// organization is a run over three accounts of six: two could not be entered, of which somebody accepts one, and one is
// suspended. One action is denied in two accounts, and somebody accepts it in one of them.
func organization() sample {
	s := sample{header: sampleHeader(), footer: sampleFooter(3, "1 account not read: 555566667777; 1 unit incomplete: 1 verdict unknown; also 3 critical")}
	accepted := fullException("no-sandbox")
	c := NewCoverage()
	for _, id := range []string{account, workload, security} {
		c.Add(door(id, inventory.Known, ""), nil)
		addUnits(c, id)
	}
	c.Add(door(shut, inventory.NotVisible, "SUSPENDED"), nil)
	c.Add(door(forgotten, inventory.Denied, "AccessDenied"), nil)
	c.Add(door(sandbox, inventory.Denied, "AccessDenied"), accepted)
	s.footer.Coverage = c
	s.header.Scope = Scope{Accounts: 3, Units: c.Units(), Regions: regions(17), EnabledRegions: 17, Source: "aws"}
	for i, id := range []string{account, workload, workload} {
		s.findings = append(s.findings, owned(failing("sharing/ami-public", finding.Critical, image(fmt.Sprint("ami-", i), "web", ""), "", "m"), id))
	}
	gap := owned(unknown("sharing/ami-shared-untrusted", finding.High, image("ami-9", "db", ""), finding.NotCollected), workload)
	alike := owned(unknown("sharing/ami-shared-untrusted", finding.High, image("ami-8", "db", ""), finding.NotCollected), security)
	alike.Gaps[0].AcceptedBy = "security-is-apart"
	alike.Suppression = fullException("security-is-apart")
	s.findings = append(s.findings, gap, alike)
	return s.counted()
}

func owned(f finding.Finding, account string) finding.Finding {
	f.Resource.Region = regions(1)[0]
	if len(f.Gaps) > 0 {
		f.Gaps[0].Account, f.Gaps[0].Region = account, f.Resource.Region
	}
	f.Resource.Account, f.Resource.AccountName, f.Resource.OU = account, "team-"+account[:3], "ou-ab12-"+account[:8]
	return f
}

// door is what came of entering an account.
func door(account string, status inventory.Status, code string) inventory.Coverage {
	record := inventory.Coverage{
		Unit: inventory.Unit{Partition: "aws", Account: account, Region: inventory.Global},
		Kind: inventory.Account, Fact: "regions", Action: "ec2:DescribeRegions", Status: status, Code: code, Items: 1,
	}
	if !status.IsAnswer() {
		record.Action, record.Items, record.Missing = "sts:AssumeRole", 0, 1
	}
	return record
}

// addUnits adds 17 regions of an account, all but the first account of which deny an action.
func addUnits(c *Coverage, id string) {
	for _, name := range regions(17) {
		for i, record := range sampleRecords() {
			record.Unit = inventory.Unit{Partition: "aws", Account: id, Region: name}
			var mark *finding.Suppression
			switch {
			case i == 1 && id == account:
				record.Status, record.Code, record.Items, record.Missing = inventory.Known, "", 5, 0
			case i == 1 && id == security:
				mark = fullException("security-is-apart")
			}
			c.Add(record, mark)
		}
	}
}

func regions(n int) []string {
	var names []string
	for i := range n {
		names = append(names, fmt.Sprintf("eu-test-%02d", i+1))
	}
	return names
}
