package collect

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/autoscaling"
	astypes "github.com/aws/aws-sdk-go-v2/service/autoscaling/types"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/imagebuilder"
	ibtypes "github.com/aws/aws-sdk-go-v2/service/imagebuilder/types"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	ssmtypes "github.com/aws/aws-sdk-go-v2/service/ssm/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

var (
	thousand   = aws.Int32(1000)
	twentyFive = aws.Int32(25)
	next       = aws.String("next")
	one        = aws.String("one")
	two        = aws.String("two")
)

// listingTest is a fact that one listing answers, in two pages: the resource "one" is on the first, "two" on the second.
type listingTest struct {
	fact string
	// input is that of the first call; the second has the token "next" too.
	input any
	pages [2]answer
	// value is what is known of "one".
	value string
}

var listingTests = []listingTest{
	{
		"auto_scaling_group.group",
		autoscaling.DescribeAutoScalingGroupsInput{IncludeInstances: aws.Bool(false), MaxRecords: aws.Int32(100)},
		[2]answer{
			&autoscaling.DescribeAutoScalingGroupsOutput{
				AutoScalingGroups: []astypes.AutoScalingGroup{{AutoScalingGroupName: one, Instances: []astypes.Instance{}}}, NextToken: next,
			},
			&autoscaling.DescribeAutoScalingGroupsOutput{AutoScalingGroups: []astypes.AutoScalingGroup{{AutoScalingGroupName: two}}},
		},
		`{"AutoScalingGroupName":"one","Instances":[]}`,
	},
	{
		"launch_configuration.launch_configuration",
		autoscaling.DescribeLaunchConfigurationsInput{MaxRecords: aws.Int32(100)},
		[2]answer{
			&autoscaling.DescribeLaunchConfigurationsOutput{LaunchConfigurations: []astypes.LaunchConfiguration{
				{LaunchConfigurationName: one, UserData: aws.String(hidden), ImageId: aws.String(ami1)},
			}, NextToken: next},
			&autoscaling.DescribeLaunchConfigurationsOutput{
				LaunchConfigurations: []astypes.LaunchConfiguration{{LaunchConfigurationName: two}},
			},
		},
		`{"LaunchConfigurationName":"one","ImageId":"ami-00000001"}`,
	},
	{
		"ec2_fleet.fleet", ec2.DescribeFleetsInput{MaxResults: thousand},
		[2]answer{
			&ec2.DescribeFleetsOutput{Fleets: []types.FleetData{{FleetId: one, Type: types.FleetTypeMaintain}}, NextToken: next},
			&ec2.DescribeFleetsOutput{Fleets: []types.FleetData{{FleetId: two}}},
		},
		`{"FleetId":"one","Type":"maintain"}`,
	},
	{
		"spot_fleet.spot_fleet", ec2.DescribeSpotFleetRequestsInput{MaxResults: thousand},
		[2]answer{
			&ec2.DescribeSpotFleetRequestsOutput{SpotFleetRequestConfigs: []types.SpotFleetRequestConfig{{
				SpotFleetRequestId: one, SpotFleetRequestConfig: &types.SpotFleetRequestConfigData{
					LaunchSpecifications: []types.SpotFleetLaunchSpecification{{ImageId: aws.String(ami1), UserData: aws.String(hidden)}},
				},
			}}, NextToken: next},
			&ec2.DescribeSpotFleetRequestsOutput{SpotFleetRequestConfigs: []types.SpotFleetRequestConfig{{SpotFleetRequestId: two}}},
		},
		`{"SpotFleetRequestId":"one","SpotFleetRequestConfig":{"LaunchSpecifications":[{"ImageId":"ami-00000001"}]}}`,
	},
	{
		"instance.instance_image", ec2.DescribeInstanceImageMetadataInput{MaxResults: thousand},
		[2]answer{
			&ec2.DescribeInstanceImageMetadataOutput{InstanceImageMetadata: []types.InstanceImageMetadata{
				{InstanceId: one, ImageMetadata: &types.ImageMetadata{ImageId: aws.String(ami1)}},
			}, NextToken: next},
			&ec2.DescribeInstanceImageMetadataOutput{InstanceImageMetadata: []types.InstanceImageMetadata{{InstanceId: two}}},
		},
		`{"InstanceId":"one","ImageMetadata":{"ImageId":"ami-00000001"}}`,
	},
	{
		"recycled_image.recycled_image", ec2.ListImagesInRecycleBinInput{MaxResults: thousand},
		[2]answer{
			&ec2.ListImagesInRecycleBinOutput{Images: []types.ImageRecycleBinInfo{{ImageId: one}}, NextToken: next},
			&ec2.ListImagesInRecycleBinOutput{Images: []types.ImageRecycleBinInfo{{ImageId: two}}},
		},
		`{"ImageId":"one"}`,
	},
	{
		"recycled_snapshot.recycled_snapshot", ec2.ListSnapshotsInRecycleBinInput{MaxResults: thousand},
		[2]answer{
			&ec2.ListSnapshotsInRecycleBinOutput{Snapshots: []types.SnapshotRecycleBinInfo{{SnapshotId: one}}, NextToken: next},
			&ec2.ListSnapshotsInRecycleBinOutput{Snapshots: []types.SnapshotRecycleBinInfo{{SnapshotId: two}}},
		},
		`{"SnapshotId":"one"}`,
	},
	{
		"ssm_parameter.parameter_metadata",
		ssm.DescribeParametersInput{MaxResults: aws.Int32(50), ParameterFilters: []ssmtypes.ParameterStringFilter{
			{Key: aws.String("DataType"), Option: aws.String("Equals"), Values: []string{"aws:ec2:image"}},
		}},
		[2]answer{
			&ssm.DescribeParametersOutput{Parameters: []ssmtypes.ParameterMetadata{{Name: one, Version: 3}}, NextToken: next},
			&ssm.DescribeParametersOutput{Parameters: []ssmtypes.ParameterMetadata{{Name: two}}},
		},
		`{"Name":"one","Version":3}`,
	},
	{
		"image_recipe.image_recipe_summary", imagebuilder.ListImageRecipesInput{MaxResults: twentyFive},
		[2]answer{
			&imagebuilder.ListImageRecipesOutput{ImageRecipeSummaryList: []ibtypes.ImageRecipeSummary{{Arn: one}}, NextToken: next},
			&imagebuilder.ListImageRecipesOutput{ImageRecipeSummaryList: []ibtypes.ImageRecipeSummary{{Arn: two}}},
		},
		`{"Arn":"one"}`,
	},
	{
		"container_recipe.container_recipe_summary", imagebuilder.ListContainerRecipesInput{MaxResults: twentyFive},
		[2]answer{
			&imagebuilder.ListContainerRecipesOutput{
				ContainerRecipeSummaryList: []ibtypes.ContainerRecipeSummary{{Arn: one}}, NextToken: next,
			},
			&imagebuilder.ListContainerRecipesOutput{ContainerRecipeSummaryList: []ibtypes.ContainerRecipeSummary{{Arn: two}}},
		},
		`{"Arn":"one"}`,
	},
	{
		"image_pipeline.image_pipeline", imagebuilder.ListImagePipelinesInput{MaxResults: twentyFive},
		[2]answer{
			&imagebuilder.ListImagePipelinesOutput{ImagePipelineList: []ibtypes.ImagePipeline{
				{Arn: one, Workflows: []ibtypes.WorkflowConfiguration{
					{WorkflowArn: two, Parameters: []ibtypes.WorkflowParameter{{Name: one, Value: []string{hidden}}}},
				}},
			}, NextToken: next},
			&imagebuilder.ListImagePipelinesOutput{ImagePipelineList: []ibtypes.ImagePipeline{{Arn: two}}},
		},
		`{"Arn":"one","Workflows":[{"WorkflowArn":"two","Parameters":[{"Name":"one"}]}]}`,
	},
	{
		"distribution_configuration.distribution_summary",
		imagebuilder.ListDistributionConfigurationsInput{MaxResults: twentyFive},
		[2]answer{
			&imagebuilder.ListDistributionConfigurationsOutput{
				DistributionConfigurationSummaryList: []ibtypes.DistributionConfigurationSummary{{Arn: one}}, NextToken: next,
			},
			&imagebuilder.ListDistributionConfigurationsOutput{
				DistributionConfigurationSummaryList: []ibtypes.DistributionConfigurationSummary{{Arn: two}},
			},
		},
		`{"Arn":"one"}`,
	},
	{
		"infrastructure_configuration.infrastructure_summary",
		imagebuilder.ListInfrastructureConfigurationsInput{MaxResults: twentyFive},
		[2]answer{
			&imagebuilder.ListInfrastructureConfigurationsOutput{
				InfrastructureConfigurationSummaryList: []ibtypes.InfrastructureConfigurationSummary{{Arn: one}}, NextToken: next,
			},
			&imagebuilder.ListInfrastructureConfigurationsOutput{
				InfrastructureConfigurationSummaryList: []ibtypes.InfrastructureConfigurationSummary{{Arn: two}},
			},
		},
		`{"Arn":"one"}`,
	},
	{
		"image_lifecycle_policy.image_lifecycle_policy", imagebuilder.ListLifecyclePoliciesInput{MaxResults: twentyFive},
		[2]answer{
			&imagebuilder.ListLifecyclePoliciesOutput{
				LifecyclePolicySummaryList: []ibtypes.LifecyclePolicySummary{{Arn: one}}, NextToken: next,
			},
			&imagebuilder.ListLifecyclePoliciesOutput{LifecyclePolicySummaryList: []ibtypes.LifecyclePolicySummary{{Arn: two}}},
		},
		`{"Arn":"one"}`,
	},
}

// parts of "kind.fact" and the operation that answers it.
func (l listingTest) names() (fact inventory.FactRef, operation string) {
	kind, name, _ := strings.Cut(l.fact, ".")
	t, _ := Catalog().Lookup(ref(kind, name))
	_, operation, _ = strings.Cut(t.Action, ":")
	return t.FactRef, operation
}

// Listings are whole even where single images are asked for.
func TestListings(t *testing.T) {
	t.Parallel()
	for _, test := range listingTests {
		t.Run(test.fact, func(t *testing.T) {
			t.Parallel()
			fact, operation := test.names()
			c := noCalls(t)
			asked := scripted(t, &c, operation, test.pages[0], test.pages[1])
			part := read(t, c, Request{Facts: closure(t, test.fact), Images: []string{ami1}})
			asked.are(t, test.input, with(test.input, "NextToken", next))
			if diff := cmp.Diff([]string{"one", "two"}, idsOf(part, fact.Kind)); diff != "" {
				t.Errorf("resources (-want +got):\n%s", diff)
			}
			wantFact(t, factOf(t, part, fact.Kind, "one", fact.Name), inventory.Known, "", test.value)
			coverage := part.CoverageOf(fact.Kind, fact.Name)
			if coverage.Status != inventory.Known || coverage.Items != 2 || coverage.Missing != 0 || coverage.Narrowed != "" {
				t.Errorf("coverage is %+v", coverage)
			}
			keepsNoSecret(t, part, hidden)
		})
	}
}

// Half a listing keeps what it has and says that it is half.
func TestListingsCutOff(t *testing.T) {
	t.Parallel()
	for _, test := range listingTests {
		t.Run(test.fact, func(t *testing.T) {
			t.Parallel()
			fact, operation := test.names()
			c := noCalls(t)
			scripted(t, &c, operation, test.pages[0], refused("AccessDenied"))
			part := read(t, c, Request{Facts: closure(t, test.fact)})
			wantFact(t, factOf(t, part, fact.Kind, "one", fact.Name), inventory.Known, "", test.value)
			coverage := part.CoverageOf(fact.Kind, fact.Name)
			_, called, _ := strings.Cut(coverage.Action, ":")
			if coverage.Status != inventory.Denied || coverage.Items != 1 || called != operation || coverage.Code != "AccessDenied" {
				t.Errorf("coverage is %+v", coverage)
			}
		})
	}
}

// A token that has expired starts the listing over, whatever the service calls that.
func TestListingsWithAnExpiredToken(t *testing.T) {
	t.Parallel()
	codes := map[string]string{
		"ec2_fleet.fleet": "InvalidPaginationToken", "auto_scaling_group.group": "InvalidNextToken",
		"ssm_parameter.parameter_metadata": "InvalidNextToken", "image_pipeline.image_pipeline": "InvalidPaginationTokenException",
	}
	for _, test := range listingTests {
		if codes[test.fact] == "" {
			continue
		}
		t.Run(test.fact, func(t *testing.T) {
			t.Parallel()
			fact, operation := test.names()
			c := noCalls(t)
			scripted(t, &c, operation, test.pages[0], refused(codes[test.fact]), test.pages[0], test.pages[1])
			part := read(t, c, Request{Facts: closure(t, test.fact)})
			if got := part.CoverageOf(fact.Kind, fact.Name); got.Status != inventory.Known || got.Items != 2 {
				t.Errorf("coverage is %+v", got)
			}
		})
	}
}
