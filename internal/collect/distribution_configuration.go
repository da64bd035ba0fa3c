package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/imagebuilder"
	"github.com/aws/aws-sdk-go-v2/service/imagebuilder/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// distributionConfigurations collects each distribution configuration whole: launch permissions, keys and target accounts
// are not in the listing.
func distributionConfigurations() collector {
	return perResource(inventory.FactType{
		FactRef: ref(inventory.DistributionConfiguration, "distribution_configuration"), Scope: inventory.ResourceScope,
		From: []inventory.FactRef{distributionFact}, Action: "imagebuilder:GetDistributionConfiguration",
		Meaning: "To whom and how images are distributed: `aws imagebuilder get-distribution-configuration`.",
	}, func(ctx context.Context, u *unit, id string) (*types.DistributionConfiguration, error) {
		out, err := u.clients.GetDistributionConfiguration(ctx, &imagebuilder.GetDistributionConfigurationInput{
			DistributionConfigurationArn: aws.String(id),
		})
		if err != nil {
			return nil, err
		}
		return out.DistributionConfiguration, nil
	})
}
