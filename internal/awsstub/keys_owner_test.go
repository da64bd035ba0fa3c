package awsstub_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/kms"

	"github.com/amiscan/amiscan/internal/inventory"
)

// TestKeyOfTwoParts holds that each account reads of a key what its own part says, in whichever order the parts come.
func TestKeyOfTwoParts(t *testing.T) {
	t.Parallel()
	seen := resource(inventory.KMSKey, ours, ireland, keyARN, "key", doc{"Arn": keyARN, "KeyId": keyID, "Description": "as seen"})
	parts := []inventory.Part{part(theirs, ireland, seen), part(ours, ireland,
		ourKeyWith("key_policy", keyPolicy(), "key_rotation", doc{"KeyRotationEnabled": true}, "grants", []doc{{"GrantId": "g"}}))}
	for range 2 {
		_, url := serve(t, slices.Clone(parts))
		slices.Reverse(parts)
		owner, other := kmsAs(url, ourKey), kmsAs(url, theirKey)
		if got, err := owner.GetKeyPolicy(t.Context(), &kms.GetKeyPolicyInput{KeyId: ptr(keyARN)}); err != nil || *got.Policy == "" {
			t.Errorf("owner's policy: %v, %v", got, err)
		}
		rotation, err := owner.GetKeyRotationStatus(t.Context(), &kms.GetKeyRotationStatusInput{KeyId: ptr(keyARN)})
		if err != nil || !rotation.KeyRotationEnabled {
			t.Errorf("owner's rotation: %v, %v", rotation, err)
		}
		if got, err := owner.ListGrants(t.Context(), &kms.ListGrantsInput{KeyId: ptr(keyID)}); err != nil || len(got.Grants) != 1 {
			t.Errorf("owner's grants: %v, %v", got, err)
		}
		for name, client := range map[string]*kms.Client{"": owner, "as seen": other} {
			got, err := client.DescribeKey(t.Context(), &kms.DescribeKeyInput{KeyId: ptr(keyARN)})
			if err != nil || got.KeyMetadata.Description != nil && *got.KeyMetadata.Description != name {
				t.Errorf("%q: got %v, %v", name, got, err)
			}
		}
		_, err = other.GetKeyPolicy(t.Context(), &kms.GetKeyPolicyInput{KeyId: ptr(keyARN)})
		wantError(t, err, "AccessDeniedException", 400)
	}
}

// TestOwnKeySeenFromElsewhere holds that an owner can describe a key of which only another account's part holds the
// metadata, whatever else his own part says of it.
func TestOwnKeySeenFromElsewhere(t *testing.T) {
	t.Parallel()
	seen := part(theirs, ireland, resource(inventory.KMSKey, ours, ireland, keyARN, "key", doc{"Arn": keyARN, "KeyId": keyID}))
	policy := func() inventory.Resource {
		return resource(inventory.KMSKey, ours, ireland, keyARN, "key_policy", keyPolicy())
	}
	tests := []struct {
		name   string
		own    inventory.Part
		denied bool
	}{
		{"no part holds it", part(ours, ireland), false},
		{"the owner's part holds the policy", part(ours, ireland, policy()), false},
		{"the owner is denied", part(ours, ireland, deniedFact(policy(), "key")), true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, url := serve(t, []inventory.Part{seen, test.own})
			for _, id := range []string{keyARN, keyID} {
				got, err := kmsAs(url, ourKey).DescribeKey(t.Context(), &kms.DescribeKeyInput{KeyId: &id})
				if test.denied {
					wantError(t, err, "AccessDeniedException", 400)
				} else if err != nil || *got.KeyMetadata.KeyId != keyID {
					t.Errorf("%s: got %v, %v", id, got, err)
				}
			}
		})
	}
	_, url := serve(t, []inventory.Part{seen})
	_, err := kmsAs(url, strangerKey).DescribeKey(t.Context(), &kms.DescribeKeyInput{KeyId: ptr(keyARN)})
	wantError(t, err, "AccessDeniedException", 400)
}
