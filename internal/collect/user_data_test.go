package collect

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/autoscaling"
	astypes "github.com/aws/aws-sdk-go-v2/service/autoscaling/types"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

// withData is a version of a template with user data, as EC2 shows it.
func withData(template string, number int64, content string) types.LaunchTemplateVersion {
	v := version(template, number, number == 1, ami1)
	v.LaunchTemplateData.UserData = nil
	if content != "" {
		v.LaunchTemplateData.UserData = aws.String(inBase64(content))
	}
	return v
}

// dataOf is what is known of the user data of a resource.
func dataOf[T any](t *testing.T, part inventory.Part, kind, id string) T {
	t.Helper()
	var value T
	fact := factOf(t, part, kind, id, "user_data")
	if fact.Status != inventory.Known {
		t.Fatalf("user data is %s %q", fact.Status, fact.Code)
	}
	if err := json.Unmarshal(fact.Value, &value); err != nil {
		t.Fatal(err)
	}
	return value
}

// keepsNoSecret fails if any text or secret is anywhere in what would be written.
func keepsNoSecret(t *testing.T, part inventory.Part, secrets ...string) {
	t.Helper()
	var written bytes.Buffer
	if err := inventory.WritePart(&written, part); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(part)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range secrets {
		if bytes.Contains(text, []byte(s)) || bytes.Contains(written.Bytes(), []byte(s)) {
			t.Errorf("%q is in the inventory", s)
		}
	}
}

func TestTemplateUserData(t *testing.T) {
	t.Parallel()
	content := "#!/bin/sh\nexport KEY=" + accessKey + "\n"
	c := noCalls(t)
	c.DescribeLaunchTemplateVersions = serveVersions(nil,
		[]types.LaunchTemplateVersion{withData("lt-1", 7, content), withData("lt-2", 1, content)},
		[]types.LaunchTemplateVersion{withData("lt-1", 1, ""), withData("lt-3", 1, "\x1f\x8b damaged")})
	var count calls
	part := read(t, c, Request{Facts: closure(t, "launch_template.user_data"), Trace: count.trace})
	if diff := cmp.Diff(map[string]int{"ec2:DescribeLaunchTemplateVersions": 2}, count.count); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
	first := dataOf[[]userData](t, part, inventory.LaunchTemplate, "lt-1")
	if len(first) != 2 || *first[0].VersionNumber != 1 || first[0].Length != 0 || first[0].Sha256 != "" ||
		len(first[0].Secrets) != 0 || first[0].Unread != "" {
		t.Errorf("version without user data: %+v", first)
	}
	if got := first[1]; *got.VersionNumber != 7 || got.Length != len(content) || len(got.Sha256) != 64 || got.Unread != "" {
		t.Errorf("version with a secret: %+v", got)
	}
	if diff := cmp.Diff([]string{":2 aws-access-token"}, places(first[1].Secrets)); diff != "" {
		t.Errorf("found (-want +got):\n%s", diff)
	}
	if other := dataOf[[]userData](t, part, inventory.LaunchTemplate, "lt-2"); other[0].Sha256 == first[1].Sha256 {
		t.Error("equal user data has the same hash in two templates")
	}
	if damaged := dataOf[[]userData](t, part, inventory.LaunchTemplate, "lt-3"); damaged[0].Unread != errCompressed.Error() {
		t.Errorf("damaged user data: %+v", damaged)
	}
	keepsNoSecret(t, part, accessKey, inBase64(content))
	if diff := cmp.Diff(part, read(t, c, Request{Facts: closure(t, "launch_template.user_data")})); diff != "" {
		t.Errorf("the same state gives another inventory:\n%s", diff)
	}
}

// Where nobody asks for it, user data is neither searched nor kept.
func TestUserDataIsOnlySearchedWhenWanted(t *testing.T) {
	t.Parallel()
	u := newUnit(testUnit, clients{}, Request{Facts: closure(t, "launch_template.template_versions")})
	u.keepTemplateData("lt-1", []types.LaunchTemplateVersion{withData("lt-1", 1, script)})
	if len(u.userData) != 0 {
		t.Errorf("kept %v", u.userData)
	}
	u = newUnit(testUnit, clients{}, Request{Facts: closure(t, "launch_template.user_data")})
	u.keepTemplateData("lt-1", []types.LaunchTemplateVersion{withData("lt-1", 1, script)})
	if got := u.takeUserData(templateDataFact, "lt-1"); len(got) != 1 || len(u.userData) != 0 {
		t.Errorf("took %v, left %v", got, u.userData)
	}
}

// The page that is missing may hold the user data with the secret.
func TestTemplateUserDataCutOff(t *testing.T) {
	t.Parallel()
	c := noCalls(t)
	c.DescribeLaunchTemplateVersions = serveVersions(refused("UnauthorizedOperation"),
		[]types.LaunchTemplateVersion{withData("lt-1", 3, script)})
	part := read(t, c, Request{Facts: closure(t, "launch_template.user_data")})
	wantFact(t, factOf(t, part, inventory.LaunchTemplate, "lt-1", "user_data"), inventory.Denied, "UnauthorizedOperation", "")
	if c := part.CoverageOf(inventory.LaunchTemplate, "user_data"); c.Status != inventory.Denied || c.Missing != 1 {
		t.Errorf("coverage is %+v", c)
	}
}

func TestLaunchConfigurationUserData(t *testing.T) {
	t.Parallel()
	configurations := []astypes.LaunchConfiguration{
		{LaunchConfigurationName: aws.String("none")},
		{LaunchConfigurationName: aws.String("odd"), UserData: aws.String("***")},
		{LaunchConfigurationName: aws.String("web"), UserData: aws.String(inBase64("token=" + hubToken))},
	}
	c := noCalls(t)
	c.DescribeLaunchConfigurations = func(
		_ context.Context, _ *autoscaling.DescribeLaunchConfigurationsInput, _ ...func(*autoscaling.Options),
	) (*autoscaling.DescribeLaunchConfigurationsOutput, error) {
		return &autoscaling.DescribeLaunchConfigurationsOutput{LaunchConfigurations: configurations}, nil
	}
	part := read(t, c, Request{Facts: closure(t, "launch_configuration.user_data")})
	if got := dataOf[userData](t, part, inventory.LaunchConfiguration, "none"); got.Length != 0 || got.VersionNumber != nil {
		t.Errorf("without user data: %+v", got)
	}
	if got := dataOf[userData](t, part, inventory.LaunchConfiguration, "odd"); got.Unread != errNotBase64.Error() {
		t.Errorf("odd user data: %+v", got)
	}
	web := dataOf[userData](t, part, inventory.LaunchConfiguration, "web")
	if diff := cmp.Diff([]string{":1 github-pat"}, places(web.Secrets)); diff != "" || web.Length != len("token="+hubToken) {
		t.Errorf("found (-want +got):\n%s", diff)
	}
	keepsNoSecret(t, part, hubToken, inBase64("token="+hubToken))
}

func TestTextSecrets(t *testing.T) {
	t.Parallel()
	bad := image(ami1, ours)
	bad.Name, bad.Description = aws.String("web-"+accessKey), aws.String("first line\nbaked with "+hubToken)
	bad.Tags = []types.Tag{
		{Key: aws.String("token"), Value: aws.String(hubToken)}, {Key: aws.String(hubToken), Value: aws.String("x")},
		{Key: aws.String("team"), Value: aws.String("web")}, {},
	}
	c := noCalls(t)
	c.DescribeImages = serveImages(bad, image(ami2, ours))
	var count calls
	part := read(t, c, Request{Facts: closure(t, "ami.text_secrets"), Trace: count.trace})
	if diff := cmp.Diff(map[string]int{"ec2:DescribeImages": 1}, count.count); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
	wantFact(t, factOf(t, part, inventory.AMI, ami2, "text_secrets"), inventory.Known, "", `[]`)
	var found []secret
	fact := factOf(t, part, inventory.AMI, ami1, "text_secrets")
	if err := json.Unmarshal(fact.Value, &found); err != nil {
		t.Fatal(err)
	}
	want := []string{"Description:2 github-pat", "Name:1 aws-access-token", "Tags:1 github-pat", "Tags.token:1 github-pat"}
	if diff := cmp.Diff(want, places(found)); diff != "" {
		t.Errorf("found (-want +got):\n%s", diff)
	}
	if strings.Contains(string(fact.Value), hubToken) {
		t.Errorf("the fact shows a secret: %s", fact.Value)
	}
}

// Nothing is known of the texts of an image that is still being made.
func TestTextSecretsOfAPendingImage(t *testing.T) {
	t.Parallel()
	pending := image(ami1, ours)
	pending.State = types.ImageStatePending
	c := noCalls(t)
	c.DescribeImages = serveImages(pending)
	part := read(t, c, Request{Facts: closure(t, "ami.text_secrets"), Images: []string{ami1}})
	wantFact(t, factOf(t, part, inventory.AMI, ami1, "text_secrets"), inventory.NotCollected, "pending", "")
}
