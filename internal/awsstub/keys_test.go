package awsstub_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/kms"
	kmstypes "github.com/aws/aws-sdk-go-v2/service/kms/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

const (
	keyID      = "0d1e2f30-0000-4000-8000-000000000001"
	goneKey    = "arn:aws:kms:eu-west-1:777788889999:key/gone"
	seenKey    = "arn:aws:kms:eu-west-1:777788889999:key/seen"
	ebsAlias   = "alias/aws/ebs"
	ebsARN     = "arn:aws:kms:eu-west-1:111122223333:alias/aws/ebs"
	theirAlias = "arn:aws:kms:eu-west-1:777788889999:alias/golden"
)

func kmsAs(url, key string) *kms.Client { return kms.NewFromConfig(config(url, key, ireland)) }

// keyPolicy is a key policy as the inventory holds it, with every element of the grammar.
func keyPolicy() doc {
	lists := doc{"AWS": []string{"arn:aws:iam::111122223333:root"}, "Service": []string{"s3.amazonaws.com"},
		"Federated": []string{"cognito-identity.amazonaws.com"}, "CanonicalUser": []string{"79a59d<&>"}}
	return doc{"Version": "2012-10-17", "Id": "key-default-1", "Statement": []doc{
		{"Sid": "a", "Effect": "Allow", "Principal": lists, "Action": []string{"kms:*"}, "Resource": []string{"*"},
			"Condition": doc{"StringEquals": doc{"kms:CallerAccount": []string{ours, theirs}}}},
		{"Sid": "b", "Effect": "Deny", "NotPrincipal": lists, "NotAction": []string{"kms:Get*"},
			"NotResource": []string{"x"}},
	}}
}

// ourKeyWith is our key with the given facts besides its metadata.
func ourKeyWith(facts ...any) inventory.Resource {
	return resource(inventory.KMSKey, ours, ireland, keyARN,
		append([]any{"key", doc{"Arn": keyARN, "KeyId": keyID}}, facts...)...)
}

func TestGetKeyPolicy(t *testing.T) {
	t.Parallel()
	_, url := serve(t, []inventory.Part{part(ours, ireland, ourKeyWith("key_policy", keyPolicy()),
		resource(inventory.KMSKey, stranger, ireland, seenKey, "key", doc{"Arn": seenKey}),
		ourKeyNamed("none"), deniedFact(ourKeyNamed("denied"), "key_policy")),
		part(theirs, ireland, withStatus(resource(inventory.KMSKey, theirs, ireland, goneKey), "key", inventory.NotFound))})
	tests := []struct {
		name, as, id string
		policy       *string
		code         string
	}{
		{"by ARN", ourKey, keyARN, nil, ""},
		{"by id and name", ourKey, keyID, ptr("default"), ""},
		{"another name", ourKey, keyARN, ptr("other"), "NotFoundException"},
		{"another account", theirKey, keyARN, nil, "AccessDeniedException"},
		{"another account's key", ourKey, seenKey, nil, "AccessDeniedException"},
		{"denied in the inventory", ourKey, "denied", nil, "AccessDeniedException"},
		{"not in the inventory", ourKey, "none", nil, "NotFoundException"},
		{"no key", ourKey, "nowhere", nil, "NotFoundException"},
		{"an alias", ourKey, "alias/x", nil, "NotFoundException"},
		{"a key that another account does not find", ourKey, goneKey, nil, "NotFoundException"},
		{"empty", ourKey, "", nil, "ValidationException"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := kmsAs(url, test.as).GetKeyPolicy(t.Context(),
				&kms.GetKeyPolicyInput{KeyId: &test.id, PolicyName: test.policy})
			if test.code != "" {
				wantError(t, err, test.code, 400)
				return
			}
			if err != nil || *got.PolicyName != "default" {
				t.Fatalf("got %v, %v", got, err)
			}
			if diff := cmp.Diff(plain(t, keyPolicy()), plain(t, json.RawMessage(*got.Policy))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// ourKeyNamed is a key of ours of which nothing but the metadata is known.
func ourKeyNamed(id string) inventory.Resource {
	arn := "arn:aws:kms:eu-west-1:111122223333:key/" + id
	return resource(inventory.KMSKey, ours, ireland, arn, "key", doc{"Arn": arn})
}

func TestGetKeyRotationStatus(t *testing.T) {
	t.Parallel()
	rotation := filled[kms.GetKeyRotationStatusOutput](0)
	status := doc{"KeyId": keyID, "KeyRotationEnabled": true, "RotationPeriodInDays": *rotation.RotationPeriodInDays,
		"NextRotationDate": *rotation.NextRotationDate, "OnDemandRotationStartDate": *rotation.OnDemandRotationStartDate}
	_, url := serve(t, []inventory.Part{part(ours, ireland, ourKeyWith("key_rotation", status), ourKeyNamed("none"),
		deniedFact(ourKeyNamed("denied"), "key_rotation"),
		withStatus(ourKeyNamed("asymmetric"), "key_rotation", inventory.Unsupported))})
	tests := []struct{ name, as, id, code string }{
		{"by ARN", ourKey, keyARN, ""},
		{"by id", ourKey, keyID, ""},
		{"another account", theirKey, keyARN, "AccessDeniedException"},
		{"denied in the inventory", ourKey, "denied", "AccessDeniedException"},
		{"a key that cannot rotate", ourKey, "asymmetric", "UnsupportedOperationException"},
		{"not in the inventory", ourKey, "none", "NotFoundException"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := kmsAs(url, test.as).GetKeyRotationStatus(t.Context(), &kms.GetKeyRotationStatusInput{KeyId: &test.id})
			if test.code != "" {
				wantError(t, err, test.code, 400)
				return
			}
			if err != nil || !got.KeyRotationEnabled || *got.RotationPeriodInDays != *rotation.RotationPeriodInDays ||
				!got.NextRotationDate.Equal(*rotation.NextRotationDate) ||
				!got.OnDemandRotationStartDate.Equal(*rotation.OnDemandRotationStartDate) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

// TestDescribeKeyByAlias asks by every name that a key can have.
func TestDescribeKeyByAlias(t *testing.T) {
	t.Parallel()
	named := func(id string, target any) inventory.Resource {
		return resource(inventory.KMSAlias, ours, ireland, id, "target", target)
	}
	_, url := serve(t, []inventory.Part{part(ours, ireland, ourKeyWith(),
		named(ebsAlias, doc{"KmsKeyId": ebsAlias, "Arn": keyARN}),
		named("arn:aws:kms:eu-west-1:111122223333:alias/arn", doc{"Arn": keyARN}),
		named(keyID, doc{"KmsKeyId": keyID, "Arn": keyARN}),
		named(theirAlias, doc{"KmsKeyId": theirAlias, "Arn": seenKey}),
		withStatus(resource(inventory.KMSAlias, ours, ireland, "alias/gone"), "target", inventory.NotFound),
		deniedFact(resource(inventory.KMSAlias, ours, ireland, "alias/denied"), "target"))})
	tests := []struct{ name, as, id, arn, code string }{
		{"alias", ourKey, ebsAlias, keyARN, ""},
		{"alias ARN of an alias", ourKey, ebsARN, keyARN, ""},
		{"alias of an alias ARN", ourKey, "alias/arn", keyARN, ""},
		{"alias ARN as it is written", ourKey, "arn:aws:kms:eu-west-1:111122223333:alias/arn", keyARN, ""},
		{"bare id", ourKey, keyID, keyARN, ""},
		{"another account's alias ARN", ourKey, theirAlias, seenKey, ""},
		{"another account's alias", ourKey, "alias/golden", "", "NotFoundException"},
		{"asked by another account", theirKey, ebsAlias, "", "NotFoundException"},
		{"not found in the inventory", ourKey, "alias/gone", "", "NotFoundException"},
		{"denied in the inventory", ourKey, "alias/denied", "", "AccessDeniedException"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := kmsAs(url, test.as).DescribeKey(t.Context(), &kms.DescribeKeyInput{KeyId: &test.id})
			if test.code != "" {
				wantError(t, err, test.code, 400)
				return
			}
			if err != nil || *got.KeyMetadata.Arn != test.arn || *got.KeyMetadata.KeyId == "" {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

// TestSDKReadsKeys reads back every field of a grant.
func TestSDKReadsKeys(t *testing.T) {
	t.Parallel()
	for round := range rounds {
		t.Run(fmt.Sprint("round ", round), func(t *testing.T) {
			t.Parallel()
			grants := filled[[]kmstypes.GrantListEntry](round)
			_, url := serve(t, []inventory.Part{part(ours, ireland, ourKeyWith("grants", grants))})
			got, err := kmsAs(url, ourKey).ListGrants(t.Context(), &kms.ListGrantsInput{KeyId: ptr(keyARN)})
			same(t, grants, func() []kmstypes.GrantListEntry { return got.Grants }, err)
		})
	}
}

// TestNewRefusesKeys holds that nothing of a key is served wrongly.
func TestNewRefusesKeys(t *testing.T) {
	t.Parallel()
	foreign := resource(inventory.KMSKey, stranger, ireland, seenKey, "key_policy", keyPolicy())
	aliasOf := func(target doc) inventory.Resource {
		return resource(inventory.KMSAlias, ours, ireland, "alias/x", "target", target)
	}
	statement := func(s doc) inventory.Resource {
		return ourKeyWith("key_policy", doc{"Statement": []doc{s}})
	}
	runRefusals(t, []refusal{
		{"policy as text", ourKeyWith("key_policy", "{}"), "key_policy: unexpected string"},
		{"a stranger's policy", foreign, "key_policy: only the account of the key can read it"},
		{"one action", statement(doc{"Action": "kms:*"}), "key_policy.Statement[0].Action: unexpected string"},
		{"anybody", statement(doc{"Principal": "*"}), "key_policy.Statement[0].Principal: unexpected string"},
		{"unknown element", statement(doc{"Effects": "Allow"}), "key_policy.Statement[0].Effects: no element name"},
		{"one value", statement(doc{"Condition": doc{"Bool": doc{"k": "true"}}}),
			`key_policy.Statement[0].Condition["Bool"]["k"]: unexpected string`},
		{"a condition without values", statement(doc{"Condition": []doc{}}), "Condition: unexpected array"},
		{"rotation", ourKeyWith("key_rotation", doc{"Enabled": true}), "key_rotation.Enabled: no element name"},
		{"throttled policy", withStatus(ourKeyWith(), "key_policy", inventory.Throttled), `the status "throttled"`},
		{"grants in no list", ourKeyWith("grants", doc{}), "grants: unexpected object"},
		{"grant without an id", ourKeyWith("grants", []doc{{"Name": "x"}}), "grants[0].GrantId: a grant needs one"},
		{"grant twice", ourKeyWith("grants", []doc{{"GrantId": "x"}, {"GrantId": "x"}}), `grants[1].GrantId: "x" is there twice`},
		{"field of a grant", ourKeyWith("service_role_grants", []doc{{"GrantId": "x", "Y": 1}}),
			"service_role_grants[0].Y: no element name"},
		{"alias of another name", aliasOf(doc{"KmsKeyId": "alias/y", "Arn": keyARN}), "target.KmsKeyId"},
		{"alias of no key", aliasOf(doc{"Arn": "k"}), `target.Arn: "k" is no ARN of a key`},
	})
	_, err := awsstub.New([]inventory.Part{part(ours, ireland, aliasOf(doc{"Arn": keyARN}), aliasOf(doc{"Arn": keyARN}))})
	if err == nil {
		t.Error("an alias was served that is there twice")
	}
}
