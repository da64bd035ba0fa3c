package awsstub_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

func TestGetCallerIdentity(t *testing.T) {
	t.Parallel()
	china := part(theirs, "cn-north-1")
	china.Partition = "aws-cn"
	_, url := serve(t, []inventory.Part{part(ours, ireland), china})
	for key, want := range map[string][]string{
		ourKey:   {ours, "arn:aws:iam::111122223333:user/awsstub"},
		theirKey: {theirs, "arn:aws-cn:iam::444455556666:user/awsstub"},
	} {
		client := sts.NewFromConfig(config(url, key, ireland))
		got, err := client.GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, []string{*got.Account, *got.Arn}); diff != "" {
			t.Error(diff)
		}
	}
}

// TestAnyKeyIsTheFirstAccount holds the default without Credentials.
func TestAnyKeyIsTheFirstAccount(t *testing.T) {
	t.Parallel()
	stub, err := awsstub.New([]inventory.Part{part(theirs, ireland), part(ours, ireland)})
	if err != nil {
		t.Fatal(err)
	}
	url, stop, err := stub.Start()
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	client := sts.NewFromConfig(config(url, "AKIAANY", ireland))
	got, err := client.GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})
	if err != nil || *got.Account != theirs {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestDescribeRegions(t *testing.T) {
	t.Parallel()
	parts := []inventory.Part{part(ours, "us-east-1"), part(ours, ireland), part(ours, "global"),
		part(ours, "cn-north-1"), part(theirs, "eu-north-1")}
	_, url := serve(t, parts, awsstub.DisableRegion("cn-north-1"), awsstub.DisableRegion("af-south-1"))
	tests := []struct {
		name string
		ask  ec2.DescribeRegionsInput
		want []string
	}{
		{"enabled ones", ec2.DescribeRegionsInput{},
			[]string{"eu-west-1 opt-in-not-required", "us-east-1 opt-in-not-required"}},
		{"all", ec2.DescribeRegionsInput{AllRegions: ptr(true)}, []string{"af-south-1 not-opted-in",
			"cn-north-1 not-opted-in", "eu-west-1 opt-in-not-required", "us-east-1 opt-in-not-required"}},
		{"by name", ec2.DescribeRegionsInput{RegionNames: []string{"us-east-1"}}, []string{"us-east-1 opt-in-not-required"}},
		{"by filter", ec2.DescribeRegionsInput{Filters: filter("region-name", "eu-*")},
			[]string{"eu-west-1 opt-in-not-required"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := ec2As(url, ourKey).DescribeRegions(t.Context(), &test.ask)
			if err != nil {
				t.Fatal(err)
			}
			var regions []string
			for _, region := range got.Regions {
				regions = append(regions, *region.RegionName+" "+*region.OptInStatus)
			}
			if diff := cmp.Diff(test.want, regions); diff != "" {
				t.Error(diff)
			}
		})
	}
	_, err := ec2As(url, ourKey).DescribeRegions(t.Context(), &ec2.DescribeRegionsInput{RegionNames: []string{"mars-1"}})
	wantError(t, err, "InvalidParameterValue", 400)
}

func TestDescribeKey(t *testing.T) {
	t.Parallel()
	foreignKey := "arn:aws:kms:eu-west-1:777788889999:key/seen"
	deniedKey := "arn:aws:kms:eu-west-1:777788889999:key/denied"
	_, url := serve(t, []inventory.Part{
		part(ours, ireland,
			resource(inventory.KMSKey, ours, ireland, keyARN, "key", doc{"Arn": keyARN, "KeyId": "1"}),
			resource(inventory.KMSKey, stranger, ireland, foreignKey, "key", doc{"Arn": foreignKey, "KeyId": "2"}),
			deniedFact(inventory.NewResource(inventory.KMSKey, inventory.Unit{Region: ireland}, deniedKey), "key")),
		part(theirs, ireland),
	})
	tests := []struct{ name, key, region, id, code string }{
		{"by ARN", ourKey, ireland, keyARN, ""},
		{"by id", ourKey, ireland, "0d1e2f30-0000-4000-8000-000000000001", ""},
		{"a stranger's that we see", ourKey, ireland, foreignKey, ""},
		{"a stranger's by id", ourKey, ireland, "seen", "NotFoundException"},
		{"denied in the inventory", ourKey, ireland, deniedKey, "AccessDeniedException"},
		{"ours, asked by another account", theirKey, ireland, keyARN, "AccessDeniedException"},
		{"in another region", ourKey, "eu-north-1", keyARN, "NotFoundException"},
		{"nowhere", ourKey, ireland, "nowhere", "NotFoundException"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			client := kms.NewFromConfig(config(url, test.key, test.region))
			_, err := client.DescribeKey(t.Context(), &kms.DescribeKeyInput{KeyId: &test.id})
			if test.code != "" {
				wantError(t, err, test.code, 400)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
}

func TestDescribeOrganization(t *testing.T) {
	t.Parallel()
	settings := resource(inventory.Settings, theirs, ireland, theirs+"/"+ireland)
	_, url := serve(t, []inventory.Part{part(ours, ireland), part(theirs, ireland, deniedFact(settings, "organization"))})
	for key, want := range map[string]string{
		ourKey: "AWSOrganizationsNotInUseException", theirKey: "AccessDeniedException",
	} {
		client := organizations.NewFromConfig(config(url, key, "us-east-1"))
		_, err := client.DescribeOrganization(t.Context(), &organizations.DescribeOrganizationInput{})
		wantError(t, err, want, 400)
	}
}
