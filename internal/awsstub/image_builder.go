package awsstub

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// imageBuilderFacts are what Image Builder lists and describes.
func imageBuilderFacts() []documentFact {
	return []documentFact{
		{inventory.ImageRecipe, "image_recipe_summary", "Arn", imageRecipeSummaryShape, true},
		{inventory.ImageRecipe, "image_recipe", "Arn", imageRecipeShape, false},
		{inventory.ContainerRecipe, "container_recipe_summary", "Arn", containerRecipeSummaryShape, true},
		{inventory.ImagePipeline, "image_pipeline", "Arn", imagePipelineShape, true},
		{inventory.DistributionConfiguration, "distribution_summary", "Arn", distributionSummaryShape, true},
		{inventory.DistributionConfiguration, "distribution_configuration", "Arn", distributionShape, false},
		{inventory.InfrastructureConfiguration, "infrastructure_summary", "Arn", infrastructureSummaryShape, true},
		{inventory.InfrastructureConfiguration, "infrastructure_configuration", "Arn", infrastructureShape, false},
		{inventory.ImageLifecyclePolicy, "image_lifecycle_policy", "Arn", imageLifecyclePolicyShape, true},
	}
}

// imageBuilderService has its action in the path. It is the one service with a code of its own for too many calls.
var imageBuilderService = restService(restProtocol{[]route{
	{http.MethodPost, "/ListImageRecipes", "ListImageRecipes"},
	{http.MethodGet, "/GetImageRecipe", "GetImageRecipe"},
	{http.MethodPost, "/ListContainerRecipes", "ListContainerRecipes"},
	{http.MethodPost, "/ListImagePipelines", "ListImagePipelines"},
	{http.MethodPost, "/ListDistributionConfigurations", "ListDistributionConfigurations"},
	{http.MethodGet, "/GetDistributionConfiguration", "GetDistributionConfiguration"},
	{http.MethodPost, "/ListInfrastructureConfigurations", "ListInfrastructureConfigurations"},
	{http.MethodGet, "/GetInfrastructureConfiguration", "GetInfrastructureConfiguration"},
	{http.MethodPost, "/ListLifecyclePolicies", "ListLifecyclePolicies"},
}}).throttling("CallRateLimitExceededException")

// imageBuilderOperation returns one of the operations of Image Builder.
func imageBuilderOperation(action string) (operation, bool) {
	switch action {
	case "ListImageRecipes":
		return imageBuilderList("image_recipe_summary", "imageRecipeSummaryList", byRecipe("name", "parentImage", "platform"))
	case "ListContainerRecipes":
		return imageBuilderList("container_recipe_summary", "containerRecipeSummaryList",
			byRecipe("containerType", "name", "parentImage", "platform"))
	case "ListImagePipelines":
		return imageBuilderList("image_pipeline", "imagePipelineList", byFilters("description",
			"distributionConfigurationArn", "imageRecipeArn", "infrastructureConfigurationArn", "name", "status"))
	case "ListDistributionConfigurations":
		return imageBuilderList("distribution_summary", "distributionConfigurationSummaryList", byFilters("name"))
	case "ListInfrastructureConfigurations":
		return imageBuilderList("infrastructure_summary", "infrastructureConfigurationSummaryList", byFilters("name"))
	case "ListLifecyclePolicies":
		return imageBuilderList("image_lifecycle_policy", "lifecyclePolicySummaryList", byFilters("name", "status"))
	case "GetImageRecipe":
		return imageBuilderGet("image_recipe", "imageRecipe")
	case "GetDistributionConfiguration":
		return imageBuilderGet("distribution_configuration", "distributionConfiguration")
	case "GetInfrastructureConfiguration":
		return imageBuilderGet("infrastructure_configuration", "infrastructureConfiguration")
	}
	return operation{}, false
}

// imageBuilderPages is how its listings are read (EC2 Image Builder API Reference; without maxResults, 25 a page).
var imageBuilderPages = paging{size: "maxResults", token: "nextToken", largest: 100, unpaged: 25,
	badSize: "InvalidRequestException", badToken: "InvalidPaginationTokenException"}

func imageBuilderList(fact, member string, choose chooser) (operation, bool) {
	call := listCall{fact: fact, member: member, pages: imageBuilderPages, choose: choose}
	return operation{nil, call.answer}, true
}

// imageBuilderGet is a call whose parameter is the name of the member with Arn behind it.
func imageBuilderGet(fact, member string) (operation, bool) {
	call := documentCall{fact: fact, parameter: member + "Arn", member: member,
		missing: apiError{http.StatusNotFound, "ResourceNotFoundException", "The resource does not exist."},
		unnamed: apiError{http.StatusBadRequest, "InvalidRequestException", "The request names no resource."}}
	return operation{nil, call.answer}, true
}

// byFilters passes what passes all filters of a request. A filter that the listing does not have is an error.
func byFilters(known ...string) chooser {
	return func(_ *Stub, r Request) (func(string, document) bool, error) {
		filters, err := readImageBuilderFilters(r, known)
		if err != nil {
			return nil, err
		}
		return func(_ string, d document) bool { return hasAll(d.fields, filters) }, nil
	}
}

// byRecipe also looks at the owner: the caller's own recipes, unless he asks for others' (EC2 Image Builder API
// Reference, ListImageRecipes).
func byRecipe(known ...string) chooser {
	filtered := byFilters(known...)
	return func(s *Stub, r Request) (func(string, document) bool, error) {
		passes, err := filtered(s, r)
		if err != nil {
			return nil, err
		}
		owner, asked := r.Parameters["owner"]
		if asked && !slices.Contains([]string{"Self", "Shared", "Amazon", "ThirdParty", "AWSMarketplace"}, owner) {
			return nil, invalid("InvalidRequestException", "The value supplied for parameter 'owner' is not valid.")
		}
		return func(id string, d document) bool {
			return passes(id, d) && isOwnedAs(owner, arnAccount(id), r.Account)
		}, nil
	}
}

// isOwnedAs reports whether an owner is of the class that a caller asks for. Of the classes other than Self only those
// are known here that an ARN shows.
func isOwnedAs(class, owner, caller string) bool {
	switch class {
	case "", "Self":
		return owner == caller
	case "Shared":
		return owner != caller && owner != "aws"
	case "Amazon":
		return owner == "aws"
	}
	return false
}

// readImageBuilderFilters reads filters.N.name and filters.N.values.M, and gives them the names of the inventory.
func readImageBuilderFilters(r Request, known []string) (filters []filter, err error) {
	for i := 1; ; i++ {
		prefix := "filters." + strconv.Itoa(i)
		name, ok := r.Parameters[prefix+".name"]
		if !ok {
			return filters, nil
		}
		if !slices.Contains(known, name) {
			return nil, invalid("InvalidRequestException", "The filter '"+name+"' is not valid.")
		}
		filters = append(filters, filter{strings.ToUpper(name[:1]) + name[1:], r.list(prefix + ".values")})
	}
}
