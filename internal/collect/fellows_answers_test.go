package collect

import (
	"context"
	"errors"
	"testing"

	"github.com/amiscan/amiscan/internal/inventory"
)

// What was answered for good is kept for all who use a key; what went wrong only for those who waited for it.
func TestAnswersOfAKeysAccount(t *testing.T) {
	t.Parallel()
	tests := []struct {
		first inventory.Status
		calls int
	}{
		{inventory.Known, 1}, {inventory.NotFound, 1}, {inventory.Denied, 1},
		{inventory.Error, 2}, {inventory.Throttled, 2}, {inventory.Unsupported, 2},
	}
	for _, test := range tests {
		t.Run(string(test.first), func(t *testing.T) {
			t.Parallel()
			calls := 0
			read := func(context.Context, *unit, inventory.FactType, string) inventory.Fact {
				if calls++; calls == 1 {
					return inventory.Fact{Status: test.first}
				}
				return inventory.Fact{Status: inventory.Known}
			}
			u := newUnit(inventory.Unit{Account: ours}, clients{}, Request{Fellows: NewFellows(nil)})
			home := keeper{unit: newUnit(inventory.Unit{Account: theirs}, clients{}, Request{})}
			for range 3 {
				u.atHome(t.Context(), home, inventory.FactType{FactRef: keyPolicyFact}, "key", read)
			}
			if calls != test.calls {
				t.Errorf("the account was asked %d times, want %d", calls, test.calls)
			}
		})
	}
}

// usersOfAKey are two units that use keys of a third account, which belongs to the run.
func usersOfAKey() (a, b *unit) {
	fellows := NewFellows(func(context.Context, string) (*Account, error) {
		return accountBy(answeringImages, NewPace(Pacing{})), nil
	})
	user := func(account string) *unit {
		return newUnit(inventory.Unit{Partition: "aws", Account: account, Region: "eu-west-1"}, clients{}, Request{Fellows: fellows})
	}
	return user(theirs), user("555566667777")
}

const keyAtHome = "arn:aws:kms:eu-west-1:" + ours + ":key/11111111-2222-3333-4444-555555555555"

// An account that ceases to answer may answer the next unit.
func TestOutageAtHomeEndsWithTheUnit(t *testing.T) {
	t.Parallel()
	a, b := usersOfAKey()
	const action = "kms:GetKeyPolicy"
	for range outageCalls {
		a.keeperOf(t.Context(), keyAtHome).unit.outages.note(action, errors.New("reset"))
	}
	if a.keeperOf(t.Context(), keyAtHome).unit.outages.over(action) == nil {
		t.Error("the unit goes on asking")
	}
	if err := b.keeperOf(t.Context(), keyAtHome).unit.outages.over(action); err != nil {
		t.Errorf("another unit does not ask: %v", err)
	}
}

// To a stranger, KMS says of a key that there is none: that is no answer where its own account gave none. A list of grants
// may be shorter for strangers.
func TestWhatStrangersKnowOfAKey(t *testing.T) {
	t.Parallel()
	key, grants := inventory.FactType{FactRef: keyFact}, inventory.FactType{Action: listGrantsAction}
	tests := []struct {
		fact            inventory.FactType
		home, own, want inventory.Status
	}{
		{key, inventory.Error, inventory.NotFound, inventory.Error},
		{key, inventory.Error, inventory.NotVisible, inventory.Error},
		{key, inventory.Error, inventory.Known, inventory.Known},
		{key, inventory.Denied, inventory.Known, inventory.Known},
		{grants, inventory.Error, inventory.Known, inventory.Error},
		{grants, inventory.Denied, inventory.Known, inventory.Known},
		{inventory.FactType{FactRef: keyPolicyFact}, inventory.Denied, inventory.NotVisible, inventory.Denied},
	}
	for _, test := range tests {
		u, _ := usersOfAKey()
		fact := u.aboutKey(t.Context(), test.fact, keyAtHome, func(
			_ context.Context, by *unit, _ inventory.FactType, _ string,
		) inventory.Fact {
			return inventory.Fact{Status: map[bool]inventory.Status{true: test.own, false: test.home}[by == u]}
		})
		if fact.Status != test.want {
			t.Errorf("%s of the key: at home %s, the user's own answer %s: got %s, want %s",
				test.fact.Name, test.home, test.own, fact.Status, test.want)
		}
	}
}
