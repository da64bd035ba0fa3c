package collect

import (
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

func TestAncestries(t *testing.T) {
	t.Parallel()
	answers := map[string]answer{
		ami1: &ec2.GetImageAncestryOutput{ImageAncestryEntries: []types.ImageAncestryEntry{
			{ImageId: aws.String(ami1), SourceImageId: aws.String(ami3)}, {ImageId: aws.String(ami3)},
		}},
		ami2: refused("UnauthorizedOperation"), ami3: &ec2.GetImageAncestryOutput{},
	}
	c := noCalls(t)
	c.DescribeImages = serveImages(image(ami1, ours), image(ami2, ours), image(ami3, ours))
	asked := answering(t, &c, "GetImageAncestry", func(input any) answer {
		return answers[*input.(ec2.GetImageAncestryInput).ImageId]
	})
	part := read(t, c, Request{Facts: closure(t, "ami.ancestry")})
	wantFact(t, factOf(t, part, inventory.AMI, ami1, "ancestry"), inventory.Known, "",
		`[{"ImageId":"ami-00000001","SourceImageId":"ami-00000003"},{"ImageId":"ami-00000003"}]`)
	wantFact(t, factOf(t, part, inventory.AMI, ami2, "ancestry"), inventory.Denied, "UnauthorizedOperation", "")
	wantFact(t, factOf(t, part, inventory.AMI, ami3, "ancestry"), inventory.Known, "", `[]`)
	if c := part.CoverageOf(inventory.AMI, "ancestry"); len(asked.all) != 3 || c.Items != 2 || c.Missing != 1 {
		t.Errorf("%d calls, coverage %+v", len(asked.all), c)
	}
}

func TestImageFindings(t *testing.T) {
	t.Parallel()
	c := noCalls(t)
	c.DescribeImages = serveImages(image(ami1, ours))
	asked := scripted(t, &c, "GetImageFindings",
		&ec2.GetImageFindingsOutput{ImageFindings: []types.ImageFinding{{Title: one}}, NextToken: next},
		&ec2.GetImageFindingsOutput{ImageFindings: []types.ImageFinding{{Title: two}}})
	part := read(t, c, Request{Facts: closure(t, "ami.image_findings")})
	input := ec2.GetImageFindingsInput{ImageId: aws.String(ami1), MaxResults: thousand}
	asked.are(t, input, with(input, "NextToken", next))
	wantFact(t, factOf(t, part, inventory.AMI, ami1, "image_findings"), inventory.Known, "", `[{"Title":"one"},{"Title":"two"}]`)
}

// Half of the findings are no answer: the worst one may be on the page that is missing.
func TestImageFindingsCutOff(t *testing.T) {
	t.Parallel()
	c := noCalls(t)
	c.DescribeImages = serveImages(image(ami1, ours))
	scripted(t, &c, "GetImageFindings",
		&ec2.GetImageFindingsOutput{ImageFindings: []types.ImageFinding{{Title: one}}, NextToken: next},
		refused("UnauthorizedOperation"))
	part := read(t, c, Request{Facts: closure(t, "ami.image_findings")})
	wantFact(t, factOf(t, part, inventory.AMI, ami1, "image_findings"), inventory.Denied, "UnauthorizedOperation", "")
}

func reference(id, kind string) types.ImageReference {
	return types.ImageReference{ImageId: aws.String(id), ResourceType: types.ImageReferenceResourceType(kind)}
}

func TestImageReferencesInBatches(t *testing.T) {
	t.Parallel()
	var all []types.Image
	var ids []string
	for i := range 12 {
		ids = append(ids, fmt.Sprintf("ami-%08x", i+1))
		all = append(all, image(ids[i], ours))
	}
	c := noCalls(t)
	c.DescribeImages = serveImages(all...)
	asked := scripted(t, &c, "DescribeImageReferences",
		&ec2.DescribeImageReferencesOutput{ImageReferences: []types.ImageReference{reference(ids[0], "ec2:Instance")}, NextToken: next},
		&ec2.DescribeImageReferencesOutput{ImageReferences: []types.ImageReference{reference(ids[0], "ssm:Parameter")}},
		refused("UnauthorizedOperation"))
	part := read(t, c, Request{Facts: closure(t, "ami.image_references")})
	input := ec2.DescribeImageReferencesInput{ImageIds: ids[:10], IncludeAllResourceTypes: aws.Bool(true), MaxResults: thousand}
	asked.are(t, input, with(input, "NextToken", next), with(input, "ImageIds", ids[10:]))
	wantFact(t, factOf(t, part, inventory.AMI, ids[0], "image_references"), inventory.Known, "",
		`[{"ImageId":"ami-00000001","ResourceType":"ec2:Instance"},{"ImageId":"ami-00000001","ResourceType":"ssm:Parameter"}]`)
	wantFact(t, factOf(t, part, inventory.AMI, ids[1], "image_references"), inventory.Known, "", `[]`)
	wantFact(t, factOf(t, part, inventory.AMI, ids[11], "image_references"), inventory.Denied, "UnauthorizedOperation", "")
}

// An image that is gone since it was listed must not take the others with it.
func TestImageReferencesOfAGoneImage(t *testing.T) {
	t.Parallel()
	c := noCalls(t)
	c.DescribeImages = serveImages(image(ami1, ours), image(ami2, ours))
	asked := answering(t, &c, "DescribeImageReferences", func(input any) answer {
		ids := input.(ec2.DescribeImageReferencesInput).ImageIds
		if slices.Contains(ids, ami2) {
			return refused("InvalidAMIID.NotFound")
		}
		return &ec2.DescribeImageReferencesOutput{ImageReferences: []types.ImageReference{reference(ami1, "ec2:Instance")}}
	})
	part := read(t, c, Request{Facts: closure(t, "ami.image_references")})
	wantFact(t, factOf(t, part, inventory.AMI, ami1, "image_references"), inventory.Known, "",
		`[{"ImageId":"ami-00000001","ResourceType":"ec2:Instance"}]`)
	wantFact(t, factOf(t, part, inventory.AMI, ami2, "image_references"), inventory.NotFound, "InvalidAMIID.NotFound", "")
	if len(asked.all) != 3 {
		t.Errorf("%d calls", len(asked.all))
	}
}

// The account's own parameters that hold an image are read for those that the listing names, and foreign images that they
// hold are looked up.
func TestImageParameters(t *testing.T) {
	t.Parallel()
	var page []ssmtypes.ParameterMetadata
	for i := range 12 {
		page = append(page, ssmtypes.ParameterMetadata{Name: aws.String(fmt.Sprintf("/p/%02d", i))})
	}
	var looked []ec2.DescribeImagesInput
	c := noCalls(t)
	c.DescribeImages = recorded(&looked, image(ami1, ours), image(ami2, theirs))
	scripted(t, &c, "DescribeParameters", &ssm.DescribeParametersOutput{Parameters: page})
	asked := answering(t, &c, "GetParameters", func(input any) answer {
		in := input.(ssm.GetParametersInput)
		out := &ssm.GetParametersOutput{}
		for _, name := range in.Names {
			out.Parameters = append(out.Parameters, parameter(name, "", ami2, 1))
		}
		out.Parameters[0].Value = aws.String("hunter2")
		return out
	})
	part := read(t, c, Request{Facts: closure(t, "ssm_parameter.image_parameter", "foreign_image.image")})
	var sizes []int
	for _, in := range asked.all {
		sizes = append(sizes, len(in.(ssm.GetParametersInput).Names))
	}
	if diff := cmp.Diff([]int{10, 2}, sizes); diff != "" {
		t.Errorf("batches (-want +got):\n%s", diff)
	}
	wantFact(t, factOf(t, part, inventory.SSMParameter, "/p/00", "image_parameter"), inventory.Known, "",
		`{"Name":"/p/00","Version":1}`)
	wantFact(t, factOf(t, part, inventory.SSMParameter, "/p/11", "image_parameter"), inventory.Known, "",
		`{"Name":"/p/11","Value":"ami-00000002","Version":1}`)
	if diff := cmp.Diff([][]string{{ami2}}, looksUp(looked)); diff != "" {
		t.Errorf("looked up (-want +got):\n%s", diff)
	}
	keepsNoSecret(t, part, "hunter2")
}
