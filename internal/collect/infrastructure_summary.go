package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/imagebuilder"
	"github.com/aws/aws-sdk-go-v2/service/imagebuilder/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

var infrastructureFact = ref(inventory.InfrastructureConfiguration, "infrastructure_summary")

// infrastructureSummaries collects what images are baked on, in short.
func infrastructureSummaries() collector {
	return listed(inventory.FactType{
		FactRef: infrastructureFact, Action: "imagebuilder:ListInfrastructureConfigurations",
		Calls:   inventory.Calls{Least: 1, Of: inventory.InfrastructureConfiguration, Each: builderPage},
		Meaning: "An infrastructure configuration in short, as `aws imagebuilder list-infrastructure-configurations` prints it.",
	},
		func(item types.InfrastructureConfigurationSummary) *string { return item.Arn },
		func(ctx context.Context, u *unit, token *string) ([]types.InfrastructureConfigurationSummary, *string, error) {
			out, err := u.clients.ListInfrastructureConfigurations(ctx, &imagebuilder.ListInfrastructureConfigurationsInput{
				MaxResults: aws.Int32(builderPage), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return listOf(out.InfrastructureConfigurationSummaryList, out.NextToken)
		})
}
