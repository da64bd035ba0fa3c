package collect

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

// versionCalls makes EC2 hold version 2, the default, and some numbers of template lt-1. It returns what it is asked for
// beside the default and the latest, as "id: numbers".
func versionCalls(t *testing.T, c *clients, held ...int64) *[]string {
	t.Helper()
	var asked []string
	answering(t, c, "DescribeLaunchTemplateVersions", func(input any) answer {
		in := input.(ec2.DescribeLaunchTemplateVersionsInput)
		if !aws.ToBool(in.IncludeManagedResources) || aws.ToInt32(in.MaxResults) != 200 {
			t.Errorf("asked with %+v", in)
		}
		if in.LaunchTemplateId == nil {
			return &ec2.DescribeLaunchTemplateVersionsOutput{LaunchTemplateVersions: []types.LaunchTemplateVersion{
				templateVersion(), version("lt-2", 1, true, ami1),
			}}
		}
		asked = append(asked, *in.LaunchTemplateId+": "+strings.Join(in.Versions, " "))
		out := &ec2.DescribeLaunchTemplateVersionsOutput{}
		for _, number := range in.Versions {
			n := int64(number[0] - '0')
			if !slices.Contains(held, n) {
				return refused("InvalidLaunchTemplateId.VersionNotFound")
			}
			out.LaunchTemplateVersions = append(out.LaunchTemplateVersions, version(*in.LaunchTemplateId, n, false, ami2))
		}
		return out
	})
	return &asked
}

// The group pins 3 and 5, of which one by the template's name; the fleet 3 by name; the Spot Fleet 2, which is known.
func TestPinnedVersions(t *testing.T) {
	t.Parallel()
	const v3 = `{"LaunchTemplateId":"lt-1","VersionNumber":3,"DefaultVersion":false,"LaunchTemplateData":{"ImageId":"ami-00000002"}}`
	v5 := strings.Replace(v3, ":3", ":5", 1)
	tests := []struct {
		name  string
		held  []int64
		asked []string
		want  string
	}{
		{"all there", []int64{3, 5}, []string{"lt-1: 3 5"}, "[" + v3 + "," + v5 + "]"},
		{"one gone", []int64{5}, []string{"lt-1: 3 5", "lt-1: 3", "lt-1: 5"}, "[" + v5 + "]"},
		{"both gone", nil, []string{"lt-1: 3 5", "lt-1: 3", "lt-1: 5"}, "[]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := launching(t)
			asked := versionCalls(t, &c, test.held...)
			part := read(t, c, Request{Facts: withLaunchers(t, "launch_template.pinned_versions")})
			if diff := cmp.Diff(test.asked, *asked); diff != "" {
				t.Errorf("asked for (-want +got):\n%s", diff)
			}
			wantFact(t, factOf(t, part, inventory.LaunchTemplate, "lt-1", "pinned_versions"), inventory.Known, "", test.want)
			none := factOf(t, part, inventory.LaunchTemplate, "lt-2", "pinned_versions")
			wantFact(t, none, inventory.Known, "", "[]")
			if !none.Derived {
				t.Error("what nobody pins follows without a call")
			}
		})
	}
}

// A version that could not be read is not gone.
func TestPinnedVersionsThatAreRefused(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		numbers string
		code    string
		status  inventory.Status
	}{
		"all":       {"3 5", "UnauthorizedOperation", inventory.Denied},
		"the first": {"3", "RequestLimitExceeded", inventory.Throttled},
		"the last":  {"5", "RequestLimitExceeded", inventory.Throttled},
		"template":  {"3 5", "InvalidLaunchTemplateId.NotFound", inventory.NotFound},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := launching(t)
			versionCalls(t, &c)
			serve := c.DescribeLaunchTemplateVersions
			answering(t, &c, "DescribeLaunchTemplateVersions", func(input any) answer {
				in := input.(ec2.DescribeLaunchTemplateVersionsInput)
				if strings.Join(in.Versions, " ") == test.numbers {
					return refused(test.code)
				}
				out, err := serve(t.Context(), &in)
				if err != nil {
					return err
				}
				return out
			})
			part := read(t, c, Request{Facts: withLaunchers(t, "launch_template.pinned_versions")})
			wantFact(t, factOf(t, part, inventory.LaunchTemplate, "lt-1", "pinned_versions"), test.status, test.code, "")
		})
	}
}

// Without the groups nobody knows what is pinned, and the fact says so.
func TestPinnedVersionsWithoutGroups(t *testing.T) {
	t.Parallel()
	c := launching(t)
	versionCalls(t, &c, 3)
	scripted(t, &c, "DescribeAutoScalingGroups", refused("AccessDenied"))
	part := read(t, c, Request{Facts: closure(t, "launch_template.pinned_versions")})
	got := part.CoverageOf(inventory.LaunchTemplate, "pinned_versions")
	if got.Status != inventory.Denied || got.Action != "autoscaling:DescribeAutoScalingGroups" {
		t.Errorf("coverage is %+v", got)
	}
}
