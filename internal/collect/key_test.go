package collect

import (
	"context"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/kms/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

func TestKeys(t *testing.T) {
	t.Parallel()
	const (
		own     = "arn:aws:kms:eu-west-1:111122223333:key/own"
		foreign = "arn:aws:kms:eu-west-1:999900001111:key/foreign"
		denied  = "arn:aws:kms:eu-west-1:111122223333:key/denied"
		gone    = "arn:aws:kms:eu-west-1:111122223333:key/gone"
	)
	var all []ec2types.Snapshot
	for i, key := range []string{own, foreign, own, denied, gone, own, ""} {
		s := snapshot("snap-"+string(rune('a'+i)), ours)
		s.KmsKeyId = aws.String(key)
		all = append(all, s)
	}
	refusals := map[string]error{denied: refused("AccessDeniedException"), gone: refused("NotFoundException")}
	var mu sync.Mutex
	asked := map[string]int{}
	c := noCalls(t)
	c.DescribeSnapshots = serveSnapshots(append(all, snapshot("snap-z", ours))...)
	c.DescribeKey = func(
		_ context.Context, in *kms.DescribeKeyInput, _ ...func(*kms.Options),
	) (*kms.DescribeKeyOutput, error) {
		mu.Lock()
		defer mu.Unlock()
		asked[*in.KeyId]++
		return &kms.DescribeKeyOutput{KeyMetadata: &types.KeyMetadata{KeyId: in.KeyId}}, refusals[*in.KeyId]
	}
	part := read(t, c, Request{Facts: closure(t, "kms_key.key", "snapshot.snapshot")})
	if diff := cmp.Diff(map[string]int{own: 1, foreign: 1, denied: 1, gone: 1}, asked); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
	key := func(id string) inventory.Fact { return factOf(t, part, inventory.KMSKey, id, "key") }
	wantFact(t, key(own), inventory.Known, "", `{"Enabled":false,"KeyId":"`+own+`"}`)
	wantFact(t, key(foreign), inventory.Known, "", `{"Enabled":false,"KeyId":"`+foreign+`"}`)
	wantFact(t, key(denied), inventory.Denied, "AccessDeniedException", "")
	wantFact(t, key(gone), inventory.NotFound, "NotFoundException", "")
	for _, r := range part.Resources {
		if want := map[bool]string{true: theirs, false: ours}[r.ID == foreign]; r.Account != want {
			t.Errorf("%s belongs to %s", r.ID, r.Account)
		}
	}
	if c := part.CoverageOf(inventory.KMSKey, "key"); c.Items != 3 || c.Missing != 1 || c.Code != "AccessDeniedException" {
		t.Errorf("coverage is %+v", c)
	}
}

func TestOwnerOf(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"arn:aws:kms:eu-west-1:999900001111:key/k": theirs, "k": ours, "arn:aws:kms:eu-west-1::key/k": ours, "": ours,
	}
	for id, want := range tests {
		if got := ownerOf(id, ours); got != want {
			t.Errorf("%q belongs to %s, want %s", id, got, want)
		}
	}
}

// A key whose policy was read first is described all the same: both are asked for at once, and either may be faster.
func TestKeyWhosePolicyComesFirst(t *testing.T) {
	t.Parallel()
	const id = "arn:aws:kms:eu-west-1:111122223333:key/own"
	u := newUnit(testUnit, clients{}, Request{})
	s := snapshot("snap-a", ours)
	s.KmsKeyId = aws.String(id)
	fact := inventory.FactType{FactRef: ref(inventory.Snapshot, "snapshot")}
	u.put(fact.FactRef, "snap-a", known(fact, s))
	u.putOwned(ref(inventory.KMSKey, "key_policy"), id, ours, inventory.Fact{Status: inventory.Denied})
	if got := u.missingKeys(); len(got) != 1 || got[0] != id {
		t.Errorf("keys that are not described yet: %v", got)
	}
	u.putOwned(keyFact, id, ours, inventory.Fact{Status: inventory.Denied})
	if got, all := u.missingKeys(), u.allKeys(); len(got) != 0 || len(all) != 1 {
		t.Errorf("described, and yet missing: %v of %v", got, all)
	}
}
