package link

import (
	"encoding/json"
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

// The aspects of what may lead to an image from another account.
const (
	launching = iota
	running
	naming
	aspects
)

// aspectFacts are the linked facts by aspect.
var aspectFacts = [aspects]inventory.FactRef{
	ref(inventory.AMI, "references_elsewhere"), ref(inventory.AMI, "instances_elsewhere"),
	ref(inventory.AMI, "image_parameters_elsewhere"),
}

// aspectListings stand for all that would have to be read in a unit that nobody read.
var aspectListings = [aspects]inventory.FactRef{versionsFact, instanceFact, metadataFact}

// elsewhere joins what leads to an image from other accounts, as far as these belong to the inventory. It is whole only if
// every account that may launch the image was seen whole in the image's region.
func elsewhere() []linked {
	const whole = "; whole only if all of its audience was seen in the image's region"
	return []linked{
		elsewhereFact(launching, "What launches the image in other accounts, as references has it for its own"+whole+".",
			allPlanFacts(), accountBeside(referenceFields()),
			func(c *crossings, owner string) []json.RawMessage {
				return encoded(c.launches, func(l foreignLaunch) bool { return l.Account != owner })
			}),
		elsewhereFact(running, "The instances of other accounts that were launched from the image"+whole+".",
			[]inventory.FactRef{instanceFact}, instanceElsewhereSchema(),
			func(c *crossings, owner string) []json.RawMessage {
				return encoded(c.instances, func(i foreignInstance) bool { return i.Account != owner })
			}),
		elsewhereFact(naming, "Other accounts' SSM parameters of the data type aws:ec2:image that hold the image"+whole+".",
			[]inventory.FactRef{metadataFact, imageParameterFact}, accountBeside(Schema{"Name": Schema{"type": "string"}}),
			func(c *crossings, owner string) []json.RawMessage {
				return encoded(c.parameters, func(p foreignParameter) bool { return p.Account != owner })
			}),
	}
}

func elsewhereFact(
	aspect int, meaning string, from []inventory.FactRef, schema Schema, members func(c *crossings, owner string) []json.RawMessage,
) linked {
	return linked{
		FactType: inventory.FactType{
			FactRef: aspectFacts[aspect], Linked: true, Scope: inventory.OrganizationScope, Meaning: meaning,
			From: append([]inventory.FactRef{imageFact, launchPermissionsFact, organizationFact, accountFact, regionsFact}, from...),
		},
		schema: func(map[inventory.FactRef]Schema) Schema { return schema },
		build: func(ix *index, r inventory.Resource) inventory.Fact {
			l := &list{unit: r.Unit, gaps: ix.unseenBy(ix.audience(r), r, aspect)}
			if c := ix.world.crossings[place{r.Region, r.ID}]; c != nil {
				l.values = members(c, r.Account)
			}
			return l.fact()
		},
	}
}

// accountBeside is the schema of a list of objects that name an account besides.
func accountBeside(fields Schema) Schema {
	fields["account"] = Schema{"type": "string"}
	return listOfObjects(fields)
}

func instanceElsewhereSchema() Schema {
	text := Schema{"type": "string"}
	return accountBeside(Schema{
		"InstanceId": text, "LaunchTime": text,
		"State": Schema{"type": "object", "additionalProperties": false, "properties": Schema{"Name": text}},
	})
}

// unseenBy returns why more may lead to images of this audience, once for all of them.
func (ix *index) unseenBy(a *audience, r inventory.Resource, aspect int) []inventory.Gap {
	if a.unseen[aspect] != nil {
		return a.unseen[aspect].gaps
	}
	l := &list{unit: r.Unit, gaps: slices.Clip(a.unresolved.gaps)}
	for _, g := range a.grantees {
		if g.Kind == "all" {
			l.lack(launchPermissionsFact.Name, inventory.Fact{Status: inventory.NotVisible})
		}
	}
	for _, account := range a.accounts {
		for _, gap := range ix.unseenIn(r, account, aspect) {
			l.addGap(gap)
		}
	}
	a.unseen[aspect] = l
	return l.gaps
}

// unseenIn returns why more may lead to an image from one account.
func (ix *index) unseenIn(r inventory.Resource, account string, aspect int) []inventory.Gap {
	unread := inventory.Fact{Status: inventory.NotCollected}
	at := inventory.Unit{Partition: r.Partition, Account: account, Region: r.Region}
	unit, seen := ix.world.units[place{r.Region, account}]
	switch d, entered := ix.world.doors[account]; {
	case seen && ix.world.wanted[aspect]:
		return unit.of(aspect)
	case seen:
	case entered && d.gap != nil:
		return []inventory.Gap{*d.gap}
	case entered && !d.enables(r.Region):
		// A region that was disabled keeps its resources and shows them to nobody (Account Management Reference Guide,
		// "Enable or disable AWS Regions in your account").
		unread.Status = inventory.NotVisible
	case !entered:
		unread = ix.unentered(r, account)
	}
	unread = ix.withAction(aspectListings[aspect], unread)
	return []inventory.Gap{{
		Fact: aspectListings[aspect].Name, Status: unread.Status, Action: unread.Action, Code: unread.Code, Unit: at,
	}}
}

// unentered is why an account was not read that nobody tried to enter. One that is not in use can't be entered, and neither
// can a stranger's; any other could be.
func (ix *index) unentered(r inventory.Resource, account string) inventory.Fact {
	own, gap := ix.ownOrganization(r)
	if own == nil {
		return inventory.Fact{Status: inventory.NotCollected}
	}
	m, found := own.find(account)
	switch {
	case found && !m.State.IsOpen():
		return inventory.Fact{Status: inventory.NotVisible, Code: string(m.State)}
	case !found && gap == nil:
		return inventory.Fact{Status: inventory.NotVisible}
	}
	return inventory.Fact{Status: inventory.NotCollected}
}
