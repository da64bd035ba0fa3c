package awsstub_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/inventory"
)

// cliDocuments are the facts that the CLI reads back, each under the arguments that ask for it.
func cliDocuments() map[string]struct {
	arguments []string
	// list is the list that the document stands in, member the object; with neither, the answer is the document.
	list, member string
	// times are the fields that travel as seconds, newer those that the CLI does not know.
	times, newer []string
	// isCamel says that members begin with a lower-case letter.
	isCamel bool
} {
	type cliDocument = struct {
		arguments    []string
		list, member string
		times, newer []string
		isCamel      bool
	}
	builder := func(list, member string, times []string, arguments ...string) cliDocument {
		return cliDocument{append([]string{"imagebuilder"}, arguments...), list, member, times, nil, true}
	}
	return map[string]cliDocument{
		"image_recipe_summary": builder("imageRecipeSummaryList", "", nil, "list-image-recipes"),
		"image_recipe": builder("", "imageRecipe", nil, "get-image-recipe",
			"--image-recipe-arn", recipeARN),
		"container_recipe_summary": builder("containerRecipeSummaryList", "", nil, "list-container-recipes"),
		"image_pipeline":           builder("imagePipelineList", "", nil, "list-image-pipelines"),
		"distribution_summary": builder("distributionConfigurationSummaryList", "", nil,
			"list-distribution-configurations"),
		"distribution_configuration": builder("", "distributionConfiguration", nil, "get-distribution-configuration",
			"--distribution-configuration-arn", distributionARN),
		"infrastructure_summary": builder("infrastructureConfigurationSummaryList", "", nil,
			"list-infrastructure-configurations"),
		"infrastructure_configuration": builder("", "infrastructureConfiguration", nil, "get-infrastructure-configuration",
			"--infrastructure-configuration-arn", infrastructureARN),
		"image_lifecycle_policy": builder("lifecyclePolicySummaryList", "",
			[]string{"DateCreated", "DateUpdated", "DateLastRun"}, "list-lifecycle-policies"),
		"dlm_policy_summary": {arguments: []string{"dlm", "get-lifecycle-policies"}, list: "Policies"},
		"dlm_policy":         {arguments: []string{"dlm", "get-lifecycle-policy", "--policy-id", dlmPolicyID}, member: "Policy"},
		"recycle_bin_rule_summary": {arguments: []string{"rbin", "list-rules", "--resource-type", "EC2_IMAGE"},
			list: "Rules"},
		"recycle_bin_rule": {arguments: []string{"rbin", "get-rule", "--identifier", ruleID}, times: []string{"LockEndTime"}},
		"trail":            {arguments: []string{"cloudtrail", "describe-trails"}, list: "trailList"},
		"trail_status": {arguments: []string{"cloudtrail", "get-trail-status", "--name", trailARN},
			times: []string{"LatestDeliveryTime", "LatestNotificationTime", "StartLoggingTime", "StopLoggingTime",
				"LatestCloudWatchLogsDeliveryTime", "LatestDigestDeliveryTime"}},
		"trail_event_selectors": {arguments: []string{"cloudtrail", "get-event-selectors", "--trail-name", trailARN}},
		"parameter_metadata": {arguments: []string{"ssm", "describe-parameters"}, list: "Parameters",
			times: []string{"LastModifiedDate"}},
		"image_parameter": {arguments: []string{"ssm", "get-parameters", "--names", "golden"}, list: "Parameters",
			times: []string{"LastModifiedDate"}},
	}
}

// TestCLIReadsDocuments lets the AWS CLI read every document with all fields set.
func TestCLIReadsDocuments(t *testing.T) {
	t.Parallel()
	documents := cliDocuments()
	for _, test := range append(append(recipeReads(0), configurationReads(0)...), ruleReads(t, 0)...) {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			how, ok := documents[test.fact]
			if !ok {
				t.Fatal("the CLI is never asked for this fact")
			}
			want := any(unknown(t, printed(t, test.value, how.times...), how.newer...))
			if how.isCamel {
				want = camelCased(want)
			}
			answer := doc{how.member: want}
			switch {
			case how.list == "Parameters" && test.fact == "image_parameter":
				answer = doc{how.list: []any{want}, "InvalidParameters": []any{}}
			case how.isCamel && how.list != "" && test.fact != "image_lifecycle_policy":
				// The CLI joins pages, and prints the member that it expects on each even where it is absent.
				answer = doc{how.list: []any{want}, "requestId": nil}
			case how.list != "":
				answer = doc{how.list: []any{want}}
			case how.member == "":
				answer = want.(doc)
			}
			readWithCLI(t, []inventory.Part{part(ours, ireland, resource(test.kind, ours, ireland, test.id, test.fact, test.value))},
				[]cliCall{{"printed", how.arguments, answer}})
		})
	}
}

// camelCased gives every member its name in lowerCamelCase. The names of tags are the customer's own and stay.
func camelCased(value any) any {
	switch v := value.(type) {
	case []any:
		out := make([]any, 0, len(v))
		for _, member := range v {
			out = append(out, camelCased(member))
		}
		return out
	case doc:
		out := doc{}
		for name, member := range v {
			if !slices.Contains([]string{"Tags", "AmiTags", "ImageTags", "ResourceTags"}, name) {
				member = camelCased(member)
			}
			out[strings.ToLower(name[:1])+name[1:]] = member
		}
		return out
	}
	return value
}
