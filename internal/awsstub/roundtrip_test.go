package awsstub_test

import (
	"fmt"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	kmstypes "github.com/aws/aws-sdk-go-v2/service/kms/types"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	ssmtypes "github.com/aws/aws-sdk-go-v2/service/ssm/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

const (
	imageID    = "ami-0123456789abcdef0"
	snapshotID = "snap-0123456789abcdef0"
	templateID = "lt-0123456789abcdef0"
	keyARN     = "arn:aws:kms:eu-west-1:111122223333:key/0d1e2f30-0000-4000-8000-000000000001"
)

// fullImage is an image with every field set; those that decide who sees it have a meaning.
func fullImage(round int) types.Image {
	image := filled[types.Image](round)
	image.ImageId, image.OwnerId, image.State = aws.String(imageID), aws.String(ours), types.ImageStateAvailable
	image.DeprecationTime = aws.String("2031-01-01T00:00:00.000Z")
	return image
}

func fullSnapshot(round int) types.Snapshot {
	snapshot := filled[types.Snapshot](round)
	snapshot.SnapshotId, snapshot.OwnerId = aws.String(snapshotID), aws.String(ours)
	return snapshot
}

func fullTemplateVersion(round int) types.LaunchTemplateVersion {
	version := filled[types.LaunchTemplateVersion](round)
	version.LaunchTemplateId = aws.String(templateID)
	return version
}

// TestSDKReadsEveryField serves SDK values in which every field is set and reads them back with the SDK. Several rounds
// give every flag a pattern of its own, so that two flags under each other's names are seen.
func TestSDKReadsEveryField(t *testing.T) {
	t.Parallel()
	for round := range rounds {
		t.Run(fmt.Sprint("round ", round), func(t *testing.T) {
			t.Parallel()
			readBackImage(t, round)
			readBackSnapshot(t, round)
			readBackTemplateVersion(t, round)
			readBackKey(t, round)
			readBackOrganization(t, round)
			readBackParameter(t, round)
		})
	}
}

func readBackImage(t *testing.T, round int) {
	t.Helper()
	image, permissions := fullImage(round), filled[[]types.LaunchPermission](round)
	_, url := serve(t, []inventory.Part{part(ours, ireland, resource(inventory.AMI, ours, ireland, imageID,
		"image", image, "launch_permissions", permissions))})
	got, err := ec2As(url, ourKey).DescribeImages(t.Context(), &ec2.DescribeImagesInput{})
	same(t, []types.Image{image}, func() []types.Image { return got.Images }, err)
	attribute, err := ec2As(url, ourKey).DescribeImageAttribute(t.Context(), &ec2.DescribeImageAttributeInput{
		ImageId: aws.String(imageID), Attribute: types.ImageAttributeNameLaunchPermission})
	same(t, permissions, func() []types.LaunchPermission { return attribute.LaunchPermissions }, err)
}

func readBackSnapshot(t *testing.T, round int) {
	t.Helper()
	snapshot, permissions := fullSnapshot(round), filled[[]types.CreateVolumePermission](round)
	_, url := serve(t, []inventory.Part{part(ours, ireland, resource(inventory.Snapshot, ours, ireland, snapshotID,
		"snapshot", snapshot, "snapshot_permissions", permissions))})
	got, err := ec2As(url, ourKey).DescribeSnapshots(t.Context(), &ec2.DescribeSnapshotsInput{})
	same(t, []types.Snapshot{snapshot}, func() []types.Snapshot { return got.Snapshots }, err)
	attribute, err := ec2As(url, ourKey).DescribeSnapshotAttribute(t.Context(), &ec2.DescribeSnapshotAttributeInput{
		SnapshotId: aws.String(snapshotID), Attribute: types.SnapshotAttributeNameCreateVolumePermission})
	same(t, permissions, func() []types.CreateVolumePermission { return attribute.CreateVolumePermissions }, err)
}

func readBackTemplateVersion(t *testing.T, round int) {
	t.Helper()
	version := fullTemplateVersion(round)
	_, url := serve(t, []inventory.Part{part(ours, ireland, resource(inventory.LaunchTemplate, ours, ireland, templateID,
		"template_versions", []types.LaunchTemplateVersion{version}))})
	got, err := ec2As(url, ourKey).DescribeLaunchTemplateVersions(t.Context(), &ec2.DescribeLaunchTemplateVersionsInput{
		Versions: []string{"$Latest"}, IncludeManagedResources: aws.Bool(true)})
	same(t, []types.LaunchTemplateVersion{version}, func() []types.LaunchTemplateVersion {
		return got.LaunchTemplateVersions
	}, err)
}

func readBackKey(t *testing.T, round int) {
	t.Helper()
	key := filled[kmstypes.KeyMetadata](round)
	key.Arn = aws.String(keyARN)
	_, url := serve(t, []inventory.Part{part(ours, ireland,
		resource(inventory.KMSKey, ours, ireland, keyARN, "key", key))})
	client := kms.NewFromConfig(config(url, ourKey, ireland))
	got, err := client.DescribeKey(t.Context(), &kms.DescribeKeyInput{KeyId: aws.String(keyARN)})
	same(t, &key, func() *kmstypes.KeyMetadata { return got.KeyMetadata }, err)
}

func readBackOrganization(t *testing.T, round int) {
	t.Helper()
	organization := filled[orgtypes.Organization](round)
	_, url := serve(t, []inventory.Part{part(ours, "global", resource(inventory.Settings, ours, "global", ours+"/global",
		"organization", organization))})
	client := organizations.NewFromConfig(config(url, ourKey, "us-east-1"))
	got, err := client.DescribeOrganization(t.Context(), &organizations.DescribeOrganizationInput{})
	same(t, &organization, func() *orgtypes.Organization { return got.Organization }, err)
}

func readBackParameter(t *testing.T, round int) {
	t.Helper()
	parameter := filled[ssmtypes.Parameter](round)
	parameter.Name = aws.String("golden")
	_, url := serve(t, []inventory.Part{part(ours, ireland,
		resource(inventory.SSMParameter, ours, ireland, "golden", "parameter", parameter))})
	client := ssm.NewFromConfig(config(url, ourKey, ireland))
	got, err := client.GetParameters(t.Context(), &ssm.GetParametersInput{Names: []string{"golden"}})
	same(t, []ssmtypes.Parameter{parameter}, func() []ssmtypes.Parameter { return got.Parameters }, err)
}

// same compares what was served with what was read; read is called only if there was no error.
func same[T any](t *testing.T, served T, read func() T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(served, read(), ignoreMarker()); diff != "" {
		t.Errorf("served and read differ (-served +read):\n%s", diff)
	}
}
