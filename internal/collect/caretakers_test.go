package collect

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	cttypes "github.com/aws/aws-sdk-go-v2/service/cloudtrail/types"
	"github.com/aws/aws-sdk-go-v2/service/dlm"
	dlmtypes "github.com/aws/aws-sdk-go-v2/service/dlm/types"
	"github.com/aws/aws-sdk-go-v2/service/imagebuilder"
	ibtypes "github.com/aws/aws-sdk-go-v2/service/imagebuilder/types"
	"github.com/aws/aws-sdk-go-v2/service/rbin"
	rbintypes "github.com/aws/aws-sdk-go-v2/service/rbin/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

// detailTest is a fact that takes one call for each resource of a listing, which holds "one" and "two".
type detailTest struct {
	fact, listing string
	list          answer
	// input is that of the call for "one".
	input any
	out   answer
	value string
}

var detailTests = []detailTest{
	{
		"image_recipe.image_recipe", "ListImageRecipes",
		&imagebuilder.ListImageRecipesOutput{ImageRecipeSummaryList: []ibtypes.ImageRecipeSummary{{Arn: one}, {Arn: two}}},
		imagebuilder.GetImageRecipeInput{ImageRecipeArn: one},
		&imagebuilder.GetImageRecipeOutput{ImageRecipe: &ibtypes.ImageRecipe{
			Arn: one, ParentImage: aws.String(ami1),
			AdditionalInstanceConfiguration: &ibtypes.AdditionalInstanceConfiguration{UserDataOverride: aws.String(hidden)},
			Components: []ibtypes.ComponentConfiguration{
				{ComponentArn: two, Parameters: []ibtypes.ComponentParameter{{Name: aws.String("n"), Value: []string{hidden}}}},
			},
		}},
		`{"Arn":"one","ParentImage":"ami-00000001","AdditionalInstanceConfiguration":{},
			"Components":[{"ComponentArn":"two","Parameters":[{"Name":"n"}]}]}`,
	},
	{
		"distribution_configuration.distribution_configuration", "ListDistributionConfigurations",
		&imagebuilder.ListDistributionConfigurationsOutput{
			DistributionConfigurationSummaryList: []ibtypes.DistributionConfigurationSummary{{Arn: one}, {Arn: two}},
		},
		imagebuilder.GetDistributionConfigurationInput{DistributionConfigurationArn: one},
		&imagebuilder.GetDistributionConfigurationOutput{DistributionConfiguration: &ibtypes.DistributionConfiguration{
			Arn: one, Distributions: []ibtypes.Distribution{{
				Region: aws.String("eu-west-1"), AmiDistributionConfiguration: &ibtypes.AmiDistributionConfiguration{
					LaunchPermission: &ibtypes.LaunchPermissionConfiguration{UserGroups: []string{"all"}},
				},
			}},
		}},
		`{"Arn":"one","Distributions":[{"Region":"eu-west-1",
			"AmiDistributionConfiguration":{"LaunchPermission":{"UserGroups":["all"]}}}]}`,
	},
	{
		"infrastructure_configuration.infrastructure_configuration", "ListInfrastructureConfigurations",
		&imagebuilder.ListInfrastructureConfigurationsOutput{
			InfrastructureConfigurationSummaryList: []ibtypes.InfrastructureConfigurationSummary{{Arn: one}, {Arn: two}},
		},
		imagebuilder.GetInfrastructureConfigurationInput{InfrastructureConfigurationArn: one},
		&imagebuilder.GetInfrastructureConfigurationOutput{InfrastructureConfiguration: &ibtypes.InfrastructureConfiguration{
			Arn: one, InstanceMetadataOptions: &ibtypes.InstanceMetadataOptions{HttpTokens: aws.String("required")},
		}},
		`{"Arn":"one","InstanceMetadataOptions":{"HttpTokens":"required"}}`,
	},
	{
		"dlm_policy.dlm_policy", "GetLifecyclePolicies",
		&dlm.GetLifecyclePoliciesOutput{Policies: []dlmtypes.LifecyclePolicySummary{{PolicyId: one}, {PolicyId: two}}},
		dlm.GetLifecyclePolicyInput{PolicyId: one},
		&dlm.GetLifecyclePolicyOutput{Policy: &dlmtypes.LifecyclePolicy{
			PolicyId: one, Tags: map[string]string{"team": "web"}, State: dlmtypes.GettablePolicyStateValuesEnabled,
		}},
		`{"PolicyId":"one","Tags":{"team":"web"},"State":"ENABLED"}`,
	},
	{
		"recycle_bin_rule.recycle_bin_rule", "ListRules",
		&rbin.ListRulesOutput{Rules: []rbintypes.RuleSummary{{Identifier: one}, {Identifier: two}}},
		rbin.GetRuleInput{Identifier: one},
		&rbin.GetRuleOutput{Identifier: one, ResourceType: rbintypes.ResourceTypeEc2Image, Status: rbintypes.RuleStatusAvailable},
		`{"Identifier":"one","ResourceType":"EC2_IMAGE","Status":"available"}`,
	},
	{
		"trail.trail_status", "DescribeTrails",
		&cloudtrail.DescribeTrailsOutput{TrailList: []cttypes.Trail{{TrailARN: one}, {TrailARN: two}}},
		cloudtrail.GetTrailStatusInput{Name: one},
		&cloudtrail.GetTrailStatusOutput{IsLogging: aws.Bool(false)}, `{"IsLogging":false}`,
	},
	{
		"trail.trail_event_selectors", "DescribeTrails",
		&cloudtrail.DescribeTrailsOutput{TrailList: []cttypes.Trail{{TrailARN: one}, {TrailARN: two}}},
		cloudtrail.GetEventSelectorsInput{TrailName: one},
		&cloudtrail.GetEventSelectorsOutput{TrailARN: one, EventSelectors: []cttypes.EventSelector{
			{IncludeManagementEvents: aws.Bool(true), ReadWriteType: cttypes.ReadWriteTypeWriteOnly},
		}},
		`{"TrailARN":"one","EventSelectors":[{"IncludeManagementEvents":true,"ReadWriteType":"WriteOnly"}]}`,
	},
}

// "one" is answered, "two" is denied.
func TestDetails(t *testing.T) {
	t.Parallel()
	for _, test := range detailTests {
		t.Run(test.fact, func(t *testing.T) {
			t.Parallel()
			fact, operation := listingTest{fact: test.fact}.names()
			c := noCalls(t)
			answering(t, &c, test.listing, func(any) answer { return test.list })
			asked := answering(t, &c, operation, func(input any) answer {
				if cmp.Equal(test.input, input, ignoreSDK) {
					return test.out
				}
				return refused("AccessDeniedException")
			})
			part := read(t, c, Request{Facts: closure(t, test.fact)})
			wantFact(t, factOf(t, part, fact.Kind, "one", fact.Name), inventory.Known, "", test.value)
			wantFact(t, factOf(t, part, fact.Kind, "two", fact.Name), inventory.Denied, "AccessDeniedException", "")
			if c := part.CoverageOf(fact.Kind, fact.Name); len(asked.all) != 2 || c.Items != 1 || c.Missing != 1 {
				t.Errorf("%d calls, coverage %+v", len(asked.all), c)
			}
			keepsNoSecret(t, part, hidden)
		})
	}
}

// A detail without its listing is not whole, and says what stood in the way.
func TestDetailsWithoutTheirListing(t *testing.T) {
	t.Parallel()
	for _, test := range detailTests {
		t.Run(test.fact, func(t *testing.T) {
			t.Parallel()
			fact, _ := listingTest{fact: test.fact}.names()
			c := noCalls(t)
			answering(t, &c, test.listing, func(any) answer { return refused("AccessDeniedException") })
			part := read(t, c, Request{Facts: closure(t, test.fact)})
			got := part.CoverageOf(fact.Kind, fact.Name)
			if got.Status != inventory.Denied || len(got.Action) < len(test.listing) ||
				got.Action[len(got.Action)-len(test.listing):] != test.listing {
				t.Errorf("coverage is %+v", got)
			}
		})
	}
}

func TestDLMPolicySummaries(t *testing.T) {
	t.Parallel()
	c := noCalls(t)
	asked := scripted(t, &c, "GetLifecyclePolicies", &dlm.GetLifecyclePoliciesOutput{
		Policies: []dlmtypes.LifecyclePolicySummary{{PolicyId: one, DefaultPolicy: aws.Bool(true)}},
	})
	part := read(t, c, Request{Facts: closure(t, "dlm_policy.dlm_policy_summary"), Images: []string{ami1}})
	asked.are(t, dlm.GetLifecyclePoliciesInput{})
	wantFact(t, factOf(t, part, inventory.DLMPolicy, "one", "dlm_policy_summary"), inventory.Known, "",
		`{"PolicyId":"one","DefaultPolicy":true}`)
	if c := part.CoverageOf(inventory.DLMPolicy, "dlm_policy_summary"); c.Status != inventory.Known || c.Narrowed != "" {
		t.Errorf("coverage is %+v", c)
	}
}

// listRules answers for one type of resource and refuses the other.
func listRules(t *testing.T, refusedType rbintypes.ResourceType) (clients, *inputs) {
	t.Helper()
	c := noCalls(t)
	asked := answering(t, &c, "ListRules", func(input any) answer {
		in := input.(rbin.ListRulesInput)
		switch {
		case in.ResourceType == refusedType:
			return refused("AccessDeniedException")
		case in.NextToken == nil && in.ResourceType == rbintypes.ResourceTypeEc2Image:
			return &rbin.ListRulesOutput{Rules: []rbintypes.RuleSummary{}, NextToken: next}
		}
		return &rbin.ListRulesOutput{Rules: []rbintypes.RuleSummary{{Identifier: aws.String("of-" + string(in.ResourceType))}}}
	})
	return c, asked
}

// Rules are listed by the type of what they keep.
func TestRuleSummaries(t *testing.T) {
	t.Parallel()
	c, asked := listRules(t, "")
	part := read(t, c, Request{Facts: closure(t, "recycle_bin_rule.recycle_bin_rule_summary"), Images: []string{ami1}})
	input := rbin.ListRulesInput{ResourceType: rbintypes.ResourceTypeEc2Image, MaxResults: thousand}
	asked.are(t, input, with(input, "NextToken", next), with(input, "ResourceType", rbintypes.ResourceTypeEbsSnapshot))
	if diff := cmp.Diff([]string{"of-EBS_SNAPSHOT", "of-EC2_IMAGE"}, idsOf(part, inventory.RecycleBinRule)); diff != "" {
		t.Errorf("rules (-want +got):\n%s", diff)
	}
	if c := part.CoverageOf(inventory.RecycleBinRule, "recycle_bin_rule_summary"); c.Status != inventory.Known || c.Narrowed != "" {
		t.Errorf("coverage is %+v", c)
	}
}

// One type that is refused makes the whole listing half, whichever comes first.
func TestRuleSummariesCutOff(t *testing.T) {
	t.Parallel()
	for _, kind := range []rbintypes.ResourceType{rbintypes.ResourceTypeEc2Image, rbintypes.ResourceTypeEbsSnapshot} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			c, _ := listRules(t, kind)
			part := read(t, c, Request{Facts: closure(t, "recycle_bin_rule.recycle_bin_rule_summary")})
			got := part.CoverageOf(inventory.RecycleBinRule, "recycle_bin_rule_summary")
			if got.Status != inventory.Denied || got.Items != 1 {
				t.Errorf("coverage is %+v", got)
			}
		})
	}
}

const (
	homeTrail = "arn:aws:cloudtrail:us-east-1:111122223333:trail/home"
	orgTrail  = "arn:aws:cloudtrail:eu-west-1:999900001111:trail/org"
)

// Shadows of trails of other regions and accounts are asked for, stand under their ARN and belong to the account in it.
func TestTrails(t *testing.T) {
	t.Parallel()
	c := noCalls(t)
	asked := scripted(t, &c, "DescribeTrails", &cloudtrail.DescribeTrailsOutput{TrailList: []cttypes.Trail{
		{TrailARN: aws.String(homeTrail), HomeRegion: aws.String("us-east-1")}, {TrailARN: aws.String(orgTrail)},
	}})
	part := read(t, c, Request{Facts: closure(t, "trail.trail"), Images: []string{ami1}})
	asked.are(t, cloudtrail.DescribeTrailsInput{IncludeShadowTrails: aws.Bool(true)})
	wantFact(t, factOf(t, part, inventory.Trail, homeTrail, "trail"), inventory.Known, "",
		`{"TrailARN":"`+homeTrail+`","HomeRegion":"us-east-1"}`)
	for id, want := range map[string]string{homeTrail: ours, orgTrail: theirs} {
		if got := accountOf(part, inventory.Trail, id); got != want {
			t.Errorf("%s belongs to %s, want %s", id, got, want)
		}
	}
	if c := part.CoverageOf(inventory.Trail, "trail"); c.Status != inventory.Known || c.Items != 2 || c.Narrowed != "" {
		t.Errorf("coverage is %+v", c)
	}
}

// CloudTrail says "not found" to a member account that asks for the organization's trail, which it has just listed: that
// the trail records nothing does not follow.
func TestTrailsOfTheOrganization(t *testing.T) {
	t.Parallel()
	for _, fact := range []string{"trail_status", "trail_event_selectors"} {
		t.Run(fact, func(t *testing.T) {
			t.Parallel()
			_, operation := listingTest{fact: "trail." + fact}.names()
			c := noCalls(t)
			scripted(t, &c, "DescribeTrails", &cloudtrail.DescribeTrailsOutput{TrailList: []cttypes.Trail{{TrailARN: aws.String(orgTrail)}}})
			scripted(t, &c, operation, refused("TrailNotFoundException"))
			part := read(t, c, Request{Facts: closure(t, "trail."+fact)})
			wantFact(t, factOf(t, part, inventory.Trail, orgTrail, fact), inventory.NotVisible, "TrailNotFoundException", "")
			if c := part.CoverageOf(inventory.Trail, fact); c.Missing != 1 {
				t.Errorf("coverage is %+v", c)
			}
		})
	}
}
