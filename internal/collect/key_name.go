package collect

import (
	"context"
	"reflect"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/amiscan/amiscan/internal/inventory"
)

// keyTarget says which key a name leads to.
type keyTarget struct {
	// KmsKeyId is the name as it was written.
	KmsKeyId string
	Arn      string
}

// keyTargets collects which keys the names stand for that launches and the EBS default use: aliases, ARNs of aliases and
// bare ids. KMS answers with the key itself, which is kept as the key's own fact.
func keyTargets() collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: targetFact, Scope: inventory.UnitScope, Action: "kms:DescribeKey",
			Calls:   inventory.Calls{Of: inventory.KMSAlias, Each: 1},
			Meaning: "The key that an alias or a bare id leads to, for every such name that a launch or the EBS default uses.",
		},
		after: append([]inventory.FactRef{defaultKeyFact}, launcherFacts...),
		value: reflect.TypeFor[keyTarget](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		names := slices.DeleteFunc(u.keyNames(), keyARN.MatchString)
		err := each(ctx, names, func(ctx context.Context, name string) { u.followKeyName(ctx, c.FactType, name) })
		u.cover(c, nil)
		u.whole(c)
		return err
	}
	return c
}

func (u *unit) followKeyName(ctx context.Context, c inventory.FactType, name string) {
	fact, key := u.describeKey(ctx, c, name)
	switch {
	case key == nil:
		u.put(c.FactRef, name, fact)
		return
	case aws.ToString(key.Arn) == "":
		u.put(c.FactRef, name, inventory.Fact{Status: inventory.Error, Action: c.Action, Code: "EmptyAnswer"})
		return
	}
	u.put(c.FactRef, name, known(c, keyTarget{KmsKeyId: name, Arn: *key.Arn}))
	u.putOwned(keyFact, *key.Arn, ownerOf(*key.Arn, u.Account), fact)
}
