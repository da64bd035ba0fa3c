package collect

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// Entering says how accounts are entered.
type Entering struct {
	Role Role
	// SameOrganization says that the accounts are known to be in the caller's organization: what one of them is told of it
	// holds for all.
	SameOrganization bool
	// Clock gives the observation time.
	Clock func() time.Time
	// Trace is told of every call.
	Trace func(action string, err error)
}

// Door is what entering an account ended with.
type Door struct {
	// Account reads it; nil where it could not be entered.
	Account *Account
	// Part is the account's global unit: which regions it has, or why that is not known.
	Part inventory.Part
}

// Reenter prepares to read an account whose door stands already, and begins its session. Unlike that of Enter, its error is
// what AWS answered.
func (a *Account) Reenter(ctx context.Context, m inventory.Member, e Entering) (*Account, error) {
	if m.ID == a.ID {
		return a, nil
	}
	member := a.as(m.ID, e)
	err := member.begin(ctx)
	e.Trace(inventory.EntersAccount, err)
	return member, err
}

// Refusal says what an error of Reenter was: the action that failed, AWS's code, and whether it was refused for good.
func Refusal(err error) (action, code string, status inventory.Status) {
	fact := refusal(err)
	return fact.Action, fact.Code, fact.Status
}

// Enter begins a session in a member account and asks which regions it has. It fails only when the run is cancelled:
// what AWS refuses is in the part. The caller's own account needs no role.
func (a *Account) Enter(ctx context.Context, m inventory.Member, e Entering) (Door, error) {
	if !m.State.IsOpen() {
		shut := inventory.Fact{Status: inventory.NotVisible, Action: inventory.EntersAccount, Code: string(m.State)}
		return Door{Part: a.doorPart(m, e, shut)}, nil
	}
	member, err := a.Reenter(ctx, m, e)
	if err := cancelled(ctx); err != nil {
		return Door{}, err
	}
	if err != nil {
		return Door{Part: a.doorPart(m, e, refusal(err))}, nil
	}
	fact := member.describeRegions(ctx, e)
	door := Door{Account: member, Part: a.doorPart(m, e, fact)}
	if !fact.Status.IsAnswer() {
		door.Account = nil
	}
	return door, cancelled(ctx)
}

// doorPart is the global unit of an account.
func (a *Account) doorPart(m inventory.Member, e Entering, regions inventory.Fact) inventory.Part {
	id := inventory.Unit{Partition: a.Partition, Account: m.ID, Region: inventory.Global}
	resource := inventory.NewResource(inventory.Account, id, m.ID)
	resource.Facts[regionsFact.Name] = regions
	coverage := inventory.Coverage{
		Unit: id, Kind: regionsFact.Kind, Fact: regionsFact.Name, Action: regions.Action, Status: regions.Status,
		Code: regions.Code,
	}
	if regions.Status.IsAnswer() {
		coverage.Items = 1
	} else {
		coverage.Missing = 1
	}
	return inventory.Part{
		Unit: id, Observed: e.Clock().UTC(), Resources: []inventory.Resource{resource},
		Coverage: []inventory.Coverage{coverage},
	}
}

func (a *Account) describeRegions(ctx context.Context, e Entering) inventory.Fact {
	t := accountFacts()[2].FactType
	u := a.globalUnit(a.ID, e.Clock(), e.Trace)
	out, err := call(ctx, u, t.Action, func(ctx context.Context) (*ec2.DescribeRegionsOutput, error) {
		return u.clients.DescribeRegions(ctx, &ec2.DescribeRegionsInput{})
	})
	switch {
	case err != nil:
		return gap(t, err)
	case len(out.Regions) == 0 || named(out.Regions, regionName) != nil:
		return inventory.Fact{Status: inventory.Error, Action: t.Action, Code: "EmptyAnswer"}
	}
	return known(t, out.Regions)
}

func regionName(r types.Region) *string { return r.RegionName }
