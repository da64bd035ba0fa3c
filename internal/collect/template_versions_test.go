package collect

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

func version(template string, number int64, isDefault bool, image string) types.LaunchTemplateVersion {
	return types.LaunchTemplateVersion{
		LaunchTemplateId: aws.String(template), VersionNumber: aws.Int64(number), DefaultVersion: aws.Bool(isDefault),
		LaunchTemplateData: &types.ResponseLaunchTemplateData{ImageId: aws.String(image), UserData: aws.String("c2VjcmV0")},
	}
}

type versionsOperation = operation[
	ec2.DescribeLaunchTemplateVersionsInput, ec2.DescribeLaunchTemplateVersionsOutput, ec2.Options]

// serveVersions answers from pages, which follow each other by tokens; after the last one it ends in err.
func serveVersions(err error, pages ...[]types.LaunchTemplateVersion) versionsOperation {
	return func(
		_ context.Context, in *ec2.DescribeLaunchTemplateVersionsInput, _ ...func(*ec2.Options),
	) (*ec2.DescribeLaunchTemplateVersionsOutput, error) {
		number := len(aws.ToString(in.NextToken))
		if number == len(pages) {
			return nil, err
		}
		out := &ec2.DescribeLaunchTemplateVersionsOutput{LaunchTemplateVersions: pages[number]}
		if number+1 < len(pages) || err != nil {
			out.NextToken = aws.String(aws.ToString(in.NextToken) + "x")
		}
		return out, nil
	}
}

// templatesWith lists one template for each image id or reference.
func templatesWith(images ...string) versionsOperation {
	var page []types.LaunchTemplateVersion
	for i, image := range images {
		page = append(page, version("lt-"+string(rune('a'+i)), 1, true, image))
	}
	return serveVersions(nil, page)
}

func TestTemplateVersions(t *testing.T) {
	t.Parallel()
	c := noCalls(t)
	c.DescribeLaunchTemplateVersions = serveVersions(nil,
		[]types.LaunchTemplateVersion{version("lt-1", 7, false, ami2), version("lt-2", 1, true, ami1)}, nil,
		[]types.LaunchTemplateVersion{version("lt-1", 3, true, ami1), version("lt-2", 1, true, ami1)})
	part := read(t, c, Request{Facts: closure(t, "launch_template.template_versions"), Images: []string{ami1}})
	wantFact(t, factOf(t, part, inventory.LaunchTemplate, "lt-1", "template_versions"), inventory.Known, "", `[
		{"LaunchTemplateId":"lt-1","VersionNumber":3,"DefaultVersion":true,"LaunchTemplateData":{"ImageId":"ami-00000001"}},
		{"LaunchTemplateId":"lt-1","VersionNumber":7,"DefaultVersion":false,
			"LaunchTemplateData":{"ImageId":"ami-00000002"}}]`)
	wantFact(t, factOf(t, part, inventory.LaunchTemplate, "lt-2", "template_versions"), inventory.Known, "", `[
		{"LaunchTemplateId":"lt-2","VersionNumber":1,"DefaultVersion":true,"LaunchTemplateData":{"ImageId":"ami-00000001"}}]`)
	if c := part.CoverageOf(inventory.LaunchTemplate, "template_versions"); c.Narrowed != "" || c.Items != 2 {
		t.Errorf("coverage is %+v", c)
	}
}

// Half of a template must not pass for the template: its latest version may stand on the page that is missing.
func TestTemplateVersionsCutOff(t *testing.T) {
	t.Parallel()
	c := noCalls(t)
	c.DescribeLaunchTemplateVersions = serveVersions(refused("RequestLimitExceeded"),
		[]types.LaunchTemplateVersion{version("lt-1", 3, true, ami1)})
	part := read(t, c, Request{Facts: closure(t, "launch_template.template_versions")})
	wantFact(t, factOf(t, part, inventory.LaunchTemplate, "lt-1", "template_versions"),
		inventory.Throttled, "RequestLimitExceeded", "")
	coverage := part.CoverageOf(inventory.LaunchTemplate, "template_versions")
	if coverage.Status != inventory.Throttled || coverage.Missing != 1 {
		t.Errorf("coverage is %+v", coverage)
	}
}

func TestTemplateVersionsOfServersThatLackAParameter(t *testing.T) {
	t.Parallel()
	var managed []*bool
	c := noCalls(t)
	serve := templatesWith(ami1)
	c.DescribeLaunchTemplateVersions = func(
		ctx context.Context, in *ec2.DescribeLaunchTemplateVersionsInput, _ ...func(*ec2.Options),
	) (*ec2.DescribeLaunchTemplateVersionsOutput, error) {
		managed = append(managed, in.IncludeManagedResources)
		if diff := cmp.Diff([]string{"$Default", "$Latest"}, in.Versions); diff != "" || aws.ToInt32(in.MaxResults) != 200 {
			t.Errorf("asked for %v, %d a page", in.Versions, aws.ToInt32(in.MaxResults))
		}
		if in.IncludeManagedResources != nil {
			return nil, refused("UnknownParameter")
		}
		return serve(ctx, in)
	}
	part := read(t, c, Request{Facts: closure(t, "launch_template.template_versions")})
	if diff := cmp.Diff([]*bool{aws.Bool(true), nil}, managed); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
	if c := part.CoverageOf(inventory.LaunchTemplate, "template_versions"); c.Status != inventory.Known || c.Items != 1 {
		t.Errorf("coverage is %+v", c)
	}
}
