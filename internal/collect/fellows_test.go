package collect

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

// fellowsAfter are accounts of which every one refuses to be entered first, with this error; it counts the attempts.
func fellowsAfter(refusal error) (fellows *Fellows, attempts *int) {
	attempts = new(int)
	return NewFellows(func(_ context.Context, account string) (*Account, error) {
		if *attempts++; *attempts == 1 {
			return nil, refusal
		}
		return &Account{ID: account, Partition: "aws", pace: NewPace(Pacing{})}, nil
	}), attempts
}

// What kept an account from answering for a while is no answer for those that ask later, and a refusal for good is one.
func TestFellowsThatRefuse(t *testing.T) {
	t.Parallel()
	known := inventory.Fact{Status: inventory.Known, Value: []byte(`{}`)}
	refusal := func(status inventory.Status, code string) inventory.Fact {
		return inventory.Fact{Status: status, Action: inventory.EntersAccount, Code: code}
	}
	denied := refusal(inventory.Denied, "AccessDenied")
	throttled := refusal(inventory.Throttled, "ThrottlingException")
	tests := []struct {
		name     string
		refusal  error
		want     []inventory.Fact
		attempts int
	}{
		{"throttled", refused("ThrottlingException"), []inventory.Fact{throttled, known, known}, 2},
		{"cut off", errors.New("reset"), []inventory.Fact{refusal(inventory.Error, ""), known, known}, 2},
		{"denied", refused("AccessDenied"), []inventory.Fact{denied, denied, denied}, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			fellows, attempts := fellowsAfter(test.refusal)
			var got []inventory.Fact
			for range test.want {
				asker := newUnit(testUnit, clients{}, Request{Fellows: fellows})
				got = append(got, asker.aboutKey(t.Context(), keyPolicies().FactType, foreignKey,
					func(_ context.Context, by *unit, _ inventory.FactType, _ string) inventory.Fact {
						if by.Account != theirs || by.Region != testUnit.Region {
							t.Errorf("%s was asked", by.Unit)
						}
						return known
					}))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("answers (-want +got):\n%s", diff)
			}
			if *attempts != test.attempts {
				t.Errorf("the account was entered %d times, want %d", *attempts, test.attempts)
			}
		})
	}
}
