package collect

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/ssm/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

const arnOfShared = "arn:aws:ssm:eu-west-1:999900001111:parameter/shared"

func parameter(name, selector, value string, number int64) types.Parameter {
	p := types.Parameter{Name: aws.String(name), Value: aws.String(value), Version: number}
	if selector != "" {
		p.Selector = aws.String(selector)
	}
	return p
}

// noParameters lists none of the account's own parameters.
func noParameters(
	context.Context, *ssm.DescribeParametersInput, ...func(*ssm.Options),
) (*ssm.DescribeParametersOutput, error) {
	return &ssm.DescribeParametersOutput{}, nil
}

func TestParameters(t *testing.T) {
	t.Parallel()
	shared := parameter("/shared", "", ami1, 1)
	shared.ARN = aws.String(arnOfShared)
	secret := parameter("/secret", "", "hunter2", 1)
	secret.SourceResult = aws.String("hunter2")
	answers := []types.Parameter{
		// The answer to one name with a version comes before the one to the same name without.
		parameter("/p", ":3", ami3, 3), parameter("/p", "gold", ami2, 4), parameter("/p", "", ami1, 5),
		shared, secret, parameter("/versionless", "", ami2, 8),
	}
	tests := []struct {
		name   string
		status inventory.Status
		code   string
		value  string
	}{
		{"/p", inventory.Known, "", `{"Name":"/p","Value":"ami-00000001","Version":5}`},
		{"/p:3", inventory.Known, "", `{"Name":"/p","Selector":":3","Value":"ami-00000003","Version":3}`},
		{"/p:gold", inventory.Known, "", `{"Name":"/p","Selector":"gold","Value":"ami-00000002","Version":4}`},
		{"/p:7", inventory.Error, "EmptyAnswer", ""},
		{"/gone", inventory.NotFound, "InvalidParameters", ""},
		{
			arnOfShared, inventory.Known, "",
			`{"Name":"/shared","ARN":"` + arnOfShared + `","Value":"ami-00000001","Version":1}`,
		},
		{"/secret", inventory.Known, "", `{"Name":"/secret","Version":1}`},
		{"/versionless:8", inventory.Known, "", `{"Name":"/versionless","Value":"ami-00000002","Version":8}`},
	}
	var images []string
	for _, test := range tests {
		images = append(images, "resolve:ssm:"+test.name)
	}
	c := noCalls(t)
	c.DescribeParameters = noParameters
	c.DescribeLaunchTemplateVersions = templatesWith(append(images, images[0], ami1)...)
	c.GetParameters = func(
		_ context.Context, in *ssm.GetParametersInput, _ ...func(*ssm.Options),
	) (*ssm.GetParametersOutput, error) {
		if aws.ToBool(in.WithDecryption) || len(in.Names) != len(tests) {
			t.Errorf("asked for %q, decrypted: %v", in.Names, aws.ToBool(in.WithDecryption))
		}
		return &ssm.GetParametersOutput{Parameters: answers, InvalidParameters: []string{"/gone"}}, nil
	}
	part := read(t, c, Request{Facts: closure(t, "ssm_parameter.parameter", "launch_template.template_versions")})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			wantFact(t, factOf(t, part, inventory.SSMParameter, test.name, "parameter"), test.status, test.code, test.value)
		})
	}
}

func TestParametersInBatches(t *testing.T) {
	t.Parallel()
	var images []string
	for i := range 25 {
		images = append(images, fmt.Sprintf("resolve:ssm:/p/%02d", i))
	}
	var sizes []int
	c := noCalls(t)
	c.DescribeParameters = noParameters
	c.DescribeLaunchTemplateVersions = templatesWith(images...)
	c.GetParameters = func(
		_ context.Context, in *ssm.GetParametersInput, _ ...func(*ssm.Options),
	) (*ssm.GetParametersOutput, error) {
		sizes = append(sizes, len(in.Names))
		return &ssm.GetParametersOutput{InvalidParameters: in.Names}, nil
	}
	part := read(t, c, Request{Facts: closure(t, "ssm_parameter.parameter", "launch_template.template_versions"), Images: []string{ami1}})
	if diff := cmp.Diff([]int{10, 10, 5}, sizes); diff != "" {
		t.Errorf("batches (-want +got):\n%s", diff)
	}
	if c := part.CoverageOf(inventory.SSMParameter, "parameter"); c.Items != 25 || c.Narrowed != "" {
		t.Errorf("coverage is %+v", c)
	}
}

// IAM refuses a whole batch for one name that it protects.
func TestOneRefusedParameterLeavesTheOthers(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"AccessDeniedException", "ValidationException"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			c := noCalls(t)
			c.DescribeParameters = noParameters
			c.DescribeLaunchTemplateVersions = templatesWith("resolve:ssm:/a", "resolve:ssm:/b", "resolve:ssm:/c")
			c.GetParameters = func(
				_ context.Context, in *ssm.GetParametersInput, _ ...func(*ssm.Options),
			) (*ssm.GetParametersOutput, error) {
				if slices.Contains(in.Names, "/b") {
					return nil, refused(code)
				}
				return &ssm.GetParametersOutput{Parameters: []types.Parameter{parameter(in.Names[0], "", ami1, 1)}}, nil
			}
			part := read(t, c, Request{Facts: closure(t, "ssm_parameter.parameter", "launch_template.template_versions")})
			for _, name := range []string{"/a", "/c"} {
				if got := factOf(t, part, inventory.SSMParameter, name, "parameter"); got.Status != inventory.Known {
					t.Errorf("%s is %s", name, got.Status)
				}
			}
			wantFact(t, factOf(t, part, inventory.SSMParameter, "/b", "parameter"), statusOfCode(code), code, "")
		})
	}
}
