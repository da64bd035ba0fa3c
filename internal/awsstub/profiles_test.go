package awsstub_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/iam"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

// profile is an instance profile as the part of a region holds it.
func profile(region, name, path string) inventory.Resource {
	return resource(inventory.InstanceProfile, ours, region, name, "instance_profile",
		doc{"InstanceProfileName": name, "Path": path, "Roles": []doc{{"RoleName": name}}})
}

func TestGetInstanceProfile(t *testing.T) {
	t.Parallel()
	denied := deniedFact(profile(ireland, "denied", "/"), "instance_profile")
	_, url := serve(t, []inventory.Part{part(ours, ireland, profile(ireland, "web", "/a/"), denied),
		part(ours, "eu-north-1", profile("eu-north-1", "web", "/a/"), profile("eu-north-1", "job", "/"))})
	tests := []struct {
		key, region, name, code string
		status                  int
	}{
		{ourKey, "us-east-1", "web", "", 0},
		{ourKey, "us-east-1", "job", "", 0},
		{ourKey, "cn-north-1", "job", "", 0},
		{ourKey, "us-east-1", "denied", "AccessDenied", 403},
		{ourKey, "us-east-1", "none", "NoSuchEntity", 404},
		{theirKey, "us-east-1", "web", "NoSuchEntity", 404},
	}
	for _, test := range tests {
		got, err := iam.NewFromConfig(config(url, test.key, test.region)).GetInstanceProfile(t.Context(),
			&iam.GetInstanceProfileInput{InstanceProfileName: &test.name})
		if test.code != "" {
			wantError(t, err, test.code, test.status)
		} else if err != nil || *got.InstanceProfile.Roles[0].RoleName != test.name {
			t.Errorf("%s: got %v, %v", test.name, got, err)
		}
	}
}

func TestGetInstanceProfileRefuses(t *testing.T) {
	t.Parallel()
	_, url := serve(t, nil, awsstub.Throttle("iam:GetInstanceProfile", 1))
	as := signature(ourKey, "us-east-1", "iam")
	const ask = "Action=GetInstanceProfile&Version=2010-05-08"
	status, body := send(t, "POST", url, as, "", ask+"&InstanceProfileName=web")
	want(t, status, body, 400, "<Code>Throttling</Code>")
	status, body = send(t, "POST", url, as, "", ask+"&InstanceProfileName=web&Colour=red")
	want(t, status, body, 400, "<Code>ValidationError</Code>")
	status, body = send(t, "POST", url, as, "", ask)
	want(t, status, body, 400, "<Code>ValidationError</Code>")
	status, body = send(t, "POST", url, as, "", "Action=DeleteInstanceProfile&InstanceProfileName=web")
	want(t, status, body, 403, "<Code>OperationNotPermitted</Code>")
}

// TestProfilesAgree refuses two parts that say different things of one instance profile.
func TestProfilesAgree(t *testing.T) {
	t.Parallel()
	for _, other := range []inventory.Resource{
		profile("eu-north-1", "web", "/b/"), deniedFact(profile("eu-north-1", "web", "/a/"), "instance_profile"),
	} {
		_, err := awsstub.New([]inventory.Part{part(ours, ireland, profile(ireland, "web", "/a/")), part(ours, "eu-north-1", other)})
		if err == nil || !strings.Contains(err.Error(), "contradicts") {
			t.Errorf("got %v", err)
		}
	}
	other := resource(inventory.InstanceProfile, ours, ireland, "web", "instance_profile", doc{"InstanceProfileName": "job"})
	_, err := awsstub.New([]inventory.Part{part(ours, ireland, other)})
	if err == nil || !strings.Contains(err.Error(), "instance_profile.InstanceProfileName") {
		t.Errorf("got %v", err)
	}
}
