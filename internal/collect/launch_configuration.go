package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/autoscaling"
	"github.com/aws/aws-sdk-go-v2/service/autoscaling/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

var configurationFact = ref(inventory.LaunchConfiguration, "launch_configuration")

// launchConfigurations collects what `aws autoscaling describe-launch-configurations` lists.
func launchConfigurations() collector {
	return listed(inventory.FactType{
		FactRef: configurationFact, Action: "autoscaling:DescribeLaunchConfigurations",
		Calls:   inventory.Calls{Least: 1, Of: inventory.LaunchConfiguration, Each: autoScalingPage},
		Meaning: "The launch configuration as `aws autoscaling describe-launch-configurations` prints it, without user data.",
	},
		func(configuration types.LaunchConfiguration) *string { return configuration.LaunchConfigurationName },
		func(ctx context.Context, u *unit, token *string) ([]types.LaunchConfiguration, *string, error) {
			out, err := u.clients.DescribeLaunchConfigurations(ctx, &autoscaling.DescribeLaunchConfigurationsInput{
				MaxRecords: aws.Int32(autoScalingPage), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			u.keepConfigurationData(out.LaunchConfigurations)
			return out.LaunchConfigurations, out.NextToken, nil
		})
}
