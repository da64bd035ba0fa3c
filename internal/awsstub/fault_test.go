package awsstub_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/autoscaling"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

const describeImages = "ec2:DescribeImages"

// TestFaults lets one call fail in every way that Fault has.
func TestFaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		fault  awsstub.Option
		code   string
		status int
	}{
		{"denied", awsstub.Deny(describeImages), "UnauthorizedOperation", 403},
		{"denied for an id", awsstub.Deny(describeImages, "ami-other", "ami-0000"), "UnauthorizedOperation", 403},
		{"throttled", awsstub.Throttle(describeImages, 1), "RequestLimitExceeded", 503},
		{"server error", awsstub.Fail(describeImages, awsstub.Fault{Status: 500, Code: "InternalError"}),
			"InternalError", 500},
		{"server error without a body", awsstub.Fail(describeImages, awsstub.Fault{Status: 502}), "UnknownError", 502},
		{"html", awsstub.Fail(describeImages, awsstub.Fault{Status: 500, Body: "<html><p>oops"}), "", 500},
		{"expired session", awsstub.Fail(describeImages, awsstub.Fault{Code: "RequestExpired"}), "RequestExpired", 400},
		{"truncated", awsstub.Fail(describeImages, awsstub.Fault{Truncate: true}), "", 200},
		{"in one unit", awsstub.Fail(describeImages, awsstub.Fault{Deny: true, ForAccount: ours, ForRegion: ireland}),
			"UnauthorizedOperation", 403},
		{"disabled region", awsstub.DisableRegion(ireland), "AuthFailure", 401},
		{"not there yet", awsstub.AppearAfter("ami-0000", 1), "InvalidAMIID.NotFound", 400},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, url := serve(t, manyImages(1), test.fault)
			_, err := ec2As(url, ourKey).DescribeImages(t.Context(), &ec2.DescribeImagesInput{ImageIds: []string{"ami-0000"}})
			wantError(t, err, test.code, test.status)
		})
	}
}

// TestFaultsSpareOthers holds that a fault that is limited hits nothing else.
func TestFaultsSpareOthers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		fault awsstub.Option
	}{
		{"another id", awsstub.Deny(describeImages, "ami-other")},
		{"another action", awsstub.Deny("ec2:DescribeImageAttribute")},
		{"another account", awsstub.Fail(describeImages, awsstub.Fault{Deny: true, ForAccount: theirs})},
		{"another region", awsstub.Fail(describeImages, awsstub.Fault{Deny: true, ForRegion: "eu-north-1"})},
		{"first page", awsstub.ExpireToken(describeImages, 1)},
		{"another region is disabled", awsstub.DisableRegion("eu-north-1")},
		{"another image is late", awsstub.AppearAfter("ami-other", 1)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, url := serve(t, manyImages(1), test.fault)
			_, ids := pages(t, ec2As(url, ourKey), ec2.DescribeImagesInput{ImageIds: []string{"ami-0000"}})
			if diff := cmp.Diff([]string{"ami-0000"}, ids); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestFaultsAreSpent counts calls until they succeed.
func TestFaultsAreSpent(t *testing.T) {
	t.Parallel()
	stub, url := serve(t, manyImages(1), awsstub.Throttle(describeImages, 2))
	stub.Apply(awsstub.Fail(describeImages, awsstub.Fault{Code: "RequestExpired", Times: 1}))
	client := ec2As(url, ourKey)
	for i, want := range []string{"RequestLimitExceeded", "RequestLimitExceeded", "RequestExpired", ""} {
		_, err := client.DescribeImages(t.Context(), &ec2.DescribeImagesInput{})
		if code, _ := codeOf(err); code != want {
			t.Errorf("call %d: got %q, want %q", i+1, code, want)
		}
	}
}

func TestExpiredToken(t *testing.T) {
	t.Parallel()
	_, url := serve(t, manyImages(3), awsstub.ExpireToken(describeImages, 1))
	client, size := ec2As(url, ourKey), ptr(int32(2))
	first, err := client.DescribeImages(t.Context(), &ec2.DescribeImagesInput{MaxResults: size})
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.DescribeImages(t.Context(), &ec2.DescribeImagesInput{MaxResults: size, NextToken: first.NextToken})
	wantError(t, err, "InvalidPaginationToken", 400)
	if sizes, _ := pages(t, client, ec2.DescribeImagesInput{MaxResults: size}); len(sizes) != 2 {
		t.Errorf("the listing that was begun anew has pages of %v", sizes)
	}
}

// TestLateImageAppears counts only the calls that would have returned the image.
func TestLateImageAppears(t *testing.T) {
	t.Parallel()
	_, url := serve(t, manyImages(2), awsstub.AppearAfter("ami-0001", 2))
	client := ec2As(url, ourKey)
	asks := []struct {
		ids  []string
		want []string
	}{
		{nil, []string{"ami-0000"}},
		{[]string{"ami-0000"}, []string{"ami-0000"}},
		{nil, []string{"ami-0000"}},
		{nil, []string{"ami-0000", "ami-0001"}},
	}
	for i, ask := range asks {
		got, err := client.DescribeImages(t.Context(), &ec2.DescribeImagesInput{ImageIds: ask.ids})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(ask.want, imageIDs(got.Images)); diff != "" {
			t.Errorf("call %d: %s", i+1, diff)
		}
	}
}

// TestEveryServiceRefusesInItsOwnWords checks denial and unknown credentials in each protocol.
func TestEveryServiceRefusesInItsOwnWords(t *testing.T) {
	t.Parallel()
	calls := map[string]func(*testing.T, string, string) error{
		"ec2:DescribeRegions": func(t *testing.T, url, key string) error {
			_, err := ec2As(url, key).DescribeRegions(t.Context(), &ec2.DescribeRegionsInput{})
			return err
		},
		"sts:GetCallerIdentity": func(t *testing.T, url, key string) error {
			_, err := sts.NewFromConfig(config(url, key, ireland)).GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})
			return err
		},
		"autoscaling:DescribeAutoScalingGroups": func(t *testing.T, url, key string) error {
			client := autoscaling.NewFromConfig(config(url, key, ireland))
			_, err := client.DescribeAutoScalingGroups(t.Context(), &autoscaling.DescribeAutoScalingGroupsInput{})
			return err
		},
		"iam:GetInstanceProfile": func(t *testing.T, url, key string) error {
			client := iam.NewFromConfig(config(url, key, ireland))
			_, err := client.GetInstanceProfile(t.Context(), &iam.GetInstanceProfileInput{InstanceProfileName: ptr("web")})
			return err
		},
		"kms:DescribeKey": func(t *testing.T, url, key string) error {
			client := kms.NewFromConfig(config(url, key, ireland))
			_, err := client.DescribeKey(t.Context(), &kms.DescribeKeyInput{KeyId: ptr("k")})
			return err
		},
		"organizations:DescribeOrganization": func(t *testing.T, url, key string) error {
			client := organizations.NewFromConfig(config(url, key, ireland))
			_, err := client.DescribeOrganization(t.Context(), &organizations.DescribeOrganizationInput{})
			return err
		},
	}
	tests := []struct {
		action, denied, stranger     string
		deniedStatus, strangerStatus int
	}{
		{"ec2:DescribeRegions", "UnauthorizedOperation", "AuthFailure", 403, 401},
		{"sts:GetCallerIdentity", "AccessDenied", "InvalidClientTokenId", 403, 403},
		{"autoscaling:DescribeAutoScalingGroups", "AccessDenied", "InvalidClientTokenId", 403, 403},
		{"iam:GetInstanceProfile", "AccessDenied", "InvalidClientTokenId", 403, 403},
		{"kms:DescribeKey", "AccessDeniedException", "UnrecognizedClientException", 400, 400},
		{"organizations:DescribeOrganization", "AccessDeniedException", "UnrecognizedClientException", 400, 400},
	}
	for _, test := range tests {
		t.Run(test.action, func(t *testing.T) {
			t.Parallel()
			_, url := serve(t, nil, awsstub.Deny(test.action))
			wantError(t, calls[test.action](t, url, ourKey), test.denied, test.deniedStatus)
			wantError(t, calls[test.action](t, url, "AKIANOBODY"), test.stranger, test.strangerStatus)
		})
	}
}

// TestDeniedByID denies one image's attribute and no other.
func TestDeniedByID(t *testing.T) {
	t.Parallel()
	_, url := serve(t, []inventory.Part{part(ours, ireland, ami("ami-a", nil), ami("ami-b", nil))},
		awsstub.Deny("ec2:DescribeImageAttribute", "ami-b"))
	for image, want := range map[string]string{"ami-a": "", "ami-b": "UnauthorizedOperation"} {
		_, err := ec2As(url, ourKey).DescribeImageAttribute(t.Context(), &ec2.DescribeImageAttributeInput{
			ImageId: &image, Attribute: types.ImageAttributeNameLaunchPermission})
		if code, _ := codeOf(err); code != want {
			t.Errorf("%s: got %q, want %q", image, code, want)
		}
	}
}
