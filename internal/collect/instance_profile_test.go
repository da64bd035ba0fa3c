package collect

import (
	"net/url"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

func profile(name, trust string) *iam.GetInstanceProfileOutput {
	return &iam.GetInstanceProfileOutput{InstanceProfile: &types.InstanceProfile{
		InstanceProfileName: aws.String(name),
		Roles:               []types.Role{{RoleName: aws.String("r"), AssumeRolePolicyDocument: aws.String(trust)}},
	}}
}

// Templates name a profile by ARN, with a path, others by its name; trust policies are percent-encoded.
func TestInstanceProfiles(t *testing.T) {
	t.Parallel()
	trust := url.PathEscape(`{"Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole",` +
		`"Condition":{"StringEquals":{"aws:PrincipalTag/a":"b+c"}}}}`)
	answers := map[string]answer{
		"of-template": profile("of-template", trust), "of-configuration": refused("NoSuchEntity"), "of-spot": refused("AccessDenied"),
	}
	c := launching(t)
	asked := answering(t, &c, "GetInstanceProfile", func(input any) answer {
		return answers[*input.(iam.GetInstanceProfileInput).InstanceProfileName]
	})
	part := read(t, c, Request{Facts: withLaunchers(t, "instance_profile.instance_profile")})
	want := []string{"of-configuration", "of-spot", "of-template"}
	if diff := cmp.Diff(want, sortedIDs(part, inventory.InstanceProfile)); diff != "" || len(asked.all) != 3 {
		t.Errorf("%d calls, profiles (-want +got):\n%s", len(asked.all), diff)
	}
	fact := func(id string) inventory.Fact {
		return factOf(t, part, inventory.InstanceProfile, id, "instance_profile")
	}
	wantFact(t, fact("of-template"), inventory.Known, "", `{"InstanceProfileName":"of-template","Roles":[{"RoleName":"r",
		"AssumeRolePolicyDocument":{"Statement":[{"Effect":"Allow","Principal":{"Service":["ec2.amazonaws.com"]},
		"Action":["sts:AssumeRole"],"Condition":{"StringEquals":{"aws:PrincipalTag/a":["b+c"]}}}]}}]}`)
	wantFact(t, fact("of-configuration"), inventory.NotFound, "NoSuchEntity", "")
	wantFact(t, fact("of-spot"), inventory.Denied, "AccessDenied", "")
}

func TestInstanceProfilesThatAreNone(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		out  *iam.GetInstanceProfileOutput
		code string
	}{
		"no profile":   {&iam.GetInstanceProfileOutput{}, "EmptyAnswer"},
		"empty":        {&iam.GetInstanceProfileOutput{InstanceProfile: &types.InstanceProfile{}}, "EmptyAnswer"},
		"bad trust":    {profile("p", "{}"), "MalformedPolicyDocument"},
		"bad encoding": {profile("p", "%zz"), "MalformedPolicyDocument"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := launching(t)
			answering(t, &c, "GetInstanceProfile", func(any) answer { return test.out })
			part := read(t, c, Request{Facts: withLaunchers(t, "instance_profile.instance_profile")})
			wantFact(t, factOf(t, part, inventory.InstanceProfile, "of-spot", "instance_profile"), inventory.Error, test.code, "")
		})
	}
}

// An instance profile without a role is one all the same: IAM says so with an empty list.
func TestInstanceProfileWithoutRoles(t *testing.T) {
	t.Parallel()
	c := launching(t)
	answering(t, &c, "GetInstanceProfile", func(any) answer {
		return &iam.GetInstanceProfileOutput{InstanceProfile: &types.InstanceProfile{
			InstanceProfileName: aws.String("p"), Roles: []types.Role{},
		}}
	})
	part := read(t, c, Request{Facts: withLaunchers(t, "instance_profile.instance_profile")})
	wantFact(t, factOf(t, part, inventory.InstanceProfile, "of-spot", "instance_profile"), inventory.Known, "",
		`{"InstanceProfileName":"p","Roles":[]}`)
}

func TestProfileName(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"p": "p", "arn:aws:iam::111122223333:instance-profile/p": "p", "arn:aws-cn:iam::1:instance-profile/a/b/p": "p",
		"": "", "arn:aws:iam::1:role/p": "arn:aws:iam::1:role/p", strings.Repeat("x", 128): strings.Repeat("x", 128),
	}
	for text, want := range tests {
		if got := profileName(text); got != want {
			t.Errorf("name in %q is %q, want %q", text, got, want)
		}
	}
}
