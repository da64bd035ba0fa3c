package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/imagebuilder"
	"github.com/aws/aws-sdk-go-v2/service/imagebuilder/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// infrastructureConfigurations collects each infrastructure configuration whole: metadata options, network and logging are
// not in the listing.
func infrastructureConfigurations() collector {
	return perResource(inventory.FactType{
		FactRef: ref(inventory.InfrastructureConfiguration, "infrastructure_configuration"), Scope: inventory.ResourceScope,
		From: []inventory.FactRef{infrastructureFact}, Action: "imagebuilder:GetInfrastructureConfiguration",
		Meaning: "What images are baked on: `aws imagebuilder get-infrastructure-configuration`.",
	}, func(ctx context.Context, u *unit, id string) (*types.InfrastructureConfiguration, error) {
		out, err := u.clients.GetInfrastructureConfiguration(ctx, &imagebuilder.GetInfrastructureConfigurationInput{
			InfrastructureConfigurationArn: aws.String(id),
		})
		if err != nil {
			return nil, err
		}
		return out.InfrastructureConfiguration, nil
	})
}
