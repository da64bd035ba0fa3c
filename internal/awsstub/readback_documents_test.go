package awsstub_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	trailtypes "github.com/aws/aws-sdk-go-v2/service/cloudtrail/types"
	"github.com/aws/aws-sdk-go-v2/service/dlm"
	dlmtypes "github.com/aws/aws-sdk-go-v2/service/dlm/types"
	"github.com/aws/aws-sdk-go-v2/service/imagebuilder"
	buildertypes "github.com/aws/aws-sdk-go-v2/service/imagebuilder/types"
	"github.com/aws/aws-sdk-go-v2/service/rbin"
	rbintypes "github.com/aws/aws-sdk-go-v2/service/rbin/types"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	ssmtypes "github.com/aws/aws-sdk-go-v2/service/ssm/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

const (
	recipeARN         = "arn:aws:imagebuilder:eu-west-1:111122223333:image-recipe/golden/1.0.0"
	containerARN      = "arn:aws:imagebuilder:eu-west-1:111122223333:container-recipe/golden/1.0.0"
	pipelineARN       = "arn:aws:imagebuilder:eu-west-1:111122223333:image-pipeline/golden"
	distributionARN   = "arn:aws:imagebuilder:eu-west-1:111122223333:distribution-configuration/golden"
	infrastructureARN = "arn:aws:imagebuilder:eu-west-1:111122223333:infrastructure-configuration/golden"
	lifecycleARN      = "arn:aws:imagebuilder:eu-west-1:111122223333:lifecycle-policy/golden"
	trailARN          = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main"
	dlmPolicyID       = "policy-0123456789abcdef0"
	ruleID            = "AbCdEfGhIjK"
)

// set changes the fields of a filled value that have a meaning for the stub.
func set[T any](value T, change func(*T)) T {
	change(&value)
	return value
}

// TestSDKReadsEveryFieldOfDocuments serves every document with all fields set and reads it back with the SDK.
func TestSDKReadsEveryFieldOfDocuments(t *testing.T) {
	t.Parallel()
	for round := range rounds {
		for _, test := range append(append(recipeReads(round), configurationReads(round)...), ruleReads(t, round)...) {
			t.Run(fmt.Sprintf("%s, round %d", test.name, round), func(t *testing.T) {
				t.Parallel()
				_, url := serve(t, []inventory.Part{part(ours, ireland,
					resource(test.kind, ours, ireland, test.id, test.fact, test.value))})
				got, err := test.read(t.Context(), config(url, ourKey, ireland))
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(test.value, got, ignoreMarker()); diff != "" {
					t.Errorf("served and read differ (-served +read):\n%s", diff)
				}
			})
		}
	}
}

// builderRead is a reading of Image Builder, of which the resource's kind and id and the fact are named first.
func builderRead(kind, id, fact string, value any, read func(context.Context, *imagebuilder.Client) (any, error)) readBack {
	return readBack{fact, kind, id, fact, value,
		func(ctx context.Context, c aws.Config) (any, error) { return read(ctx, imagebuilder.NewFromConfig(c)) }}
}

func recipeReads(round int) []readBack {
	recipe := set(filled[buildertypes.ImageRecipe](round), func(r *buildertypes.ImageRecipe) { r.Arn = ptr(recipeARN) })
	summary := set(filled[buildertypes.ImageRecipeSummary](round),
		func(s *buildertypes.ImageRecipeSummary) { s.Arn = ptr(recipeARN) })
	container := set(filled[buildertypes.ContainerRecipeSummary](round),
		func(s *buildertypes.ContainerRecipeSummary) { s.Arn = ptr(containerARN) })
	pipeline := set(filled[buildertypes.ImagePipeline](round),
		func(p *buildertypes.ImagePipeline) { p.Arn = ptr(pipelineARN) })
	policy := set(filled[buildertypes.LifecyclePolicySummary](round),
		func(p *buildertypes.LifecyclePolicySummary) { p.Arn = ptr(lifecycleARN) })
	return []readBack{
		builderRead(inventory.ImageRecipe, recipeARN, "image_recipe", recipe,
			func(ctx context.Context, c *imagebuilder.Client) (any, error) {
				out, err := c.GetImageRecipe(ctx, &imagebuilder.GetImageRecipeInput{ImageRecipeArn: ptr(recipeARN)})
				if err != nil {
					return nil, err
				}
				return *out.ImageRecipe, nil
			}),
		builderRead(inventory.ImageRecipe, recipeARN, "image_recipe_summary", summary,
			func(ctx context.Context, c *imagebuilder.Client) (any, error) {
				out, err := c.ListImageRecipes(ctx, &imagebuilder.ListImageRecipesInput{})
				if err != nil {
					return nil, err
				}
				return only(out.ImageRecipeSummaryList, nil)
			}),
		builderRead(inventory.ContainerRecipe, containerARN, "container_recipe_summary", container,
			func(ctx context.Context, c *imagebuilder.Client) (any, error) {
				out, err := c.ListContainerRecipes(ctx, &imagebuilder.ListContainerRecipesInput{})
				if err != nil {
					return nil, err
				}
				return only(out.ContainerRecipeSummaryList, nil)
			}),
		builderRead(inventory.ImagePipeline, pipelineARN, "image_pipeline", pipeline,
			func(ctx context.Context, c *imagebuilder.Client) (any, error) {
				out, err := c.ListImagePipelines(ctx, &imagebuilder.ListImagePipelinesInput{})
				if err != nil {
					return nil, err
				}
				return only(out.ImagePipelineList, nil)
			}),
		builderRead(inventory.ImageLifecyclePolicy, lifecycleARN, "image_lifecycle_policy", policy,
			func(ctx context.Context, c *imagebuilder.Client) (any, error) {
				out, err := c.ListLifecyclePolicies(ctx, &imagebuilder.ListLifecyclePoliciesInput{})
				if err != nil {
					return nil, err
				}
				return only(out.LifecyclePolicySummaryList, nil)
			}),
	}
}

func configurationReads(round int) []readBack {
	distribution := set(filled[buildertypes.DistributionConfiguration](round),
		func(d *buildertypes.DistributionConfiguration) { d.Arn = ptr(distributionARN) })
	summary := set(filled[buildertypes.DistributionConfigurationSummary](round),
		func(s *buildertypes.DistributionConfigurationSummary) { s.Arn = ptr(distributionARN) })
	infrastructure := set(filled[buildertypes.InfrastructureConfiguration](round),
		func(i *buildertypes.InfrastructureConfiguration) { i.Arn = ptr(infrastructureARN) })
	outline := set(filled[buildertypes.InfrastructureConfigurationSummary](round),
		func(s *buildertypes.InfrastructureConfigurationSummary) { s.Arn = ptr(infrastructureARN) })
	return []readBack{
		builderRead(inventory.DistributionConfiguration, distributionARN, "distribution_configuration", distribution,
			func(ctx context.Context, c *imagebuilder.Client) (any, error) {
				out, err := c.GetDistributionConfiguration(ctx, &imagebuilder.GetDistributionConfigurationInput{
					DistributionConfigurationArn: ptr(distributionARN)})
				if err != nil {
					return nil, err
				}
				return *out.DistributionConfiguration, nil
			}),
		builderRead(inventory.DistributionConfiguration, distributionARN, "distribution_summary", summary,
			func(ctx context.Context, c *imagebuilder.Client) (any, error) {
				out, err := c.ListDistributionConfigurations(ctx, &imagebuilder.ListDistributionConfigurationsInput{})
				if err != nil {
					return nil, err
				}
				return only(out.DistributionConfigurationSummaryList, nil)
			}),
		builderRead(inventory.InfrastructureConfiguration, infrastructureARN, "infrastructure_configuration", infrastructure,
			func(ctx context.Context, c *imagebuilder.Client) (any, error) {
				out, err := c.GetInfrastructureConfiguration(ctx, &imagebuilder.GetInfrastructureConfigurationInput{
					InfrastructureConfigurationArn: ptr(infrastructureARN)})
				if err != nil {
					return nil, err
				}
				return *out.InfrastructureConfiguration, nil
			}),
		builderRead(inventory.InfrastructureConfiguration, infrastructureARN, "infrastructure_summary", outline,
			func(ctx context.Context, c *imagebuilder.Client) (any, error) {
				out, err := c.ListInfrastructureConfigurations(ctx, &imagebuilder.ListInfrastructureConfigurationsInput{})
				if err != nil {
					return nil, err
				}
				return only(out.InfrastructureConfigurationSummaryList, nil)
			}),
	}
}

// ruleReads are those of the services with few calls. Where an answer is a fact as a whole, it is compared as a document.
func ruleReads(t *testing.T, round int) []readBack {
	t.Helper()
	policy := set(filled[dlmtypes.LifecyclePolicy](round), func(p *dlmtypes.LifecyclePolicy) { p.PolicyId = ptr(dlmPolicyID) })
	outline := set(filled[dlmtypes.LifecyclePolicySummary](round),
		func(p *dlmtypes.LifecyclePolicySummary) { p.PolicyId = ptr(dlmPolicyID) })
	summary := set(filled[rbintypes.RuleSummary](round), func(s *rbintypes.RuleSummary) { s.Identifier = ptr(ruleID) })
	rule := set(filled[rbin.GetRuleOutput](round), func(r *rbin.GetRuleOutput) {
		r.Identifier, r.ResourceType = ptr(ruleID), rbintypes.ResourceTypeEc2Image
	})
	trail := set(filled[trailtypes.Trail](round), func(r *trailtypes.Trail) { r.TrailARN = ptr(trailARN) })
	selectors := set(filled[cloudtrail.GetEventSelectorsOutput](round),
		func(o *cloudtrail.GetEventSelectorsOutput) { o.TrailARN = ptr(trailARN) })
	metadata := set(filled[ssmtypes.ParameterMetadata](round),
		func(m *ssmtypes.ParameterMetadata) { m.Name = ptr("golden") })
	parameter := set(filled[ssmtypes.Parameter](round), func(p *ssmtypes.Parameter) { p.Name = ptr("golden") })
	return []readBack{
		{"dlm_policy", inventory.DLMPolicy, dlmPolicyID, "dlm_policy", policy,
			func(ctx context.Context, c aws.Config) (any, error) {
				out, err := dlm.NewFromConfig(c).GetLifecyclePolicy(ctx, &dlm.GetLifecyclePolicyInput{PolicyId: ptr(dlmPolicyID)})
				if err != nil {
					return nil, err
				}
				return *out.Policy, nil
			}},
		{"dlm_policy_summary", inventory.DLMPolicy, dlmPolicyID, "dlm_policy_summary", outline,
			func(ctx context.Context, c aws.Config) (any, error) {
				out, err := dlm.NewFromConfig(c).GetLifecyclePolicies(ctx, &dlm.GetLifecyclePoliciesInput{})
				if err != nil {
					return nil, err
				}
				return only(out.Policies, nil)
			}},
		{"recycle_bin_rule", inventory.RecycleBinRule, ruleID, "recycle_bin_rule", withoutMarker(t, rule),
			func(ctx context.Context, c aws.Config) (any, error) {
				out, err := rbin.NewFromConfig(c).GetRule(ctx, &rbin.GetRuleInput{Identifier: ptr(ruleID)})
				if err != nil {
					return nil, err
				}
				return withoutMarker(t, out), nil
			}},
		{"recycle_bin_rule_summary", inventory.RecycleBinRule, ruleID, "recycle_bin_rule_summary", summary,
			func(ctx context.Context, c aws.Config) (any, error) {
				out, err := rbin.NewFromConfig(c).ListRules(ctx, &rbin.ListRulesInput{ResourceType: rbintypes.ResourceTypeEc2Image})
				if err != nil {
					return nil, err
				}
				return only(out.Rules, nil)
			}},
		{"trail", inventory.Trail, trailARN, "trail", trail,
			func(ctx context.Context, c aws.Config) (any, error) {
				out, err := cloudtrail.NewFromConfig(c).DescribeTrails(ctx, &cloudtrail.DescribeTrailsInput{})
				if err != nil {
					return nil, err
				}
				return only(out.TrailList, nil)
			}},
		{"trail_status", inventory.Trail, trailARN, "trail_status",
			withoutMarker(t, filled[cloudtrail.GetTrailStatusOutput](round)),
			func(ctx context.Context, c aws.Config) (any, error) {
				out, err := cloudtrail.NewFromConfig(c).GetTrailStatus(ctx, &cloudtrail.GetTrailStatusInput{Name: ptr(trailARN)})
				if err != nil {
					return nil, err
				}
				return withoutMarker(t, out), nil
			}},
		{"trail_event_selectors", inventory.Trail, trailARN, "trail_event_selectors", withoutMarker(t, selectors),
			func(ctx context.Context, c aws.Config) (any, error) {
				out, err := cloudtrail.NewFromConfig(c).GetEventSelectors(ctx,
					&cloudtrail.GetEventSelectorsInput{TrailName: ptr(trailARN)})
				if err != nil {
					return nil, err
				}
				return withoutMarker(t, out), nil
			}},
		{"parameter_metadata", inventory.SSMParameter, "golden", "parameter_metadata", metadata,
			func(ctx context.Context, c aws.Config) (any, error) {
				out, err := ssm.NewFromConfig(c).DescribeParameters(ctx, &ssm.DescribeParametersInput{})
				if err != nil {
					return nil, err
				}
				return only(out.Parameters, nil)
			}},
		{"image_parameter", inventory.SSMParameter, "golden", "image_parameter", parameter,
			func(ctx context.Context, c aws.Config) (any, error) {
				out, err := ssm.NewFromConfig(c).GetParameters(ctx, &ssm.GetParametersInput{Names: []string{"golden"}})
				if err != nil {
					return nil, err
				}
				return only(out.Parameters, nil)
			}},
	}
}
