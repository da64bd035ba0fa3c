package collect

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// settingTests are the facts that one call answers for the unit.
var settingTests = []struct {
	fact  string
	input any
	out   answer
	value string
}{
	{
		"settings.image_block_public_access", ec2.GetImageBlockPublicAccessStateInput{},
		&ec2.GetImageBlockPublicAccessStateOutput{
			ImageBlockPublicAccessState: aws.String("block-new-sharing"), ManagedBy: types.ManagedByDeclarativePolicy,
		},
		`{"ImageBlockPublicAccessState":"block-new-sharing","ManagedBy":"declarative-policy"}`,
	},
	{
		"settings.snapshot_block_public_access", ec2.GetSnapshotBlockPublicAccessStateInput{},
		&ec2.GetSnapshotBlockPublicAccessStateOutput{State: types.SnapshotBlockPublicAccessStateUnblocked},
		`{"State":"unblocked"}`,
	},
	{
		"settings.ebs_encryption_by_default", ec2.GetEbsEncryptionByDefaultInput{},
		&ec2.GetEbsEncryptionByDefaultOutput{EbsEncryptionByDefault: aws.Bool(false), SseType: types.SSETypeNone},
		`{"EbsEncryptionByDefault":false,"SseType":"none"}`,
	},
	{
		"settings.ebs_default_kms_key", ec2.GetEbsDefaultKmsKeyIdInput{},
		&ec2.GetEbsDefaultKmsKeyIdOutput{KmsKeyId: aws.String("alias/aws/ebs")}, `{"KmsKeyId":"alias/aws/ebs"}`,
	},
	{
		"settings.instance_metadata_defaults", ec2.GetInstanceMetadataDefaultsInput{},
		&ec2.GetInstanceMetadataDefaultsOutput{AccountLevel: &types.InstanceMetadataDefaultsResponse{
			HttpTokens: types.HttpTokensStateRequired, HttpPutResponseHopLimit: aws.Int32(2),
		}},
		`{"HttpTokens":"required","HttpPutResponseHopLimit":2}`,
	},
	{
		"settings.instance_metadata_defaults", ec2.GetInstanceMetadataDefaultsInput{},
		&ec2.GetInstanceMetadataDefaultsOutput{}, `{}`,
	},
	{
		"settings.instance_metadata_defaults", ec2.GetInstanceMetadataDefaultsInput{},
		&ec2.GetInstanceMetadataDefaultsOutput{AccountLevel: &types.InstanceMetadataDefaultsResponse{}}, `{}`,
	},
	{
		"settings.allowed_images", ec2.GetAllowedImagesSettingsInput{},
		&ec2.GetAllowedImagesSettingsOutput{State: aws.String("enabled"), ImageCriteria: []types.ImageCriterion{
			{ImageProviders: []string{"amazon", theirs}},
		}},
		`{"State":"enabled","ImageCriteria":[{"ImageProviders":["amazon","999900001111"]}]}`,
	},
	{
		"settings.serial_console_access", ec2.GetSerialConsoleAccessStatusInput{},
		&ec2.GetSerialConsoleAccessStatusOutput{SerialConsoleAccessEnabled: aws.Bool(true), ManagedBy: types.ManagedByAccount},
		`{"SerialConsoleAccessEnabled":true,"ManagedBy":"account"}`,
	},
}

const unitID = ours + "/eu-west-1"

func TestSettings(t *testing.T) {
	t.Parallel()
	for _, test := range settingTests {
		t.Run(test.fact, func(t *testing.T) {
			t.Parallel()
			fact, operation := listingTest{fact: test.fact}.names()
			c := noCalls(t)
			asked := scripted(t, &c, operation, test.out)
			part := read(t, c, Request{Facts: closure(t, test.fact), Images: []string{ami1}})
			asked.are(t, test.input)
			wantFact(t, factOf(t, part, inventory.Settings, unitID, fact.Name), inventory.Known, "", test.value)
			if c := part.CoverageOf(fact.Kind, fact.Name); c.Status != inventory.Known || c.Items != 1 || c.Narrowed != "" {
				t.Errorf("coverage is %+v", c)
			}
		})
	}
}

func TestSettingsThatAreRefused(t *testing.T) {
	t.Parallel()
	tests := map[string]inventory.Status{
		"UnauthorizedOperation": inventory.Denied, "InvalidAction": inventory.Unsupported,
		"RequestLimitExceeded": inventory.Throttled, "InternalError": inventory.Error,
	}
	for _, test := range settingTests {
		for code, want := range tests {
			t.Run(test.fact+" "+code, func(t *testing.T) {
				t.Parallel()
				fact, operation := listingTest{fact: test.fact}.names()
				c := noCalls(t)
				scripted(t, &c, operation, refused(code))
				part := read(t, c, Request{Facts: closure(t, test.fact)})
				wantFact(t, factOf(t, part, inventory.Settings, unitID, fact.Name), want, code, "")
				if c := part.CoverageOf(fact.Kind, fact.Name); c.Items != 0 || c.Missing != 1 || c.Code != code {
					t.Errorf("coverage is %+v", c)
				}
			})
		}
	}
}
