package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// defaultsFact is the one fact whose answer may hold nothing: the defaults of an account that prefers nothing.
var defaultsFact = ref(inventory.Settings, "instance_metadata_defaults")

// instanceMetadataDefaults collects the account's defaults for the metadata service of new instances. A field that is
// not there has no preference (ModifyInstanceMetadataDefaults).
func instanceMetadataDefaults() collector {
	return setting(defaultsFact.Name, "ec2:GetInstanceMetadataDefaults",
		"The account's defaults for instance metadata: the AccountLevel of `aws ec2 get-instance-metadata-defaults`.",
		func(ctx context.Context, u *unit) (*types.InstanceMetadataDefaultsResponse, error) {
			out, err := u.clients.GetInstanceMetadataDefaults(ctx, &ec2.GetInstanceMetadataDefaultsInput{})
			if err != nil || out.AccountLevel != nil {
				return levelOf(out), err
			}
			return &types.InstanceMetadataDefaultsResponse{}, nil
		})
}

func levelOf(out *ec2.GetInstanceMetadataDefaultsOutput) *types.InstanceMetadataDefaultsResponse {
	if out == nil {
		return nil
	}
	return out.AccountLevel
}
