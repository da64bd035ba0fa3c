package collect

import (
	"context"
	"reflect"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/arn"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/kms/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

var (
	keyFact        = ref(inventory.KMSKey, "key")
	targetFact     = ref(inventory.KMSAlias, "target")
	defaultKeyFact = ref(inventory.Settings, "ebs_default_kms_key")
)

// keys collects the keys that snapshots are encrypted under and those that launches and the EBS default name, as far as
// snapshots, launches and the default are collected: each distinct key once.
func keys() collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: keyFact, ListedBy: ref(inventory.Snapshot, "snapshot"), Scope: inventory.ResourceScope,
			ByName: true, Action: "kms:DescribeKey",
			Calls: inventory.Calls{Of: inventory.KMSKey, Each: 1},
			Meaning: "The key as the KeyMetadata of `aws kms describe-key`, for every key that a snapshot names, and for those " +
				"that launches and the EBS default name, where these are collected.",
		},
		after: keySources(),
		value: reflect.TypeFor[types.KeyMetadata](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		err := each(ctx, u.missingKeys(), func(ctx context.Context, id string) {
			u.putOwned(c.FactRef, id, ownerOf(id, u.Account), u.aboutKey(ctx, c.FactType, id, readKey))
		})
		u.cover(c, nil)
		return err
	}
	return c
}

// keySources are the facts that name keys.
func keySources() []inventory.FactRef {
	return append([]inventory.FactRef{ref(inventory.Snapshot, "snapshot"), defaultKeyFact, targetFact}, launcherFacts...)
}

// keyReader reads a fact of one key by the calls of a unit, which may be another account's.
type keyReader func(ctx context.Context, by *unit, t inventory.FactType, id string) inventory.Fact

func readKey(ctx context.Context, by *unit, t inventory.FactType, id string) inventory.Fact {
	fact, _ := by.describeKey(ctx, t, id)
	return fact
}

// ofKeys makes the collector of a further fact of every key. It reads beside DescribeKey, not after it: whoever names a key
// names it by its ARN. The reader is made once for all keys of a unit.
func ofKeys[Value any](t inventory.FactType, after []inventory.FactRef, reader func(u *unit) keyReader) collector {
	t.Scope, t.ByName, t.From = inventory.ResourceScope, true, append([]inventory.FactRef{keyFact}, t.From...)
	t.Calls = inventory.Calls{Of: inventory.KMSKey, Each: 1}
	c := collector{
		FactType: t, beside: []inventory.FactRef{keyFact}, after: append(keySources(), after...), value: reflect.TypeFor[Value](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		read := reader(u)
		err := each(ctx, u.allKeys(), func(ctx context.Context, id string) {
			u.putOwned(t.FactRef, id, ownerOf(id, u.Account), u.aboutKey(ctx, t, id, read))
		})
		u.cover(c, nil)
		return err
	}
	return c
}

// allKeys are the keys that are described or about to be, sorted.
func (u *unit) allKeys() []string {
	ids := append(u.missingKeys(), u.ids(inventory.KMSKey)...)
	slices.Sort(ids)
	return slices.Compact(ids)
}

// missingKeys are the keys that were not described yet as the target of another name, sorted.
func (u *unit) missingKeys() []string {
	ids := append(u.snapshotKeys(), slices.DeleteFunc(u.keyNames(), func(name string) bool {
		return !keyARN.MatchString(name)
	})...)
	slices.Sort(ids)
	// A key that is there may have come by its policy, which is read at the same time.
	return slices.DeleteFunc(slices.Compact(ids), func(id string) bool {
		return u.fact(keyFact, id).Status != inventory.NotCollected
	})
}

// snapshotKeys returns the distinct keys of all collected snapshots, sorted.
func (u *unit) snapshotKeys() []string {
	var ids []string
	for _, id := range u.ids(inventory.Snapshot) {
		var snapshot ec2types.Snapshot
		if u.value(ref(inventory.Snapshot, "snapshot"), id, &snapshot) && aws.ToString(snapshot.KmsKeyId) != "" {
			ids = append(ids, *snapshot.KmsKeyId)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (u *unit) describeKey(
	ctx context.Context, c inventory.FactType, id string,
) (inventory.Fact, *types.KeyMetadata) {
	out, err := call(ctx, u, c.Action, func(ctx context.Context) (*kms.DescribeKeyOutput, error) {
		return u.clients.DescribeKey(ctx, &kms.DescribeKeyInput{KeyId: aws.String(id)})
	})
	if err != nil {
		return gap(c, err), nil
	}
	return known(c, out.KeyMetadata), out.KeyMetadata
}

// ownerOf reads the owning account from an ARN.
func ownerOf(id, otherwise string) string {
	if parsed, err := arn.Parse(id); err == nil && parsed.AccountID != "" {
		return parsed.AccountID
	}
	return otherwise
}
