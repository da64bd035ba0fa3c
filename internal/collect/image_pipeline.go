package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/imagebuilder"
	"github.com/aws/aws-sdk-go-v2/service/imagebuilder/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// imagePipelines collects the pipelines that bake images; the listing holds them whole.
func imagePipelines() collector {
	return listed(inventory.FactType{
		FactRef: ref(inventory.ImagePipeline, "image_pipeline"), Action: "imagebuilder:ListImagePipelines",
		Calls:   inventory.Calls{Least: 1, Of: inventory.ImagePipeline, Each: builderPage},
		Meaning: "The image pipeline, without the values of workflow parameters, as `aws imagebuilder list-image-pipelines` prints it.",
	},
		func(item types.ImagePipeline) *string { return item.Arn },
		func(ctx context.Context, u *unit, token *string) ([]types.ImagePipeline, *string, error) {
			out, err := u.clients.ListImagePipelines(ctx, &imagebuilder.ListImagePipelinesInput{
				MaxResults: aws.Int32(builderPage), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return listOf(out.ImagePipelineList, out.NextToken)
		})
}
