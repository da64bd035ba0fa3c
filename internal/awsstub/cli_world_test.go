package awsstub_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	kmstypes "github.com/aws/aws-sdk-go-v2/service/kms/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// cliCall is one run of the CLI and what it has to print.
type cliCall struct {
	name      string
	arguments []string
	want      any
}

// cliWorld is one document of each kind, as full as it gets.
type cliWorld struct {
	image        types.Image
	launch       []types.LaunchPermission
	snapshot     types.Snapshot
	create       []types.CreateVolumePermission
	version      types.LaunchTemplateVersion
	key          kmstypes.KeyMetadata
	parameter    doc
	organization doc
}

func newCLIWorld() cliWorld {
	key := filled[kmstypes.KeyMetadata](0)
	key.Arn = ptr(keyARN)
	return cliWorld{
		image: fullImage(0), launch: filled[[]types.LaunchPermission](0),
		snapshot: fullSnapshot(0), create: filled[[]types.CreateVolumePermission](0),
		version: fullTemplateVersion(0), key: key,
		parameter: doc{"Name": "/golden/image", "Type": "String", "Value": imageID, "Version": 3,
			"DataType": "aws:ec2:image", "LastModifiedDate": "2026-02-01T10:00:00.125Z",
			"ARN": "arn:aws:ssm:eu-west-1:111122223333:parameter/golden/image"},
		organization: doc{"Id": "o-abcdefghij", "Arn": "arn:aws:organizations::111122223333:organization/o-abcdefghij",
			"FeatureSet": "ALL", "MasterAccountId": ours, "MasterAccountEmail": "root@example.com",
			"MasterAccountArn": "arn:aws:organizations::111122223333:account/o-abcdefghij/111122223333"},
	}
}

func (w cliWorld) parts() []inventory.Part {
	return []inventory.Part{
		part(ours, ireland,
			resource(inventory.AMI, ours, ireland, imageID, "image", w.image, "launch_permissions", w.launch),
			resource(inventory.Snapshot, ours, ireland, snapshotID, "snapshot", w.snapshot, "snapshot_permissions", w.create),
			resource(inventory.LaunchTemplate, ours, ireland, templateID, "template_versions", []any{w.version}),
			resource(inventory.KMSKey, ours, ireland, keyARN, "key", w.key),
			resource(inventory.SSMParameter, ours, ireland, "/golden/image", "parameter", w.parameter)),
		part(ours, "global",
			resource(inventory.Settings, ours, "global", ours+"/global", "organization", w.organization)),
	}
}

// ec2Calls are the calls whose answers are XML.
func (w cliWorld) ec2Calls(t *testing.T) []cliCall {
	t.Helper()
	image := unknown(t, w.image, "InstanceTypeSpecification", "ScanResults")
	versions := doc{"LaunchTemplateVersions": []any{w.version}}
	return []cliCall{
		{"describe-images", []string{"ec2", "describe-images", "--owners", "self", "--include-deprecated",
			"--include-disabled"}, doc{"Images": []any{image}}},
		{"describe-image-attribute", []string{"ec2", "describe-image-attribute", "--image-id", imageID,
			"--attribute", "launchPermission"}, doc{"ImageId": imageID, "LaunchPermissions": w.launch}},
		{"describe-snapshots", []string{"ec2", "describe-snapshots", "--owner-ids", "self"},
			doc{"Snapshots": []any{w.snapshot}}},
		{"describe-snapshot-attribute", []string{"ec2", "describe-snapshot-attribute", "--snapshot-id", snapshotID,
			"--attribute", "createVolumePermission"}, doc{"SnapshotId": snapshotID, "CreateVolumePermissions": w.create}},
		{"versions of one template", []string{"ec2", "describe-launch-template-versions",
			"--launch-template-id", templateID}, versions},
		{"versions of all templates", []string{"ec2", "describe-launch-template-versions",
			"--versions", "$Default", "$Latest"}, versions},
		{"describe-regions", []string{"ec2", "describe-regions"}, doc{"Regions": []doc{{"RegionName": ireland,
			"OptInStatus": "opt-in-not-required", "Endpoint": "ec2.eu-west-1.amazonaws.com"}}}},
	}
}

// otherCalls are those of the other services.
func (w cliWorld) otherCalls(t *testing.T) []cliCall {
	t.Helper()
	key := unknown(t, printed(t, w.key, "CreationDate", "DeletionDate", "ValidTo"), "EncapsulationAlgorithms")
	parameter := printed(t, w.parameter, "LastModifiedDate")
	return []cliCall{
		{"get-caller-identity", []string{"sts", "get-caller-identity"}, doc{"Account": ours,
			"UserId": "AIDAAWSSTUBAWSSTUBAW", "Arn": "arn:aws:iam::111122223333:user/awsstub"}},
		{"describe-key", []string{"kms", "describe-key", "--key-id", keyARN}, doc{"KeyMetadata": key}},
		{"describe-organization", []string{"organizations", "describe-organization"},
			doc{"Organization": w.organization}},
		{"get-parameters", []string{"ssm", "get-parameters", "--names", "/golden/image", "/golden/none"},
			doc{"Parameters": []any{parameter}, "InvalidParameters": []string{"/golden/none"}}},
	}
}

func ptr[T any](v T) *T { return &v }
