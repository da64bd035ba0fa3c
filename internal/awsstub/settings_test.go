package awsstub_test

import (
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

// settingCase is a setting as it goes over the wire.
type settingCase struct {
	action, fact string
	// changed is the fact where somebody changed it, and written how that is answered; otherwise is AWS's default.
	changed            doc
	written, otherwise string
}

func settingCases() []settingCase {
	return []settingCase{
		{"GetImageBlockPublicAccessState", "image_block_public_access",
			doc{"ImageBlockPublicAccessState": "block-new-sharing", "ManagedBy": "declarative-policy"},
			"<imageBlockPublicAccessState>block-new-sharing</imageBlockPublicAccessState><managedBy>declarative-policy<",
			"<imageBlockPublicAccessState>unblocked<"},
		{"GetSnapshotBlockPublicAccessState", "snapshot_block_public_access", doc{"State": "block-all-sharing"},
			"<state>block-all-sharing<", "<state>unblocked<"},
		{"GetEbsEncryptionByDefault", "ebs_encryption_by_default", doc{"EbsEncryptionByDefault": true},
			"<ebsEncryptionByDefault>true<", "<ebsEncryptionByDefault>false<"},
		{"GetEbsDefaultKmsKeyId", "ebs_default_kms_key", doc{"KmsKeyId": keyARN}, "<kmsKeyId>" + keyARN + "<",
			"<kmsKeyId>alias/aws/ebs<"},
		{"GetInstanceMetadataDefaults", "instance_metadata_defaults", doc{"HttpTokens": "required"},
			"<accountLevel><httpTokens>required</httpTokens></accountLevel>", "<accountLevel></accountLevel>"},
		{"GetAllowedImagesSettings", "allowed_images", doc{"State": "enabled", "ImageCriteria": []doc{{"ImageProviders": []string{"amazon"}}}},
			"<imageCriterionSet><item><imageProviderSet><item>amazon</item>", "<state>disabled<"},
		{"GetSerialConsoleAccessStatus", "serial_console_access", doc{"SerialConsoleAccessEnabled": true},
			"<serialConsoleAccessEnabled>true<", "<serialConsoleAccessEnabled>false<"},
	}
}

// ourSettings are the settings of our unit.
func ourSettings(facts ...any) inventory.Resource {
	return resource(inventory.Settings, ours, ireland, ours+"/"+ireland, facts...)
}

// TestSettings asks for each setting where it was changed, in another region, as another account and where there are
// no settings at all.
func TestSettings(t *testing.T) {
	t.Parallel()
	for _, test := range settingCases() {
		t.Run(test.action, func(t *testing.T) {
			t.Parallel()
			_, url := serve(t, []inventory.Part{part(ours, ireland, ourSettings(test.fact, test.changed)), part(ours, "eu-north-1")})
			asks := []struct{ key, region, want string }{
				{ourKey, ireland, test.written}, {ourKey, "eu-north-1", test.otherwise}, {theirKey, ireland, test.otherwise},
			}
			for _, ask := range asks {
				status, body := send(t, "POST", url, signature(ask.key, ask.region, "ec2"), "", "Action="+test.action+"&Version=2016-11-15")
				want(t, status, body, 200, ask.want)
			}
		})
	}
}

func TestSettingsRefuse(t *testing.T) {
	t.Parallel()
	for _, test := range settingCases() {
		t.Run(test.action, func(t *testing.T) {
			t.Parallel()
			_, url := serve(t, []inventory.Part{part(ours, ireland, deniedFact(ourSettings(), test.fact))})
			as := signature(ourKey, ireland, "ec2")
			status, body := send(t, "POST", url, as, "", "Action="+test.action)
			want(t, status, body, 403, "<Code>UnauthorizedOperation</Code>")
			status, body = send(t, "POST", url, as, "", "Action="+test.action+"&MaxResults=5")
			want(t, status, body, 400, "<Code>UnknownParameter</Code>")
			status, body = send(t, "POST", url, as, "", "Action="+test.action+"&DryRun=true")
			want(t, status, body, 412, "<Code>DryRunOperation</Code>")
			stub, url := serve(t, nil, awsstub.Throttle("ec2:"+test.action, 1), awsstub.DisableRegion("eu-north-1"))
			status, body = send(t, "POST", url, as, "", "Action="+test.action)
			want(t, status, body, 503, "<Code>RequestLimitExceeded</Code>")
			status, body = send(t, "POST", url, signature(ourKey, "eu-north-1", "ec2"), "", "Action="+test.action)
			want(t, status, body, 401, "<Code>AuthFailure</Code>")
			stub.Apply(awsstub.Deny("ec2:" + test.action))
			status, body = send(t, "POST", url, as, "", "Action="+test.action)
			want(t, status, body, 403, "<Code>UnauthorizedOperation</Code>")
			_, err := awsstub.New([]inventory.Part{part(ours, ireland, ourSettings(test.fact, doc{"Colour": "red"}))})
			if err == nil || !strings.Contains(err.Error(), test.fact+".Colour: no element name") {
				t.Errorf("got %v", err)
			}
		})
	}
}

// TestSettingsBelongToARegion refuses a setting that no request could ask for.
func TestSettingsBelongToARegion(t *testing.T) {
	t.Parallel()
	r := resource(inventory.Settings, ours, "global", ours+"/global", "ebs_default_kms_key", doc{"KmsKeyId": "alias/a"})
	_, err := awsstub.New([]inventory.Part{part(ours, "global", r)})
	if err == nil || !strings.Contains(err.Error(), "ebs_default_kms_key: belongs to a region") {
		t.Errorf("got %v", err)
	}
}
