package collect

import (
	"context"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

func TestLaunchPermissions(t *testing.T) {
	t.Parallel()
	disabled := image("ami-00000009", ours)
	disabled.State = types.ImageStateDisabled
	answers := map[string]*ec2.DescribeImageAttributeOutput{
		ami1: {LaunchPermissions: []types.LaunchPermission{{UserId: aws.String(theirs)}, {Group: types.PermissionGroupAll}}},
		ami2: {},
	}
	refusals := map[string]error{ami3: refused("AuthFailure"), "ami-00000004": refused("UnauthorizedOperation")}
	var asked sync.Map
	c := noCalls(t)
	c.DescribeImages = serveImages(
		image(ami1, ours), image(ami2, ours), image(ami3, ours), image("ami-00000004", ours), disabled)
	c.DescribeImageAttribute = func(
		_ context.Context, in *ec2.DescribeImageAttributeInput, _ ...func(*ec2.Options),
	) (*ec2.DescribeImageAttributeOutput, error) {
		if in.Attribute != types.ImageAttributeNameLaunchPermission {
			t.Errorf("asked for %s", in.Attribute)
		}
		if _, twice := asked.LoadOrStore(*in.ImageId, true); twice {
			t.Errorf("%s was asked for twice", *in.ImageId)
		}
		out := answers[*in.ImageId]
		if out == nil {
			out = &ec2.DescribeImageAttributeOutput{}
		}
		return out, refusals[*in.ImageId]
	}
	part := read(t, c, Request{Facts: closure(t, "ami.launch_permissions")})
	tests := []struct {
		id      string
		status  inventory.Status
		code    string
		value   string
		derived bool
	}{
		{ami1, inventory.Known, "", `[{"UserId":"999900001111"},{"Group":"all"}]`, false},
		{ami2, inventory.Known, "", `[]`, false},
		{ami3, inventory.Error, "AuthFailure", "", false},
		{"ami-00000004", inventory.Denied, "UnauthorizedOperation", "", false},
		{"ami-00000009", inventory.Known, "", `[]`, true},
	}
	for _, test := range tests {
		fact := factOf(t, part, inventory.AMI, test.id, "launch_permissions")
		wantFact(t, fact, test.status, test.code, test.value)
		if fact.Derived != test.derived {
			t.Errorf("%s: derived is %v", test.id, fact.Derived)
		}
	}
	if _, called := asked.Load("ami-00000009"); called {
		t.Error("a disabled image was asked for its permissions")
	}
	want := inventory.Coverage{
		Unit: testUnit, Kind: inventory.AMI, Fact: "launch_permissions", Action: "ec2:DescribeImageAttribute",
		Status: inventory.Known, Code: "AuthFailure", Items: 3, Missing: 2,
	}
	if diff := cmp.Diff(want, part.CoverageOf(inventory.AMI, "launch_permissions")); diff != "" {
		t.Errorf("coverage (-want +got):\n%s", diff)
	}
}
