package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"

	"github.com/amiscan/amiscan/internal/inventory"
)

var keyPolicyFact = ref(inventory.KMSKey, "key_policy")

// keyPolicies collects the key policy of every collected key. KMS shows it to the key's own account alone
// (GetKeyPolicy, "Cross-account use: No"), so nobody is asked for another's; with --org its own account is.
func keyPolicies() collector {
	return ofKeys[policyDocument](inventory.FactType{
		FactRef: keyPolicyFact, Action: "kms:GetKeyPolicy",
		Meaning: "The key policy of `aws kms get-key-policy`, parsed; what may be one value or a list is always a list.",
	}, nil, func(*unit) keyReader { return readKeyPolicy })
}

func readKeyPolicy(ctx context.Context, u *unit, t inventory.FactType, id string) inventory.Fact {
	if ownerOf(id, u.Account) != u.Account {
		return inventory.Fact{Status: inventory.NotVisible, Action: t.Action}
	}
	// PolicyName has one valid value, which some servers don't take for granted.
	out, err := call(ctx, u, t.Action, func(ctx context.Context) (*kms.GetKeyPolicyOutput, error) {
		return u.clients.GetKeyPolicy(ctx, &kms.GetKeyPolicyInput{KeyId: aws.String(id), PolicyName: aws.String("default")})
	})
	if err != nil {
		return gap(t, err)
	}
	document, err := parsePolicy(aws.ToString(out.Policy))
	if err != nil {
		return inventory.Fact{Status: inventory.Error, Action: t.Action, Code: "MalformedPolicyDocument"}
	}
	return known(t, document)
}
