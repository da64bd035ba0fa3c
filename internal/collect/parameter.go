package collect

import (
	"context"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/ssm/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// parameterBatch is the most names that one GetParameters call takes.
const parameterBatch = 10

// imageIDPattern is what the id of an image looks like.
var imageIDPattern = regexp.MustCompile(`^ami-[0-9a-f]{8,17}$`)

// parameters collects the SSM parameters that launches name in place of an image id. They are read without
// decryption, and a value that is no image id stays out of the inventory: it may be anything.
func parameters() collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: ref(inventory.SSMParameter, "parameter"), Scope: inventory.UnitScope,
			Action: "ssm:GetParameters", ByName: true,
			Calls: inventory.Calls{Of: inventory.SSMParameter, Each: parameterBatch},
			Meaning: "The parameter as `aws ssm get-parameters` prints it, for every parameter that a launch names; " +
				"a value that is no image id is left out.",
		},
		after: launcherFacts,
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

// parameterNames returns what launches name as "resolve:ssm:NAME", with the version or label that may follow, sorted.
func (u *unit) parameterNames() []string {
	var names []string
	for _, imageID := range u.named("ImageId") {
		if name, ok := inventory.ParameterReference(imageID); ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// getParameters reads one batch. A name that is refused takes the whole batch with it: then each is asked for alone.
func (u *unit) getParameters(ctx context.Context, c inventory.FactType, names []string) {
	out, err := call(ctx, u, c.Action, func(ctx context.Context) (*ssm.GetParametersOutput, error) {
		return u.clients.GetParameters(ctx, &ssm.GetParametersInput{Names: names, WithDecryption: aws.Bool(false)})
	})
	if len(names) > 1 && (status(err) == inventory.Denied || ErrorCode(err) == "ValidationException") {
		for _, name := range names {
			u.getParameters(ctx, c, []string{name})
		}
		return
	}
	for _, name := range names {
		u.put(c.FactRef, name, parameterFact(c, name, out, err))
	}
}

// parameterFact finds what became of a name. A name that the answer does not mention at all has none.
func parameterFact(c inventory.FactType, name string, out *ssm.GetParametersOutput, err error) inventory.Fact {
	if err != nil {
		return gap(c, err)
	}
	i := slices.IndexFunc(out.Parameters, func(p types.Parameter) bool { return answersTo(p, name) })
	switch {
	case i >= 0:
		return known(c, withoutSecret(out.Parameters[i]))
	case slices.Contains(out.InvalidParameters, name):
		return inventory.Fact{Status: inventory.NotFound, Action: c.Action, Code: "InvalidParameters"}
	}
	return inventory.Fact{Status: inventory.Error, Action: c.Action, Code: "EmptyAnswer"}
}

// answersTo reports whether a parameter is the answer to a name: SSM gives version or label back as the selector, not
// in the name, and a name with a selector is not the answer to the same name without. Servers that leave the selector out
// still give the version.
func answersTo(p types.Parameter, name string) bool {
	ends := []string{""}
	if selector := strings.TrimPrefix(aws.ToString(p.Selector), ":"); selector != "" {
		ends = []string{":" + selector}
	} else if p.Version != 0 {
		ends = append(ends, ":"+strconv.FormatInt(p.Version, 10))
	}
	return slices.ContainsFunc(ends, func(end string) bool {
		return aws.ToString(p.Name)+end == name || aws.ToString(p.ARN)+end == name
	})
}

// withoutSecret keeps what is no image id out of the inventory, and the raw answer of another service that the value
// was taken from.
func withoutSecret(p types.Parameter) types.Parameter {
	p.SourceResult = nil
	if !imageIDPattern.MatchString(aws.ToString(p.Value)) {
		p.Value = nil
	}
	return p
}
