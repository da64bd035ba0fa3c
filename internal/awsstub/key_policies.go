package awsstub

import (
	"encoding/json"
	"fmt"

	"github.com/amiscan/amiscan/internal/inventory"
)

// keyPolicyName is the one name that a key policy can have (KMS API Reference, GetKeyPolicy).
const keyPolicyName = "default"

// addPolicy keeps the policy in the form in which KMS hands it out: as text inside of JSON.
func (k *key) addPolicy(p inventory.Part, r inventory.Resource) error {
	const name = "key_policy"
	d, _, _, err := newDocument(r, name, keyPolicyShape)
	if err != nil || d.body == nil {
		k.policy = d
		return err
	}
	if arnAccount(r.ID) != p.Account {
		return fmt.Errorf("%s: only the account of the key can read it", name)
	}
	text, err := json.MarshalIndent(d.body, "", "  ")
	if err != nil {
		return fmt.Errorf("%s: encode: %w", name, err)
	}
	k.policy.body, err = json.Marshal(map[string]string{"Policy": string(text), "PolicyName": keyPolicyName})
	return err
}

// getKeyPolicy answers kms:GetKeyPolicy. No account reads the policy of another one's key (KMS API Reference,
// GetKeyPolicy, "Cross-account use: No").
func (s *Stub) getKeyPolicy(r Request) ([]byte, error) {
	k, err := s.key(r, r.Parameters["KeyId"])
	if err != nil {
		return nil, err
	}
	if arnAccount(k.arn) != r.Account {
		return nil, jsonDenied()
	}
	name, named := r.Parameters["PolicyName"]
	if named && name != keyPolicyName || !k.policy.isThere() {
		return nil, invalid("NotFoundException", "No such policy exists")
	}
	return k.policy.whole()
}
