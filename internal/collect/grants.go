package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/kms/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// grantsPage is the largest page that KMS gives of grants.
const grantsPage = 100

const listGrantsAction = "kms:ListGrants"

// keyGrants collects all grants of the collected keys. EC2 makes one for every attached volume, so a busy key has
// thousands: a policy that can do with the service roles' grants reads service_role_grants.
func keyGrants() collector {
	return ofKeys[[]types.GrantListEntry](inventory.FactType{
		FactRef: ref(inventory.KMSKey, "grants"), Action: listGrantsAction,
		Meaning: "All grants of the key, as `aws kms list-grants` prints them.",
	}, nil, func(*unit) keyReader { return grantsTo([]string{""}) })
}

// serviceRoleGrants collects the grants that name a service role which launches instances: of the Auto Scaling groups as
// they name it, of fleets and Spot as they are fixed.
func serviceRoleGrants() collector {
	return ofKeys[[]types.GrantListEntry](inventory.FactType{
		FactRef: ref(inventory.KMSKey, "service_role_grants"), Action: listGrantsAction, From: []inventory.FactRef{groupFact},
		Meaning: "The grants of the key to the service roles that launch instances here, as `aws kms list-grants` prints them.",
	}, fleetFacts, func(u *unit) keyReader { return grantsTo(u.serviceRoles()) })
}

// grantsTo lists a key's grants to each of the principals; the empty one stands for all.
func grantsTo(principals []string) keyReader {
	return func(ctx context.Context, u *unit, t inventory.FactType, id string) inventory.Fact {
		grants := []types.GrantListEntry{}
		for _, principal := range principals {
			list, err := u.listGrants(ctx, t.Action, id, principal)
			if err != nil {
				return gap(t, err)
			}
			grants = append(grants, list...)
		}
		fact := known(t, grants)
		// Where no service role launches anything, nobody has to be asked.
		fact.Derived = len(principals) == 0
		return fact
	}
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
