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

// keys collects the keys that snapshots are encrypted under, each distinct key once.
func keys() collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: ref(inventory.KMSKey, "key"), ListedBy: ref(inventory.Snapshot, "snapshot"), Scope: inventory.ResourceScope,
			From: []inventory.FactRef{ref(inventory.Snapshot, "snapshot")}, Action: "kms:DescribeKey",
			Meaning: "The key as the KeyMetadata of `aws kms describe-key`, for every key that a snapshot names.",
		},
		value: reflect.TypeFor[types.KeyMetadata](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		err := each(ctx, u.snapshotKeys(), func(ctx context.Context, id string) {
			u.putOwned(c.FactRef, id, keyOwner(id, u.Account), u.describeKey(ctx, c.FactType, id))
		})
		u.cover(c, nil)
		return err
	}
	return c
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

func (u *unit) describeKey(ctx context.Context, c inventory.FactType, id string) inventory.Fact {
	out, err := call(ctx, u, c.Action, func(ctx context.Context) (*kms.DescribeKeyOutput, error) {
		return u.clients.DescribeKey(ctx, &kms.DescribeKeyInput{KeyId: aws.String(id)})
	})
	if err != nil {
		return gap(c, err)
	}
	return known(c, out.KeyMetadata)
}

// keyOwner reads the owning account from a key's ARN.
func keyOwner(id, otherwise string) string {
	if parsed, err := arn.Parse(id); err == nil && parsed.AccountID != "" {
		return parsed.AccountID
	}
	return otherwise
}
