package awsstub_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

const ourOrganization = "arn:aws:organizations::111122223333:organization/o-abcdefghij"

// foreign is an image of a stranger as our part holds it.
func foreign(id string, more doc, facts ...any) inventory.Resource {
	image := doc{"ImageId": id, "OwnerId": stranger, "State": "available", "Name": "foreign " + id}
	for name, value := range more {
		image[name] = value
	}
	return resource(inventory.ForeignImage, stranger, ireland, id, append([]any{"image", image}, facts...)...)
}

// imageWorld has our images, which others see some of, and strangers' images, which we see some of.
func imageWorld() []inventory.Part {
	return []inventory.Part{
		part(ours, ireland,
			ami("ami-private", nil),
			ami("ami-public", doc{"Public": true}),
			ami("ami-shared", nil, "launch_permissions", []doc{{"UserId": theirs}}),
			ami("ami-org", nil, "launch_permissions", []doc{{"OrganizationArn": ourOrganization}}),
			ami("ami-disabled", doc{"State": "disabled", "Public": true}),
			ami("ami-old", doc{"DeprecationTime": "2026-01-01T00:00:00.000Z", "Public": true}),
			ami("ami-today", doc{"DeprecationTime": "2026-06-01T00:00:00.000Z", "Public": true}),
			ami("ami-soon", doc{"DeprecationTime": "2026-06-01T00:00:00.001Z", "Public": true}),
			foreign("ami-f-public", doc{"Public": true, "ImageOwnerAlias": "amazon"}),
			foreign("ami-f-shared", nil, "launch_permissions", []doc{{"UserId": ours}}),
			foreign("ami-f-hidden", nil)),
		part(theirs, ireland, resource(inventory.Settings, theirs, ireland, theirs+"/"+ireland,
			"organization", doc{"Arn": ourOrganization})),
	}
}

// imageCase is a question about images and the ids in the answer.
type imageCase struct {
	name string
	key  string
	ask  ec2.DescribeImagesInput
	want []string
}

// ownedCases ask by owner and id.
func ownedCases() []imageCase {
	type ask = ec2.DescribeImagesInput
	return []imageCase{
		{"own by self", ourKey, ask{Owners: []string{"self"}},
			[]string{"ami-old", "ami-org", "ami-private", "ami-public", "ami-shared", "ami-soon", "ami-today"}},
		{"own with disabled", ourKey, ask{
			Owners: []string{"self"}, IncludeDisabled: ptr(true), Filters: filter("state", "disabled")},
			[]string{"ami-disabled"}},
		{"disabled by id needs the flag", ourKey, ask{ImageIds: []string{"ami-disabled"}}, nil},
		{"everything that we see", ourKey, ask{Filters: filter("name", "foreign*")},
			[]string{"ami-f-public", "ami-f-shared"}},
		{"owner id", ourKey, ask{Owners: []string{stranger}}, []string{"ami-f-public", "ami-f-shared"}},
		{"owner alias", ourKey, ask{Owners: []string{"amazon"}}, []string{"ami-f-public"}},
		{"what a stranger sees", strangerKey, ask{Owners: []string{ours}},
			[]string{"ami-public", "ami-soon"}},
		{"deprecated foreign", strangerKey, ask{Owners: []string{ours}, IncludeDeprecated: ptr(true)},
			[]string{"ami-old", "ami-public", "ami-soon", "ami-today"}},
		{"deprecated foreign by id", strangerKey, ask{ImageIds: []string{"ami-old"}},
			[]string{"ami-old"}},
	}
}

// narrowedCases ask by user and filter.
func narrowedCases() []imageCase {
	type ask = ec2.DescribeImagesInput
	return []imageCase{
		{"shared with account and organization", theirKey, ask{ExecutableUsers: []string{"self"}},
			[]string{"ami-org", "ami-shared"}},
		{"ours that an account may launch", ourKey,
			ask{Owners: []string{"self"}, ExecutableUsers: []string{theirs}}, []string{"ami-shared"}},
		{"ours that all may launch", ourKey, ask{Owners: []string{"self"}, ExecutableUsers: []string{"all"}},
			[]string{"ami-old", "ami-public", "ami-soon", "ami-today"}},
		{"filter by id leaves out what is not there", ourKey,
			ask{Filters: filter("image-id", "ami-private", "ami-none")}, []string{"ami-private"}},
		{"filter public", ourKey, ask{Owners: []string{"self"}, Filters: filter("is-public", "false")},
			[]string{"ami-org", "ami-private", "ami-shared"}},
		{"filter with wildcards", ourKey, ask{Filters: filter("name", "image ami-?ld", "*-priv*")},
			[]string{"ami-old", "ami-private"}},
		{"several filters are all needed", ourKey, ask{
			Filters: append(filter("is-public", "true"), filter("name", "image*")...)},
			[]string{"ami-old", "ami-public", "ami-soon", "ami-today"}},
	}
}

func TestDescribeImages(t *testing.T) {
	t.Parallel()
	_, url := serve(t, imageWorld())
	for _, test := range append(ownedCases(), narrowedCases()...) {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := ec2As(url, test.key).DescribeImages(t.Context(), &test.ask)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, imageIDs(got.Images)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDescribeImagesRefuses(t *testing.T) {
	t.Parallel()
	_, url := serve(t, imageWorld())
	tests := []struct {
		name   string
		ask    ec2.DescribeImagesInput
		code   string
		status int
	}{
		{"unknown id", ec2.DescribeImagesInput{ImageIds: []string{"ami-private", "ami-none"}},
			"InvalidAMIID.NotFound", 400},
		{"foreign id that is not shared", ec2.DescribeImagesInput{ImageIds: []string{"ami-f-hidden"}},
			"InvalidAMIID.NotFound", 400},
		{"no id at all", ec2.DescribeImagesInput{ImageIds: []string{"snap-1"}}, "InvalidAMIID.Malformed", 400},
		{"unknown filter", ec2.DescribeImagesInput{Filters: filter("colour", "red")}, "InvalidParameterValue", 400},
		{"too many a page", ec2.DescribeImagesInput{MaxResults: ptr(int32(1001))}, "InvalidParameterValue", 400},
		{"too few a page", ec2.DescribeImagesInput{MaxResults: ptr(int32(0))}, "InvalidParameterValue", 400},
		{"made-up token", ec2.DescribeImagesInput{NextToken: ptr("bmV4dA")}, "InvalidPaginationToken", 400},
		{"dry run", ec2.DescribeImagesInput{DryRun: ptr(true)}, "DryRunOperation", 412},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := ec2As(url, ourKey).DescribeImages(t.Context(), &test.ask)
			wantError(t, err, test.code, test.status)
		})
	}
}

// TestDeprecationFollowsTheGivenTime moves the day on which the images are judged deprecated.
func TestDeprecationFollowsTheGivenTime(t *testing.T) {
	t.Parallel()
	_, url := serve(t, imageWorld(), awsstub.At(today().AddDate(1, 0, 0)))
	got, err := ec2As(url, strangerKey).DescribeImages(t.Context(), &ec2.DescribeImagesInput{Owners: []string{ours}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"ami-public"}, imageIDs(got.Images)); diff != "" {
		t.Error(diff)
	}
}

// TestOthersSeeOnlySharedTags holds the rule that tags are the owner's business, but for those made to be shared.
func TestOthersSeeOnlySharedTags(t *testing.T) {
	t.Parallel()
	tags := []doc{{"Key": "Owner", "Value": "team-a"}, {"Key": "ec2:SharedTag/os", "Value": "linux"}}
	_, url := serve(t, []inventory.Part{part(ours, ireland, ami("ami-1", doc{"Public": true, "Tags": tags}))})
	for key, want := range map[string][]string{ourKey: {"Owner", "ec2:SharedTag/os"}, theirKey: {"ec2:SharedTag/os"}} {
		got, err := ec2As(url, key).DescribeImages(t.Context(), &ec2.DescribeImagesInput{ImageIds: []string{"ami-1"}})
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, tag := range got.Images[0].Tags {
			names = append(names, *tag.Key)
		}
		if diff := cmp.Diff(want, names); diff != "" {
			t.Errorf("%s: %s", key, diff)
		}
	}
}

// TestImageKnownToSeveralParts shows an image to its owner, to an account that the owner's part lets in, and to one
// that only its own part lets in, each from the record that knows best.
func TestImageKnownToSeveralParts(t *testing.T) {
	t.Parallel()
	seen := func(name string, facts ...any) inventory.Resource {
		image := doc{"ImageId": "ami-1", "OwnerId": ours, "State": "available", "Name": name}
		return resource(inventory.ForeignImage, ours, ireland, "ami-1", append([]any{"image", image}, facts...)...)
	}
	_, url := serve(t, []inventory.Part{
		part(stranger, ireland, seen("stranger's", "launch_permissions", []doc{{"UserId": stranger}})),
		part(theirs, ireland, seen("theirs")),
		part(ours, ireland, ami("ami-1", doc{"Name": "ours"}, "launch_permissions", []doc{{"UserId": theirs}})),
	})
	for key, want := range map[string]string{ourKey: "ours", theirKey: "ours", strangerKey: "stranger's"} {
		got, err := ec2As(url, key).DescribeImages(t.Context(), &ec2.DescribeImagesInput{ImageIds: []string{"ami-1"}})
		if err != nil || *got.Images[0].Name != want {
			t.Errorf("%s sees %v, %v; want the image %q", key, got, err, want)
		}
	}
}

// TestMissingImagesAreNamed holds that the message names every id, as AWS's does: callers drop those and ask again.
func TestMissingImagesAreNamed(t *testing.T) {
	t.Parallel()
	_, url := serve(t, imageWorld())
	_, err := ec2As(url, ourKey).DescribeImages(t.Context(),
		&ec2.DescribeImagesInput{ImageIds: []string{"ami-y", "ami-private", "ami-x"}})
	if want := "The image ids '[ami-x, ami-y]' do not exist"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
}

// filter is one filter of a request.
func filter(name string, values ...string) []types.Filter {
	return []types.Filter{{Name: &name, Values: values}}
}

func imageIDs(images []types.Image) []string {
	var ids []string
	for _, image := range images {
		ids = append(ids, *image.ImageId)
	}
	return ids
}
