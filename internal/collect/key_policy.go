package collect

import (
	"context"
	"reflect"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"

	"github.com/amiscan/amiscan/internal/inventory"
)

// keyPolicies collects the key policy of every collected key. KMS shows it to the key's own account alone
// (GetKeyPolicy, "Cross-account use: No"), so nobody is asked for another's.
func keyPolicies() collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: ref(inventory.KMSKey, "key_policy"), Scope: inventory.ResourceScope,
			From: []inventory.FactRef{keyFact}, ByName: true, Action: "kms:GetKeyPolicy",
			Calls:   inventory.Calls{Of: inventory.KMSKey, Each: 1},
			Meaning: "The key policy of `aws kms get-key-policy`, parsed; what may be one value or a list is always a list.",
		},
		value: reflect.TypeFor[policyDocument](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		err := each(ctx, u.ids(inventory.KMSKey), func(ctx context.Context, id string) {
			u.putBeside(c.FactRef, id, u.keyPolicy(ctx, c.FactType, id))
		})
		u.cover(c, nil)
		return err
	}
	return c
}

func (u *unit) keyPolicy(ctx context.Context, c inventory.FactType, id string) inventory.Fact {
	if ownerOf(id, u.Account) != u.Account {
		return inventory.Fact{Status: inventory.NotVisible, Action: c.Action}
	}
	// PolicyName has one valid value, which some servers don't take for granted.
	out, err := call(ctx, u, c.Action, func(ctx context.Context) (*kms.GetKeyPolicyOutput, error) {
		return u.clients.GetKeyPolicy(ctx, &kms.GetKeyPolicyInput{KeyId: aws.String(id), PolicyName: aws.String("default")})
	})
	if err != nil {
		return gap(c, err)
	}
	document, err := parsePolicy(aws.ToString(out.Policy))
	if err != nil {
		return inventory.Fact{Status: inventory.Error, Action: c.Action, Code: "MalformedPolicyDocument"}
	}
	return known(c, document)
}
