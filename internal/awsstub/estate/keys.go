package estate

import (
	"github.com/amiscan/amiscan/internal/inventory"
)

// centralKeys is how many keys the keyring has in a region. The last one has a key policy that lets in too few.
const centralKeys = 2

func (e *Estate) centralKey(region, n int) string {
	return e.keyARN(region, keyring, e.uuid("central", region, n))
}

func (e *Estate) keyARN(region, account int, id string) string {
	return "arn:aws:kms:" + e.regions[region] + ":" + accountID(account) + ":key/" + id
}

// addCentralKeys adds the keys that golden images are encrypted with.
func (b *builder) addCentralKeys() {
	for n := range centralKeys {
		users := doc{"Sid": "Organization", "Effect": "Allow", "Principal": doc{"AWS": []string{"*"}},
			"Action":    []string{"kms:Decrypt", "kms:DescribeKey", "kms:CreateGrant", "kms:ReEncrypt*", "kms:GenerateDataKey*"},
			"Resource":  []string{"*"},
			"Condition": doc{"StringEquals": doc{"aws:PrincipalOrgID": []string{b.organizationID()}}}}
		if n == centralKeys-1 {
			users["Principal"] = doc{"AWS": []string{"arn:aws:iam::" + accountID(imageFactory) + ":root"}}
			delete(users, "Condition")
		}
		b.addKey(b.centralKey(b.region, n), users)
	}
}

// addForeignKey adds what an account sees of a central key.
func (b *builder) addForeignKey(region, n int) {
	arn := b.centralKey(region, n)
	owner := inventory.Unit{Partition: partition, Account: accountID(keyring), Region: b.part.Region}
	b.addOf(owner, inventory.KMSKey, arn, facts{"key": metadata(arn, owner.Account, "CUSTOMER")})
}

// addKey adds a key of the account, with further statements in its policy.
func (b *builder) addKey(arn string, statements ...doc) {
	rotates := b.chance(80)
	rotation := doc{"KeyId": arn, "KeyRotationEnabled": rotates}
	if rotates {
		rotation["RotationPeriodInDays"] = 365
	}
	owner := doc{"Sid": "Account", "Effect": "Allow", "Principal": doc{"AWS": []string{"arn:aws:iam::" + b.part.Account + ":root"}},
		"Action": []string{"kms:*"}, "Resource": []string{"*"}}
	b.add(inventory.KMSKey, arn, facts{
		"key": metadata(arn, b.part.Account, "CUSTOMER"), "key_rotation": rotation,
		"key_policy": doc{"Version": "2012-10-17", "Statement": append([]doc{owner}, statements...)},
		"grants": []doc{{"GrantId": b.uuid("grant", b.account, b.region), "KeyId": arn, "Operations": []string{"Decrypt"},
			"GranteePrincipal": "arn:aws:iam::" + b.part.Account + ":role/restore"}}})
}

// metadata is what DescribeKey tells of a key.
func metadata(arn, account, manager string) doc {
	return doc{"Arn": arn, "KeyId": arn[len(arn)-36:], "AWSAccountId": account, "Enabled": true, "KeyState": "Enabled",
		"KeyManager": manager, "KeySpec": "SYMMETRIC_DEFAULT", "KeyUsage": "ENCRYPT_DECRYPT", "Origin": "AWS_KMS",
		"CreationDate": "2024-03-01T09:00:00Z", "MultiRegion": false}
}

// addKeys adds the keys that an ordinary account encrypts with, and returns them: its own, the one that AWS manages for it
// and a central one.
func (b *builder) addKeys() []string {
	own := b.keyARN(b.region, b.account, b.uuid("own", b.account, b.region))
	managed := b.keyARN(b.region, b.account, b.uuid("managed", b.account, b.region))
	b.addKey(own)
	b.add(inventory.KMSKey, managed, facts{"key": metadata(managed, b.part.Account, "AWS"),
		"key_rotation": doc{"KeyId": managed, "KeyRotationEnabled": true}})
	b.addForeignKey(b.region, 0)
	return []string{own, own, managed, b.centralKey(b.region, 0)}
}
