package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/ssm/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// parametersPage is the largest page that SSM gives of parameters.
const parametersPage = 50

var metadataFact = ref(inventory.SSMParameter, "parameter_metadata")

// parameterMetadata collects the account's own parameters that hold an image by their data type. Those that hold one as
// plain text can't be told from others without reading all of them.
func parameterMetadata() collector {
	return listed(inventory.FactType{
		FactRef: metadataFact, Action: "ssm:DescribeParameters",
		Calls:   inventory.Calls{Least: 1, Of: inventory.SSMParameter, Each: parametersPage},
		Meaning: "An own parameter of the data type aws:ec2:image, as `aws ssm describe-parameters` prints it.",
	},
		func(p types.ParameterMetadata) *string { return p.Name },
		func(ctx context.Context, u *unit, token *string) ([]types.ParameterMetadata, *string, error) {
			out, err := u.clients.DescribeParameters(ctx, &ssm.DescribeParametersInput{
				ParameterFilters: []types.ParameterStringFilter{{
					Key: aws.String("DataType"), Option: aws.String("Equals"), Values: []string{"aws:ec2:image"},
				}},
				MaxResults: aws.Int32(parametersPage), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return listOf(out.Parameters, out.NextToken)
		})
}
