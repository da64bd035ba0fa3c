package collect

import (
	"context"
	"reflect"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/kms/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// grantsPage is the largest page that KMS gives of grants.
const grantsPage = 100

// keyGrants collects all grants of the collected keys. EC2 makes one for every attached volume, so a busy key has
// thousands: a policy that can do with the service roles' grants reads service_role_grants.
func keyGrants() collector {
	return grantsCollector("grants", []inventory.FactRef{keyFact}, nil,
		"All grants of the key, as `aws kms list-grants` prints them.", func(*unit) []string { return []string{""} })
}

// serviceRoleGrants collects the grants that name a service role which launches instances: of the Auto Scaling groups as
// they name it, of fleets and Spot as they are fixed.
func serviceRoleGrants() collector {
	return grantsCollector("service_role_grants", []inventory.FactRef{keyFact, groupFact}, fleetFacts,
		"The grants of the key to the service roles that launch instances here, as `aws kms list-grants` prints them.",
		(*unit).serviceRoles)
}

func grantsCollector(
	name string, from, after []inventory.FactRef, meaning string, principals func(*unit) []string,
) collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: ref(inventory.KMSKey, name), Scope: inventory.ResourceScope, From: from, ByName: true,
			Action: "kms:ListGrants", Calls: inventory.Calls{Of: inventory.KMSKey, Each: 1}, Meaning: meaning,
		},
		after: after,
		value: reflect.TypeFor[[]types.GrantListEntry](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		roles := principals(u)
		err := each(ctx, u.ids(inventory.KMSKey), func(ctx context.Context, id string) {
			u.putBeside(c.FactRef, id, u.grantsTo(ctx, c.FactType, id, roles))
		})
		u.cover(c, nil)
		return err
	}
	return c
}

// grantsTo lists a key's grants to each of the principals; the empty one stands for all.
func (u *unit) grantsTo(ctx context.Context, c inventory.FactType, id string, principals []string) inventory.Fact {
	grants := []types.GrantListEntry{}
	for _, principal := range principals {
		list, err := u.listGrants(ctx, c.Action, id, principal)
		if err != nil {
			return gap(c, err)
		}
		grants = append(grants, list...)
	}
	fact := known(c, grants)
	// Where no service role launches anything, nobody has to be asked.
	fact.Derived = len(principals) == 0
	return fact
}

func (u *unit) listGrants(ctx context.Context, action, key, principal string) ([]types.GrantListEntry, error) {
	return readAll(ctx, u, action, func(g types.GrantListEntry) *string { return g.GrantId },
		func(ctx context.Context, u *unit, marker *string) ([]types.GrantListEntry, *string, error) {
			input := &kms.ListGrantsInput{KeyId: aws.String(key), Limit: aws.Int32(grantsPage), Marker: marker}
			if principal != "" {
				input.GranteePrincipal = aws.String(principal)
			}
			out, err := u.clients.ListGrants(ctx, input)
			if err != nil {
				return nil, nil, err
			}
			return listOf(out.Grants, out.NextMarker)
		})
}
