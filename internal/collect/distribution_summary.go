package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/imagebuilder"
	"github.com/aws/aws-sdk-go-v2/service/imagebuilder/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

var distributionFact = ref(inventory.DistributionConfiguration, "distribution_summary")

// distributionSummaries collects where baked images are distributed to, region by region only.
func distributionSummaries() collector {
	return listed(inventory.FactType{
		FactRef: distributionFact, Action: "imagebuilder:ListDistributionConfigurations",
		Calls:   inventory.Calls{Least: 1, Of: inventory.DistributionConfiguration, Each: builderPage},
		Meaning: "A distribution configuration and its regions, as `aws imagebuilder list-distribution-configurations` prints it.",
	},
		func(item types.DistributionConfigurationSummary) *string { return item.Arn },
		func(ctx context.Context, u *unit, token *string) ([]types.DistributionConfigurationSummary, *string, error) {
			out, err := u.clients.ListDistributionConfigurations(ctx, &imagebuilder.ListDistributionConfigurationsInput{
				MaxResults: aws.Int32(builderPage), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return listOf(out.DistributionConfigurationSummaryList, out.NextToken)
		})
}
