package awsstub_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

// door is what an account tells of its own regions.
func door(account string, regions ...doc) inventory.Part {
	return part(account, "global", resource(inventory.Account, account, "global", account, "regions", regions))
}

// told is a region with its status.
func told(name, status string) doc { return doc{"RegionName": name, "OptInStatus": status} }

func TestRegionsOfAnAccount(t *testing.T) {
	t.Parallel()
	parts := []inventory.Part{part(ours, ireland), part(ours, "us-east-1"), part(theirs, ireland),
		door(theirs, told("eu-west-1", "opt-in-not-required"), told("af-south-1", "opted-in"), told("ap-east-1", "not-opted-in"))}
	tests := []struct {
		name, key string
		ask       ec2.DescribeRegionsInput
		options   []awsstub.Option
		want      []string
	}{
		{"of its parts", ourKey, ec2.DescribeRegionsInput{}, nil,
			[]string{"eu-west-1 opt-in-not-required", "us-east-1 opt-in-not-required"}},
		{"as it tells", theirKey, ec2.DescribeRegionsInput{}, nil,
			[]string{"af-south-1 opted-in", "eu-west-1 opt-in-not-required"}},
		{"all that it tells", theirKey, ec2.DescribeRegionsInput{AllRegions: ptr(true)}, nil,
			[]string{"af-south-1 opted-in", "ap-east-1 not-opted-in", "eu-west-1 opt-in-not-required"}},
		{"by filter", theirKey, ec2.DescribeRegionsInput{Filters: filter("opt-in-status", "opted-in")}, nil,
			[]string{"af-south-1 opted-in"}},
		{"by name", theirKey, ec2.DescribeRegionsInput{RegionNames: []string{"af-south-1"}}, nil, []string{"af-south-1 opted-in"}},
		{"disabled for all", theirKey, ec2.DescribeRegionsInput{}, []awsstub.Option{awsstub.DisableRegion("af-south-1")},
			[]string{"eu-west-1 opt-in-not-required"}},
		{"disabled for all, and shown", theirKey, ec2.DescribeRegionsInput{AllRegions: ptr(true)},
			[]awsstub.Option{awsstub.DisableRegion("af-south-1")},
			[]string{"af-south-1 not-opted-in", "ap-east-1 not-opted-in", "eu-west-1 opt-in-not-required"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, url := serve(t, parts, test.options...)
			got, err := ec2As(url, test.key).DescribeRegions(t.Context(), &test.ask)
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
}

// TestSDKReadsRegions reads back every field of a region.
func TestSDKReadsRegions(t *testing.T) {
	t.Parallel()
	regions := filled[[]types.Region](0)
	regions[0].RegionName, regions[1].RegionName = ptr("eu-west-1"), ptr("us-east-1")
	r := resource(inventory.Account, ours, "global", ours, "regions", regions)
	_, url := serve(t, []inventory.Part{part(ours, "global", r)})
	got, err := ec2As(url, ourKey).DescribeRegions(t.Context(), &ec2.DescribeRegionsInput{})
	same(t, regions, func() []types.Region { return got.Regions }, err)
}

// TestRegionThatIsNotOptedIn holds that an account is a stranger where it has not opted in, and another one is not.
func TestRegionThatIsNotOptedIn(t *testing.T) {
	t.Parallel()
	_, url := serve(t, []inventory.Part{part(ours, ireland), door(theirs, told(ireland, "not-opted-in"), told("us-east-1", "opted-in"))})
	_, err := ec2As(url, theirKey).DescribeRegions(t.Context(), &ec2.DescribeRegionsInput{})
	wantError(t, err, "AuthFailure", 401)
	if _, err := ec2As(url, ourKey).DescribeRegions(t.Context(), &ec2.DescribeRegionsInput{}); err != nil {
		t.Error(err)
	}
}

// TestDeniedRegions holds that an account that was entered may still not be asked for its regions.
func TestDeniedRegions(t *testing.T) {
	t.Parallel()
	r := resource(inventory.Account, theirs, "global", theirs)
	r.Facts["regions"] = inventory.Fact{Status: inventory.Denied, Action: "ec2:DescribeRegions"}
	_, url := serve(t, []inventory.Part{part(ours, ireland), part(theirs, "global", r)})
	wantError(t, askRegions(t, url, assume(t, url, nil).Credentials), "UnauthorizedOperation", 403)
}
