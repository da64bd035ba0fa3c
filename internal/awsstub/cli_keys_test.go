package awsstub_test

import (
	"encoding/json"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/kms"
	kmstypes "github.com/aws/aws-sdk-go-v2/service/kms/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/outside"
)

// readWithCLI serves parts to the AWS CLI and compares what each call prints.
func readWithCLI(t *testing.T, parts []inventory.Part, calls []cliCall, options ...awsstub.Option) {
	t.Helper()
	cli := outside.OrLeftOut(t, outside.AWSCLI)
	if cli == "" {
		return
	}
	_, url := serve(t, parts, options...)
	for _, call := range calls {
		t.Run(call.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(plain(t, call.want), plain(t, json.RawMessage(runCLI(t, cli, url, call.arguments...)))); diff != "" {
				t.Errorf("served and printed differ (-served +printed):\n%s", diff)
			}
		})
	}
}

// withoutMarker is what the SDK's answer holds besides its own metadata.
func withoutMarker(t *testing.T, value any, names ...string) doc {
	t.Helper()
	return unknown(t, value, append(names, "ResultMetadata")...)
}

func TestCLIReadsKeys(t *testing.T) {
	t.Parallel()
	rotation := withoutMarker(t, filled[kms.GetKeyRotationStatusOutput](0))
	grants := filled[[]kmstypes.GrantListEntry](0)
	policy, err := json.MarshalIndent(keyPolicy(), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	var listed []doc
	for _, g := range grants {
		listed = append(listed, printed(t, g, "CreationDate"))
	}
	parts := []inventory.Part{part(ours, ireland,
		ourKeyWith("key_policy", keyPolicy(), "key_rotation", rotation, "grants", grants),
		resource(inventory.KMSAlias, ours, ireland, ebsAlias, "target", doc{"KmsKeyId": ebsAlias, "Arn": keyARN}))}
	readWithCLI(t, parts, []cliCall{
		{"get-key-policy", []string{"kms", "get-key-policy", "--key-id", keyARN},
			doc{"Policy": string(policy), "PolicyName": "default"}},
		{"get-key-rotation-status", []string{"kms", "get-key-rotation-status", "--key-id", keyARN},
			printed(t, rotation, "NextRotationDate", "OnDemandRotationStartDate")},
		{"list-grants", []string{"kms", "list-grants", "--key-id", keyARN}, doc{"Grants": listed}},
		{"list-grants page by page", []string{"kms", "list-grants", "--key-id", keyARN, "--page-size", "1"},
			doc{"Grants": listed}},
		{"describe-key by alias", []string{"kms", "describe-key", "--key-id", ebsAlias},
			doc{"KeyMetadata": doc{"Arn": keyARN, "KeyId": keyID}}},
	}, awsstub.EmptyPages("kms:ListGrants", 1))
}
