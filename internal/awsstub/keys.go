package awsstub

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// key is one KMS key as one part knows it. A document without a body is not there.
type key struct {
	arn string
	// metadata, policy and rotation are what DescribeKey, GetKeyPolicy and GetKeyRotationStatus tell.
	metadata, policy, rotation document
	// cannotRotate says that the rotation status of the key cannot be asked for.
	cannotRotate bool
	grants       keyGrants
}

func (c *catalog) addKey(p inventory.Part, r inventory.Resource) error {
	k := &key{arn: r.ID}
	for _, add := range []func(inventory.Part, inventory.Resource) error{
		k.addMetadata, k.addPolicy, k.addRotation, k.addGrants,
	} {
		if err := add(p, r); err != nil {
			return err
		}
	}
	at := place{p.Account, p.Region}
	if !k.isThere() {
		return nil
	}
	if c.keys[at] == nil {
		c.keys[at] = map[string]*key{}
	}
	if c.keys[at][r.ID] != nil {
		return errors.New("it is there twice")
	}
	c.keys[at][r.ID] = k
	return nil
}

// isThere reports whether anything is known of a key.
func (k *key) isThere() bool {
	return k.metadata.isThere() || k.policy.isThere() || k.rotation.isThere() || k.cannotRotate || k.grants.isThere()
}

func (k *key) addMetadata(_ inventory.Part, r inventory.Resource) error {
	d, value, _, err := newDocument(r, "key", keyShape)
	if err != nil {
		return err
	}
	k.metadata = d
	return sameAs(value, "key", "Arn", r.ID)
}

// addRotation keeps what GetKeyRotationStatus answers. UnsupportedOperationException is among its errors (KMS API
// Reference); in the inventory, such a fact has the status unsupported.
func (k *key) addRotation(_ inventory.Part, r inventory.Resource) (err error) {
	const name = "key_rotation"
	if k.cannotRotate = r.Facts[name].Status == inventory.Unsupported; k.cannotRotate {
		return nil
	}
	k.rotation, _, _, err = newDocument(r, name, keyRotationShape)
	return err
}

// describeKey answers kms:DescribeKey for a key id, a key ARN, an alias or an alias ARN.
func (s *Stub) describeKey(r Request) ([]byte, error) {
	id := r.Parameters["KeyId"]
	if k, err := s.key(r, id); err == nil && k.metadata.isThere() {
		return k.metadata.member("KeyMetadata")
	}
	if d, ok := s.aliased(r, id); ok {
		return d.member("KeyMetadata")
	}
	if _, err := s.key(r, id); err != nil {
		return nil, err
	}
	return nil, keyNotFound(id)
}

// getKeyRotationStatus answers kms:GetKeyRotationStatus.
func (s *Stub) getKeyRotationStatus(r Request) ([]byte, error) {
	k, err := s.key(r, r.Parameters["KeyId"])
	switch {
	case err != nil:
		return nil, err
	case k.cannotRotate:
		return nil, invalid("UnsupportedOperationException", "")
	case !k.rotation.isThere():
		return nil, keyNotFound(k.arn)
	}
	return k.rotation.whole()
}

// key finds a key by its ARN, or by its id where it is the caller's own. The caller's parts say which keys he may use;
// one that only others' parts know is denied to him, as its key policy would. Calls other than DescribeKey take no
// alias (KMS API Reference, KeyId of each).
func (s *Stub) key(r Request, id string) (*key, error) {
	if id == "" {
		return nil, invalid("ValidationException", "1 validation error detected: Value at 'keyId' failed to satisfy "+
			"constraint: Member must not be null")
	}
	seen := s.catalog.keys[place{r.Account, r.Region}]
	if k := cmp.Or(seen[id], seen[s.ownKMS(r)+"key/"+id]); k != nil {
		return k, nil
	}
	for at, keys := range s.catalog.keys {
		if keys[id] != nil && at.region == r.Region {
			return nil, jsonDenied()
		}
	}
	return nil, keyNotFound(id)
}

// ownKMS is what the ARNs of the caller's own keys and aliases begin with.
func (s *Stub) ownKMS(r Request) string {
	return "arn:" + cmp.Or(s.catalog.partitions[r.Account], "aws") + ":kms:" + r.Region + ":" + r.Account + ":"
}

// lendMetadata gives to each account what other accounts' parts tell of its keys, where its own part does not: nobody is
// denied his own key because it was seen from elsewhere.
func (c *catalog) lendMetadata() {
	for _, at := range slices.SortedFunc(maps.Keys(c.keys), comparePlaces) {
		for _, arn := range sortedKeys(c.keys[at]) {
			owner, k := place{arnAccount(arn), at.region}, c.keys[at][arn]
			if owner == at || owner.account == "" || k.metadata.body == nil {
				continue
			}
			if c.keys[owner] == nil {
				c.keys[owner] = map[string]*key{}
			}
			if c.keys[owner][arn] == nil {
				c.keys[owner][arn] = &key{arn: arn}
			}
			if own := c.keys[owner][arn]; !own.metadata.isThere() {
				own.metadata = k.metadata
			}
		}
	}
}

func comparePlaces(a, b place) int {
	return cmp.Or(cmp.Compare(a.account, b.account), cmp.Compare(a.region, b.region))
}

// arnAccount reads the owning account out of an ARN: arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE.
func arnAccount(arn string) string {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) != 6 {
		return ""
	}
	return parts[4]
}

func keyNotFound(id string) error { return invalid("NotFoundException", "Key '"+id+"' does not exist") }
