package collect

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	ssmtypes "github.com/aws/aws-sdk-go-v2/service/ssm/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

// looksUp returns the ids of the calls that looked images up by id.
func looksUp(inputs []ec2.DescribeImagesInput) [][]string {
	var lookups [][]string
	for _, in := range inputs {
		if len(in.Filters) > 0 {
			lookups = append(lookups, in.Filters[0].Values)
		}
	}
	return lookups
}

func TestForeignImages(t *testing.T) {
	t.Parallel()
	var inputs []ec2.DescribeImagesInput
	c := noCalls(t)
	c.DescribeImages = recorded(&inputs, image(ami1, ours), image(ami2, theirs), image(ami3, theirs))
	c.DescribeLaunchTemplateVersions = templatesWith(
		ami1, ami2, "ami-0000000a", ami2, "resolve:ssm:/p", "resolve:ssm:/odd", "not an image")
	c.DescribeParameters = noParameters
	c.GetParameters = func(
		context.Context, *ssm.GetParametersInput, ...func(*ssm.Options),
	) (*ssm.GetParametersOutput, error) {
		return &ssm.GetParametersOutput{Parameters: []ssmtypes.Parameter{
			parameter("/p", "", ami3, 1), parameter("/odd", "", "ami-", 1),
		}}, nil
	}
	part := read(t, c, Request{Facts: closure(t, "foreign_image.image", "ssm_parameter.parameter", "launch_template.template_versions")})
	if diff := cmp.Diff([][]string{{ami2, ami3, "ami-0000000a"}}, looksUp(inputs)); diff != "" {
		t.Errorf("looked up (-want +got):\n%s", diff)
	}
	for _, id := range []string{ami2, ami3} {
		wantFact(t, factOf(t, part, inventory.ForeignImage, id, "image"), inventory.Known, "",
			`{"ImageId":"`+id+`","OwnerId":"999900001111","State":"available"}`)
	}
	wantFact(t, factOf(t, part, inventory.ForeignImage, "ami-0000000a", "image"), inventory.NotVisible, "", "")
	if c := part.CoverageOf(inventory.ForeignImage, "image"); c.Items != 2 || c.Missing != 1 || c.Narrowed != "" {
		t.Errorf("coverage is %+v", c)
	}
}

func TestForeignImagesInBatches(t *testing.T) {
	t.Parallel()
	var all []types.Image
	var ids []string
	for i := range 450 {
		ids = append(ids, fmt.Sprintf("ami-%08x", i))
		all = append(all, image(ids[i], theirs))
	}
	c := noCalls(t)
	serve := serveImages(all...)
	var sizes []int
	c.DescribeImages = func(
		ctx context.Context, in *ec2.DescribeImagesInput, _ ...func(*ec2.Options),
	) (*ec2.DescribeImagesOutput, error) {
		if len(in.Filters) == 0 {
			return &ec2.DescribeImagesOutput{}, nil
		}
		sizes = append(sizes, len(in.Filters[0].Values))
		if slices.Contains(in.Filters[0].Values, ids[449]) {
			return nil, refused("RequestLimitExceeded")
		}
		return serve(ctx, in)
	}
	var page []types.LaunchTemplateVersion
	for i, id := range ids {
		page = append(page, version(fmt.Sprintf("lt-%04d", i), 1, true, id))
	}
	c.DescribeLaunchTemplateVersions, c.DescribeParameters = serveVersions(nil, page), noParameters
	part := read(t, c, Request{Facts: closure(t, "foreign_image.image", "ssm_parameter.parameter", "launch_template.template_versions")})
	if diff := cmp.Diff([]int{200, 200, 50}, sizes); diff != "" {
		t.Errorf("batches (-want +got):\n%s", diff)
	}
	last := factOf(t, part, inventory.ForeignImage, ids[449], "image")
	wantFact(t, last, inventory.Throttled, "RequestLimitExceeded", "")
	if c := part.CoverageOf(inventory.ForeignImage, "image"); c.Items != 400 || c.Missing != 50 {
		t.Errorf("coverage is %+v", c)
	}
}

// An image that was named and is foreign is not read twice: the second answer might be a worse one.
func TestForeignImageThatWasNamed(t *testing.T) {
	t.Parallel()
	var inputs []ec2.DescribeImagesInput
	c := noCalls(t)
	c.DescribeImages = recorded(&inputs, image(ami2, theirs))
	c.DescribeLaunchTemplateVersions, c.DescribeParameters = templatesWith(ami2), noParameters
	part := read(t, c, Request{Facts: closure(t, "foreign_image.image", "ssm_parameter.parameter", "launch_template.template_versions"), Images: []string{ami2}})
	if diff := cmp.Diff([][]string{{ami2}}, looksUp(inputs)); diff != "" {
		t.Errorf("looked up (-want +got):\n%s", diff)
	}
	if got := factOf(t, part, inventory.ForeignImage, ami2, "image"); got.Status != inventory.Known {
		t.Errorf("it is %s", got.Status)
	}
}

// Whatever launches, its images are looked up: those of overrides and of parameters too.
func TestForeignImagesOfEveryLauncher(t *testing.T) {
	t.Parallel()
	var inputs []ec2.DescribeImagesInput
	c := launching(t)
	c.DescribeImages, c.DescribeParameters = recorded(&inputs, image(ami2, ours)), noParameters
	asked := answering(t, &c, "GetParameters", func(any) answer {
		return &ssm.GetParametersOutput{Parameters: []ssmtypes.Parameter{parameter("/golden", "", ami1, 1)}}
	})
	part := read(t, c, Request{Facts: withLaunchers(t, "foreign_image.image", "ssm_parameter.parameter")})
	asked.are(t, ssm.GetParametersInput{Names: []string{"/golden"}, WithDecryption: aws.Bool(false)})
	want := []string{ami1, ami3, "ami-0000000e", "ami-0000000f"}
	if diff := cmp.Diff([][]string{want}, looksUp(inputs)); diff != "" {
		t.Errorf("looked up (-want +got):\n%s", diff)
	}
	for _, id := range want {
		wantFact(t, factOf(t, part, inventory.ForeignImage, id, "image"), inventory.NotVisible, "", "")
	}
}
