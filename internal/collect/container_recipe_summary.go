package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/imagebuilder"
	"github.com/aws/aws-sdk-go-v2/service/imagebuilder/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// containerRecipeSummaries collects the account's own container recipes. Their Dockerfiles are never asked for.
func containerRecipeSummaries() collector {
	return listed(inventory.FactType{
		FactRef: ref(inventory.ContainerRecipe, "container_recipe_summary"), Action: "imagebuilder:ListContainerRecipes",
		Calls:   inventory.Calls{Least: 1, Of: inventory.ContainerRecipe, Each: builderPage},
		Meaning: "An own container recipe, as `aws imagebuilder list-container-recipes` prints it.",
	},
		func(item types.ContainerRecipeSummary) *string { return item.Arn },
		func(ctx context.Context, u *unit, token *string) ([]types.ContainerRecipeSummary, *string, error) {
			out, err := u.clients.ListContainerRecipes(ctx, &imagebuilder.ListContainerRecipesInput{
				MaxResults: aws.Int32(builderPage), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return listOf(out.ContainerRecipeSummaryList, out.NextToken)
		})
}
