package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/imagebuilder"
	"github.com/aws/aws-sdk-go-v2/service/imagebuilder/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

var recipeFact = ref(inventory.ImageRecipe, "image_recipe_summary")

// imageRecipeSummaries collects the account's own image recipes, every version of each.
func imageRecipeSummaries() collector {
	return listed(inventory.FactType{
		FactRef: recipeFact, Action: "imagebuilder:ListImageRecipes",
		Calls:   inventory.Calls{Least: 1, Of: inventory.ImageRecipe, Each: builderPage},
		Meaning: "An own image recipe, as `aws imagebuilder list-image-recipes` prints it.",
	},
		func(item types.ImageRecipeSummary) *string { return item.Arn },
		func(ctx context.Context, u *unit, token *string) ([]types.ImageRecipeSummary, *string, error) {
			out, err := u.clients.ListImageRecipes(ctx, &imagebuilder.ListImageRecipesInput{
				MaxResults: aws.Int32(builderPage), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return listOf(out.ImageRecipeSummaryList, out.NextToken)
		})
}

// builderPage is a page that all of Image Builder's listings give: the API Reference and older service models allow no
// more than 25 items.
const builderPage = 25
