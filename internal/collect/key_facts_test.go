package collect

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/kms/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

const (
	ownKey     = "arn:aws:kms:eu-west-1:111122223333:key/own"
	foreignKey = "arn:aws:kms:eu-west-1:999900001111:key/foreign"
	goneKey    = "arn:aws:kms:eu-west-1:111122223333:key/gone"
)

// withKeys lists a snapshot for every key, which all can be described.
func withKeys(t *testing.T, keys ...string) clients {
	t.Helper()
	var all []ec2types.Snapshot
	for i, key := range keys {
		s := snapshot(fmt.Sprintf("snap-%d", i), ours)
		s.KmsKeyId = aws.String(key)
		all = append(all, s)
	}
	c := noCalls(t)
	c.DescribeSnapshots = serveSnapshots(all...)
	answering(t, &c, "DescribeKey", func(input any) answer {
		return &kms.DescribeKeyOutput{KeyMetadata: &types.KeyMetadata{
			KeyId: input.(kms.DescribeKeyInput).KeyId, Arn: input.(kms.DescribeKeyInput).KeyId,
		}}
	})
	return c
}

// A name that is no ARN of a key is followed with one call, which answers for the key as well: nobody asks for it twice.
func TestKeyTargets(t *testing.T) {
	t.Parallel()
	c := launching(t)
	c.DescribeSnapshots = withKeys(t, ownKey).DescribeSnapshots
	scripted(t, &c, "GetEbsDefaultKmsKeyId", &ec2.GetEbsDefaultKmsKeyIdOutput{KmsKeyId: aws.String("alias/aws/ebs")})
	targets := map[string]string{"alias/of-template": ownKey, keyOfFleet: keyOfFleet}
	asked := answering(t, &c, "DescribeKey", func(input any) answer {
		name := aws.ToString(input.(kms.DescribeKeyInput).KeyId)
		if name == "alias/aws/ebs" {
			return refused("AccessDeniedException")
		}
		return &kms.DescribeKeyOutput{KeyMetadata: &types.KeyMetadata{Arn: aws.String(targets[name]), Enabled: true}}
	})
	part := read(t, c, Request{Facts: withLaunchers(t, "kms_alias.target", "kms_key.key", "settings.ebs_default_kms_key")})
	var names []string
	for _, in := range asked.all {
		names = append(names, *in.(kms.DescribeKeyInput).KeyId)
	}
	slices.Sort(names)
	if diff := cmp.Diff([]string{"alias/aws/ebs", "alias/of-template", keyOfFleet}, names); diff != "" {
		t.Errorf("asked for (-want +got):\n%s", diff)
	}
	wantFact(t, factOf(t, part, inventory.KMSAlias, "alias/of-template", "target"), inventory.Known, "",
		`{"KmsKeyId":"alias/of-template","Arn":"`+ownKey+`"}`)
	wantFact(t, factOf(t, part, inventory.KMSAlias, "alias/aws/ebs", "target"), inventory.Denied, "AccessDeniedException", "")
	for _, key := range []string{ownKey, keyOfFleet} {
		wantFact(t, factOf(t, part, inventory.KMSKey, key, "key"), inventory.Known, "", `{"Arn":"`+key+`","Enabled":true}`)
	}
	if got := idsOf(part, inventory.KMSKey); len(got) != 2 {
		t.Errorf("keys are %v", got)
	}
}

// An answer that does not say which key it is leads nowhere.
func TestKeyTargetWithoutAnARN(t *testing.T) {
	t.Parallel()
	for name, out := range map[string]*kms.DescribeKeyOutput{
		"no key": {}, "no ARN": {KeyMetadata: &types.KeyMetadata{KeyId: aws.String("k")}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := launching(t)
			answering(t, &c, "DescribeKey", func(any) answer { return out })
			part := read(t, c, Request{Facts: withLaunchers(t, "kms_alias.target")})
			wantFact(t, factOf(t, part, inventory.KMSAlias, "alias/of-template", "target"), inventory.Error, "EmptyAnswer", "")
		})
	}
}

func TestKeyPolicies(t *testing.T) {
	t.Parallel()
	c := withKeys(t, ownKey, foreignKey, goneKey)
	asked := answering(t, &c, "GetKeyPolicy", func(input any) answer {
		if *input.(kms.GetKeyPolicyInput).KeyId == goneKey {
			return refused("NotFoundException")
		}
		return &kms.GetKeyPolicyOutput{Policy: aws.String(
			`{"Statement":{"Effect":"Allow","Principal":"*","Action":"kms:Decrypt","Resource":"*"}}`)}
	})
	part := read(t, c, Request{Facts: closure(t, "kms_key.key_policy", "snapshot.snapshot")})
	wantFact(t, factOf(t, part, inventory.KMSKey, ownKey, "key_policy"), inventory.Known, "",
		`{"Statement":[{"Effect":"Allow","Principal":{"AWS":["*"]},"Action":["kms:Decrypt"],"Resource":["*"]}]}`)
	wantFact(t, factOf(t, part, inventory.KMSKey, goneKey, "key_policy"), inventory.NotFound, "NotFoundException", "")
	wantFact(t, factOf(t, part, inventory.KMSKey, foreignKey, "key_policy"), inventory.NotVisible, "", "")
	for _, in := range asked.all {
		if in := in.(kms.GetKeyPolicyInput); *in.KeyId == foreignKey || *in.PolicyName != "default" {
			t.Errorf("asked for %s of %s", *in.PolicyName, *in.KeyId)
		}
	}
	if len(asked.all) != 2 {
		t.Errorf("%d calls", len(asked.all))
	}
}

// A policy that can't be read whole is no policy: half of one would prove anything.
func TestKeyPolicyThatIsNone(t *testing.T) {
	t.Parallel()
	for name, policy := range map[string]*string{
		"nothing": nil, "empty": aws.String(""), "cut off": aws.String(`{"Statement":[{"Effect":"Allow"`),
		"no statement": aws.String(`{"Version":"2012-10-17"}`), "odd": aws.String(`{"Statement":[{"Effect":7}]}`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := withKeys(t, ownKey)
			scripted(t, &c, "GetKeyPolicy", &kms.GetKeyPolicyOutput{Policy: policy})
			part := read(t, c, Request{Facts: closure(t, "kms_key.key_policy", "snapshot.snapshot")})
			wantFact(t, factOf(t, part, inventory.KMSKey, ownKey, "key_policy"), inventory.Error, "MalformedPolicyDocument", "")
		})
	}
}

func TestKeyRotations(t *testing.T) {
	t.Parallel()
	c := withKeys(t, ownKey, foreignKey)
	answering(t, &c, "GetKeyRotationStatus", func(input any) answer {
		if *input.(kms.GetKeyRotationStatusInput).KeyId == foreignKey {
			return refused("UnsupportedOperationException")
		}
		return &kms.GetKeyRotationStatusOutput{KeyRotationEnabled: true, RotationPeriodInDays: aws.Int32(365)}
	})
	part := read(t, c, Request{Facts: closure(t, "kms_key.key_rotation", "snapshot.snapshot")})
	wantFact(t, factOf(t, part, inventory.KMSKey, ownKey, "key_rotation"), inventory.Known, "",
		`{"KeyRotationEnabled":true,"RotationPeriodInDays":365}`)
	wantFact(t, factOf(t, part, inventory.KMSKey, foreignKey, "key_rotation"),
		inventory.Unsupported, "UnsupportedOperationException", "")
}

func grant(id, grantee string) types.GrantListEntry {
	return types.GrantListEntry{GrantId: aws.String(id), GranteePrincipal: aws.String(grantee)}
}

func TestGrants(t *testing.T) {
	t.Parallel()
	c := withKeys(t, ownKey)
	asked := scripted(t, &c, "ListGrants",
		&kms.ListGrantsOutput{Grants: []types.GrantListEntry{grant("g1", "a")}, NextMarker: next, Truncated: true},
		&kms.ListGrantsOutput{Grants: []types.GrantListEntry{grant("g2", "b")}})
	part := read(t, c, Request{Facts: closure(t, "kms_key.grants", "snapshot.snapshot")})
	input := kms.ListGrantsInput{KeyId: aws.String(ownKey), Limit: aws.Int32(100)}
	asked.are(t, input, with(input, "Marker", next))
	wantFact(t, factOf(t, part, inventory.KMSKey, ownKey, "grants"), inventory.Known, "",
		`[{"GrantId":"g1","GranteePrincipal":"a"},{"GrantId":"g2","GranteePrincipal":"b"}]`)
}

// Half of a key's grants are no answer: the missing page may hold the one that matters.
func TestGrantsCutOff(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		second answer
		status inventory.Status
		code   string
	}{
		"denied":        {refused("AccessDeniedException"), inventory.Denied, "AccessDeniedException"},
		"without list":  {&kms.ListGrantsOutput{}, inventory.Error, ""},
		"without an id": {&kms.ListGrantsOutput{Grants: []types.GrantListEntry{{}}}, inventory.Error, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := withKeys(t, ownKey)
			scripted(t, &c, "ListGrants",
				&kms.ListGrantsOutput{Grants: []types.GrantListEntry{grant("g1", "a")}, NextMarker: next}, test.second)
			part := read(t, c, Request{Facts: closure(t, "kms_key.grants", "snapshot.snapshot")})
			wantFact(t, factOf(t, part, inventory.KMSKey, ownKey, "grants"), test.status, test.code, "")
		})
	}
}

// EC2 makes a grant for every volume: a busy key has thousands.
func TestTenThousandGrants(t *testing.T) {
	t.Parallel()
	c := noCalls(t)
	page := 0
	asked := answering(t, &c, "ListGrants", func(any) answer {
		page++
		out := &kms.ListGrantsOutput{}
		for i := range 100 {
			out.Grants = append(out.Grants, grant(fmt.Sprintf("g%d-%d", page, i), "a"))
		}
		if page < 100 {
			out.NextMarker = aws.String(fmt.Sprint(page))
		}
		return out
	})
	u := newUnit(testUnit, c, Request{})
	list, err := u.listGrants(t.Context(), "kms:ListGrants", ownKey, "")
	if err != nil || len(list) != 10_000 || len(asked.all) != 100 {
		t.Errorf("%d grants from %d pages: %v", len(list), len(asked.all), err)
	}
}

// Each service role is asked for once a key, whatever else holds grants.
func TestServiceRoleGrants(t *testing.T) {
	t.Parallel()
	c := launching(t)
	base := withKeys(t, ownKey)
	c.DescribeSnapshots, c.DescribeKey = base.DescribeSnapshots, base.DescribeKey
	asked := answering(t, &c, "ListGrants", func(input any) answer {
		role := aws.ToString(input.(kms.ListGrantsInput).GranteePrincipal)
		if !strings.HasPrefix(role, "arn:aws:iam::111122223333:role/aws-service-role/") {
			t.Errorf("asked for the grants to %q", role)
		}
		return &kms.ListGrantsOutput{Grants: []types.GrantListEntry{grant(role[strings.LastIndex(role, "/")+1:], role)}}
	})
	facts := closure(t, "kms_key.service_role_grants", "snapshot.snapshot", "ec2_fleet.fleet", "spot_fleet.spot_fleet")
	part := read(t, c, Request{Facts: facts})
	// The other key is that of the fleet.
	var ids []string
	for _, in := range asked.all {
		if in := in.(kms.ListGrantsInput); *in.KeyId == ownKey {
			ids = append(ids, (*in.GranteePrincipal)[strings.LastIndex(*in.GranteePrincipal, "/")+1:])
		}
	}
	want := []string{
		"AWSServiceRoleForAutoScaling_team", "AWSServiceRoleForEC2Fleet", "AWSServiceRoleForEC2Spot",
		"AWSServiceRoleForEC2SpotFleet",
	}
	slices.Sort(ids)
	if diff := cmp.Diff(want, ids); diff != "" {
		t.Errorf("roles (-want +got):\n%s", diff)
	}
	fact := factOf(t, part, inventory.KMSKey, ownKey, "service_role_grants")
	if got := strings.Count(string(fact.Value), "GrantId"); fact.Status != inventory.Known || got != 4 || fact.Derived {
		t.Errorf("%d grants, %+v", got, fact)
	}
}

// Where nothing launches, no role has to be asked for; where groups could not be read, nobody knows the roles.
func TestServiceRoleGrantsWithoutRoles(t *testing.T) {
	t.Parallel()
	c := withKeys(t, ownKey)
	scripted(t, &c, "DescribeAutoScalingGroups", refused("AccessDenied"))
	part := read(t, c, Request{Facts: closure(t, "kms_key.service_role_grants", "snapshot.snapshot")})
	fact := factOf(t, part, inventory.KMSKey, ownKey, "service_role_grants")
	wantFact(t, fact, inventory.Known, "", `[]`)
	if got := part.CoverageOf(inventory.KMSKey, "service_role_grants"); !fact.Derived || got.Status != inventory.Denied {
		t.Errorf("derived: %v, coverage %+v", fact.Derived, got)
	}
}
