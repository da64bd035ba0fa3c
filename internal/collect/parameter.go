package collect

import (
	"context"
	"reflect"
	"regexp"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/ssm/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// parameterBatch is the most names that one GetParameters call takes.
const parameterBatch = 10

// imageIDPattern is what the id of an image looks like.
var imageIDPattern = regexp.MustCompile(`^ami-[0-9a-f]{8,17}$`)

// parameters collects the SSM parameters that launch templates name in place of an image id. They are read without
// decryption, and a value that is no image id stays out of the inventory: it may be anything.
func parameters() collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: ref(inventory.SSMParameter, "parameter"), Scope: inventory.UnitScope,
			From: []inventory.FactRef{ref(inventory.LaunchTemplate, "template_versions")}, Action: "ssm:GetParameters",
			Meaning: "The parameter as `aws ssm get-parameters` prints it, for every parameter that a launch template names; " +
				"a value that is no image id is left out.",
		},
		value: reflect.TypeFor[types.Parameter](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		for batch := range slices.Chunk(u.parameterNames(), parameterBatch) {
			u.getParameters(ctx, c.FactType, batch)
		}
		u.cover(c, nil)
		u.whole(c)
		return cancelled(ctx)
	}
	return c
}

// parameterNames returns what templates name as "resolve:ssm:NAME", with the version or label that may follow, sorted.
func (u *unit) parameterNames() []string {
	var names []string
	u.eachImageID(func(imageID string) {
		if name, ok := inventory.ParameterReference(imageID); ok {
			names = append(names, name)
		}
	})
	slices.Sort(names)
	return slices.Compact(names)
}

func (u *unit) getParameters(ctx context.Context, c inventory.FactType, names []string) {
	out, err := call(ctx, u, c.Action, func(ctx context.Context) (*ssm.GetParametersOutput, error) {
		return u.clients.GetParameters(ctx, &ssm.GetParametersInput{Names: names, WithDecryption: aws.Bool(false)})
	})
	for _, name := range names {
		switch found := parameterNamed(out, name); {
		case err != nil:
			u.put(c.FactRef, name, gap(c, err))
		case found == nil:
			u.put(c.FactRef, name, inventory.Fact{Status: inventory.NotFound, Action: c.Action, Code: "InvalidParameters"})
		default:
			u.put(c.FactRef, name, known(c, withoutSecret(*found)))
		}
	}
}

// parameterNamed finds the answer to a name: SSM gives version or label back as the selector, not in the name.
func parameterNamed(out *ssm.GetParametersOutput, name string) *types.Parameter {
	if out == nil {
		return nil
	}
	for i, p := range out.Parameters {
		if aws.ToString(p.Name)+aws.ToString(p.Selector) == name || aws.ToString(p.Name) == name || aws.ToString(p.ARN) == name {
			return &out.Parameters[i]
		}
	}
	return nil
}

func withoutSecret(p types.Parameter) types.Parameter {
	if !imageIDPattern.MatchString(aws.ToString(p.Value)) {
		p.Value = nil
	}
	return p
}
