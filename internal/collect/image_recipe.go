package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/imagebuilder"
	"github.com/aws/aws-sdk-go-v2/service/imagebuilder/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// imageRecipes collects each image recipe whole: its components and block devices are not in the listing.
func imageRecipes() collector {
	return perResource(inventory.FactType{
		FactRef: ref(inventory.ImageRecipe, "image_recipe"), Scope: inventory.ResourceScope,
		From: []inventory.FactRef{recipeFact}, Action: "imagebuilder:GetImageRecipe",
		Meaning: "The image recipe, without user data and the values of component parameters: `aws imagebuilder get-image-recipe`.",
	}, func(ctx context.Context, u *unit, id string) (*types.ImageRecipe, error) {
		out, err := u.clients.GetImageRecipe(ctx, &imagebuilder.GetImageRecipeInput{ImageRecipeArn: aws.String(id)})
		if err != nil {
			return nil, err
		}
		return out.ImageRecipe, nil
	})
}
