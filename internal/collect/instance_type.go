package collect

import (
	"context"
	"regexp"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// typePattern is what the name of an instance type looks like.
var typePattern = regexp.MustCompile(`^[a-z][a-z0-9-]*\.[a-z0-9-]+$`)

// instanceTypes collects the types that launches name, by filter: a list of names would be refused whole for one that
// the region does not have. One that is not in the answer does not exist in the region.
func instanceTypes() collector {
	id := func(t types.InstanceTypeInfo) *string { return aws.String(string(t.InstanceType)) }
	return byName[types.InstanceTypeInfo]{
		FactType: inventory.FactType{
			FactRef: ref(inventory.InstanceType, "instance_type"), Scope: inventory.UnitScope,
			Action:  "ec2:DescribeInstanceTypes",
			Meaning: "An instance type that a launch names, as `aws ec2 describe-instance-types` prints it.",
		},
		after: launcherFacts, batch: filterBatch, id: id, wanted: (*unit).instanceTypesNamed,
		fetch: func(ctx context.Context, u *unit, names []string) ([]types.InstanceTypeInfo, error) {
			return readAll(ctx, u, "ec2:DescribeInstanceTypes", id,
				func(ctx context.Context, u *unit, token *string) ([]types.InstanceTypeInfo, *string, error) {
					out, err := u.clients.DescribeInstanceTypes(ctx, &ec2.DescribeInstanceTypesInput{
						Filters:    []types.Filter{{Name: aws.String("instance-type"), Values: names}},
						MaxResults: aws.Int32(typesPage), NextToken: token,
					})
					if err != nil {
						return nil, nil, err
					}
					return out.InstanceTypes, out.NextToken, nil
				})
		},
	}.collector()
}

// typesPage is the largest page that EC2 gives of instance types.
const typesPage = 100

func (u *unit) instanceTypesNamed() []string {
	var names []string
	for _, name := range u.named("InstanceType") {
		if typePattern.MatchString(name) {
			names = append(names, name)
		}
	}
	return names
}
