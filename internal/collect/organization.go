package collect

import (
	"context"
	"reflect"

	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// organization collects which organization the account is in: any member may ask, and what is shared with one's own
// organization is not shared with strangers.
func organization() collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: ref(inventory.Settings, "organization"), Scope: inventory.ResourceScope,
			Calls:   inventory.Calls{Least: 1},
			Action:  "organizations:DescribeOrganization",
			Meaning: "The organization that the account is in, as `aws organizations describe-organization` prints it.",
		},
		value: reflect.TypeFor[types.Organization](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		fact := u.clients.organization.do("", func() inventory.Fact { return u.describeOrganization(ctx, c.FactType) })
		u.put(c.FactRef, u.Account+"/"+u.Region, fact)
		u.cover(c, nil)
		u.whole(c)
		return cancelled(ctx)
	}
	return c
}

func (u *unit) describeOrganization(ctx context.Context, c inventory.FactType) inventory.Fact {
	out, err := call(ctx, u, c.Action, func(ctx context.Context) (*organizations.DescribeOrganizationOutput, error) {
		return u.clients.DescribeOrganization(ctx, &organizations.DescribeOrganizationInput{})
	})
	if err != nil {
		return gap(c, err)
	}
	return known(c, out.Organization)
}
