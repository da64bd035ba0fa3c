package main

import (
	"net/http"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/autoscaling"
	scaling "github.com/aws/aws-sdk-go-v2/service/autoscaling/types"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	kmstypes "github.com/aws/aws-sdk-go-v2/service/kms/types"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	ssmtypes "github.com/aws/aws-sdk-go-v2/service/ssm/types"
)

// seedLaunches adds what launches name and whatever else has a call of its own: a key with a grant, behind an alias and
// under a snapshot; a template that names everything; a group, a launch configuration, an instance, a
// parameter and a trail.
func seedLaunches(t *testing.T, e endpoint) {
	t.Helper()
	config := sdkConfig(e)
	s := &seeder{t: t, config: config, ec2: ec2.NewFromConfig(config), out: seeded{names: map[string]string{}}}
	s.grantedKey()
	s.parameter()
	s.profile()
	s.fullTemplate()
	s.groups()
	s.instance()
	s.bucket(e.url)
	s.trail()
}

func (s *seeder) grantedKey() {
	client := kms.NewFromConfig(s.config)
	made, err := client.CreateKey(s.t.Context(), &kms.CreateKeyInput{
		KeyUsage: kmstypes.KeyUsageTypeEncryptDecrypt, MultiRegion: aws.Bool(false),
	})
	s.must(err)
	_, err = client.CreateAlias(s.t.Context(), &kms.CreateAliasInput{
		AliasName: aws.String("alias/volumes"), TargetKeyId: made.KeyMetadata.KeyId,
	})
	s.must(err)
	_, err = client.CreateGrant(s.t.Context(), &kms.CreateGrantInput{
		KeyId: made.KeyMetadata.KeyId, GranteePrincipal: aws.String("arn:aws:iam::444455556666:role/restore"),
		Operations: []kmstypes.GrantOperation{kmstypes.GrantOperationDecrypt},
	})
	s.must(err)
	_, err = s.ec2.CopySnapshot(s.t.Context(), &ec2.CopySnapshotInput{
		SourceRegion: aws.String(s.config.Region), SourceSnapshotId: aws.String(s.snapshotOf(motoSound)),
		Encrypted: aws.Bool(true), KmsKeyId: made.KeyMetadata.Arn,
	})
	s.must(err)
}

func (s *seeder) parameter() {
	_, err := ssm.NewFromConfig(s.config).PutParameter(s.t.Context(), &ssm.PutParameterInput{
		Name: aws.String("/golden/data"), Value: aws.String(motoSound), Type: ssmtypes.ParameterTypeString,
		DataType: aws.String("aws:ec2:image"),
	})
	s.must(err)
}

func (s *seeder) profile() {
	_, err := iam.NewFromConfig(s.config).CreateInstanceProfile(s.t.Context(), &iam.CreateInstanceProfileInput{
		InstanceProfileName: aws.String("web"),
	})
	s.must(err)
}

// fullTemplate names something of every kind that a launch can name.
func (s *seeder) fullTemplate() {
	subnets, err := s.ec2.DescribeSubnets(s.t.Context(), &ec2.DescribeSubnetsInput{})
	s.must(err)
	groups, err := s.ec2.DescribeSecurityGroups(s.t.Context(), &ec2.DescribeSecurityGroupsInput{})
	s.must(err)
	_, err = s.ec2.CreateKeyPair(s.t.Context(), &ec2.CreateKeyPairInput{KeyName: aws.String("ops")})
	s.must(err)
	_, err = s.ec2.CreateLaunchTemplate(s.t.Context(), &ec2.CreateLaunchTemplateInput{
		LaunchTemplateName: aws.String("full"), LaunchTemplateData: &types.RequestLaunchTemplateData{
			ImageId: aws.String(motoForeign), InstanceType: types.InstanceTypeT3Micro, KeyName: aws.String("ops"),
			IamInstanceProfile: &types.LaunchTemplateIamInstanceProfileSpecificationRequest{Name: aws.String("web")},
			NetworkInterfaces: []types.LaunchTemplateInstanceNetworkInterfaceSpecificationRequest{{
				DeviceIndex: aws.Int32(0), SubnetId: subnets.Subnets[0].SubnetId, Groups: []string{*groups.SecurityGroups[0].GroupId},
			}},
			BlockDeviceMappings: []types.LaunchTemplateBlockDeviceMappingRequest{{
				DeviceName: aws.String("/dev/sdf"), Ebs: &types.LaunchTemplateEbsBlockDeviceRequest{
					VolumeSize: aws.Int32(8), Encrypted: aws.Bool(true), KmsKeyId: aws.String("alias/volumes"),
				},
			}},
		},
	})
	s.must(err)
}

func (s *seeder) groups() {
	client := autoscaling.NewFromConfig(s.config)
	_, err := client.CreateLaunchConfiguration(s.t.Context(), &autoscaling.CreateLaunchConfigurationInput{
		LaunchConfigurationName: aws.String("old"), ImageId: aws.String(motoSound), InstanceType: aws.String("t3.micro"),
	})
	s.must(err)
	_, err = client.CreateAutoScalingGroup(s.t.Context(), &autoscaling.CreateAutoScalingGroupInput{
		AutoScalingGroupName: aws.String("web"), MinSize: aws.Int32(0), MaxSize: aws.Int32(0),
		AvailabilityZones: []string{s.config.Region + "a"},
		LaunchTemplate: &scaling.LaunchTemplateSpecification{
			LaunchTemplateName: aws.String("full"), Version: aws.String("1"),
		},
	})
	s.must(err)
}

func (s *seeder) instance() {
	_, err := s.ec2.RunInstances(s.t.Context(), &ec2.RunInstancesInput{
		ImageId: aws.String(motoSound), InstanceType: types.InstanceTypeT3Micro, MinCount: aws.Int32(1), MaxCount: aws.Int32(1),
	})
	s.must(err)
}

// bucket makes the bucket that moto wants of a trail; it tells services apart by the credential scope.
func (s *seeder) bucket(url string) {
	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodPut, url+"/trails", nil)
	s.must(err)
	request.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=testing/20261122/us-east-1/s3/aws4_request, "+
		"SignedHeaders=host, Signature=0")
	response, err := http.DefaultClient.Do(request)
	s.must(err)
	_ = response.Body.Close() // nothing is read of it
	if response.StatusCode != http.StatusOK {
		s.t.Fatalf("make a bucket: moto answers %s", response.Status)
	}
}

func (s *seeder) trail() {
	_, err := cloudtrail.NewFromConfig(s.config).CreateTrail(s.t.Context(), &cloudtrail.CreateTrailInput{
		Name: aws.String("main"), S3BucketName: aws.String("trails"), IsMultiRegionTrail: aws.Bool(true),
	})
	s.must(err)
}
