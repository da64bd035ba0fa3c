package main

import (
	"context"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	kmstypes "github.com/aws/aws-sdk-go-v2/service/kms/types"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	ssmtypes "github.com/aws/aws-sdk-go-v2/service/ssm/types"
)

// The images that moto-images.json puts into moto. What each deserves stands in moto-verdicts.txt.
const (
	motoSound   = "ami-0000000000000e001"
	motoOpen    = "ami-0000000000000e002"
	motoForeign = "ami-0000000000000f001"
	motoGone    = "ami-0000000000000dead"
)

// seeded is what moto gave names to.
type seeded struct {
	// names are what the table calls the things that moto gave ids to.
	names map[string]string
	// images, snapshots and keys are the ids that there are, for dumping.
	images, snapshots, keys []string
	organization            string
}

// seeder puts state into moto through the SDK.
type seeder struct {
	t      *testing.T
	config aws.Config
	ec2    *ec2.Client
	out    seeded
}

// seed makes one fault and one near miss for every policy that moto can decide.
func seed(t *testing.T, e endpoint) seeded {
	t.Helper()
	config := sdkConfig(e)
	s := &seeder{t: t, config: config, ec2: ec2.NewFromConfig(config), out: seeded{names: map[string]string{}}}
	s.sharing()
	s.snapshots()
	s.keys()
	s.templates()
	s.list()
	return s.out
}

// sdkConfig points the SDK's clients at an endpoint; they never retry.
func sdkConfig(e endpoint) aws.Config {
	return aws.Config{
		Region: e.region, BaseEndpoint: aws.String(e.url), Retryer: func() aws.Retryer { return aws.NopRetryer{} },
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: e.key, SecretAccessKey: e.secret}, nil
		}),
	}
}

func (s *seeder) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// sharing shares one image with a stranger and one with the account's own organization.
func (s *seeder) sharing() {
	made, err := organizations.NewFromConfig(s.config).CreateOrganization(s.t.Context(),
		&organizations.CreateOrganizationInput{})
	s.must(err)
	s.out.organization = aws.ToString(made.Organization.Arn)
	s.grant(motoOpen, types.LaunchPermission{UserId: aws.String("444455556666")})
	s.grant(motoSound, types.LaunchPermission{OrganizationArn: made.Organization.Arn})
}

func (s *seeder) grant(image string, to types.LaunchPermission) {
	_, err := s.ec2.ModifyImageAttribute(s.t.Context(), &ec2.ModifyImageAttributeInput{
		ImageId: aws.String(image), LaunchPermission: &types.LaunchPermissionModifications{Add: []types.LaunchPermission{to}},
	})
	s.must(err)
}

// snapshots makes one snapshot public and shares another with one account.
func (s *seeder) snapshots() {
	open, shared := s.snapshotOf(motoOpen), s.snapshotOf(motoSound)
	s.out.names[open], s.out.names[shared] = "open", "shared"
	add := types.OperationTypeAdd
	s.share(&ec2.ModifySnapshotAttributeInput{SnapshotId: aws.String(open), OperationType: add, GroupNames: []string{"all"}})
	s.share(&ec2.ModifySnapshotAttributeInput{
		SnapshotId: aws.String(shared), OperationType: add, UserIds: []string{"444455556666"},
	})
}

func (s *seeder) share(input *ec2.ModifySnapshotAttributeInput) {
	input.Attribute = types.SnapshotAttributeNameCreateVolumePermission
	_, err := s.ec2.ModifySnapshotAttribute(s.t.Context(), input)
	s.must(err)
}

func (s *seeder) snapshotOf(image string) string {
	out, err := s.ec2.DescribeImages(s.t.Context(), &ec2.DescribeImagesInput{ImageIds: []string{image}})
	s.must(err)
	return aws.ToString(out.Images[0].BlockDeviceMappings[0].Ebs.SnapshotId)
}

// keys makes copies of a snapshot under two keys: one scheduled for deletion, one only disabled.
func (s *seeder) keys() {
	client := kms.NewFromConfig(s.config)
	for _, name := range []string{"doomed", "disabled"} {
		key, err := client.CreateKey(s.t.Context(), &kms.CreateKeyInput{
			KeyUsage: kmstypes.KeyUsageTypeEncryptDecrypt, MultiRegion: aws.Bool(false),
		})
		s.must(err)
		arn := aws.ToString(key.KeyMetadata.Arn)
		s.out.names[arn], s.out.keys = name, append(s.out.keys, arn)
		_, err = s.ec2.CopySnapshot(s.t.Context(), &ec2.CopySnapshotInput{
			SourceRegion: aws.String(s.config.Region), SourceSnapshotId: aws.String(s.snapshotOf(motoSound)),
			Encrypted: aws.Bool(true), KmsKeyId: aws.String(arn),
		})
		s.must(err)
	}
	_, err := client.ScheduleKeyDeletion(s.t.Context(), &kms.ScheduleKeyDeletionInput{
		KeyId: bare(s.out.keys[0]), PendingWindowInDays: aws.Int32(7),
	})
	s.must(err)
	_, err = client.DisableKey(s.t.Context(), &kms.DisableKeyInput{KeyId: bare(s.out.keys[1])})
	s.must(err)
}

// bare is a key's id without the ARN: moto changes a key by its bare id only.
func bare(arn string) *string {
	_, id, _ := strings.Cut(arn, "/")
	return aws.String(id)
}

// templates names images that are there, one's own and somebody else's, and one that is not.
func (s *seeder) templates() {
	_, err := ssm.NewFromConfig(s.config).PutParameter(s.t.Context(), &ssm.PutParameterInput{
		Name: aws.String("/golden/web"), Value: aws.String(motoSound), Type: ssmtypes.ParameterTypeString,
	})
	s.must(err)
	for name, image := range map[string]string{
		"own": motoSound, "foreign": motoForeign, "gone": motoGone, "parameter": "resolve:ssm:/golden/web",
		"no-parameter": "resolve:ssm:/golden/none",
	} {
		out, err := s.ec2.CreateLaunchTemplate(s.t.Context(), &ec2.CreateLaunchTemplateInput{
			LaunchTemplateName: aws.String(name),
			LaunchTemplateData: &types.RequestLaunchTemplateData{ImageId: aws.String(image)},
		})
		s.must(err)
		s.out.names[aws.ToString(out.LaunchTemplate.LaunchTemplateId)] = name
	}
}

// list notes what there is of one's own.
func (s *seeder) list() {
	images, err := s.ec2.DescribeImages(s.t.Context(), &ec2.DescribeImagesInput{Owners: []string{"self"}})
	s.must(err)
	for _, image := range images.Images {
		id := aws.ToString(image.ImageId)
		s.out.images, s.out.names[id] = append(s.out.images, id), id[len(id)-4:]
	}
	snapshots, err := s.ec2.DescribeSnapshots(s.t.Context(), &ec2.DescribeSnapshotsInput{OwnerIds: []string{"self"}})
	s.must(err)
	for _, snapshot := range snapshots.Snapshots {
		if id := aws.ToString(snapshot.SnapshotId); aws.ToString(snapshot.OwnerId) == motoAccount {
			s.out.snapshots = append(s.out.snapshots, id)
		}
	}
}
