package awsstub_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

// template has versions numbered from 1.
func template(id, name string, versions int, standard int, more doc) inventory.Resource {
	var list []doc
	for n := versions; n >= 1; n-- {
		version := doc{"LaunchTemplateId": id, "LaunchTemplateName": name, "VersionNumber": n,
			"DefaultVersion": n == standard, "LaunchTemplateData": doc{"ImageId": fmt.Sprintf("ami-%d", n)}}
		for field, value := range more {
			version[field] = value
		}
		list = append(list, version)
	}
	return resource(inventory.LaunchTemplate, ours, ireland, id, "template_versions", list)
}

func templateWorld() []inventory.Part {
	return []inventory.Part{part(ours, ireland,
		template("lt-b", "b", 1, 1, nil), template("lt-a", "a", 4, 2, nil),
		template("lt-hidden", "h", 1, 1, doc{"Operator": doc{"Managed": true, "HiddenByDefault": true}}))}
}

func TestDescribeLaunchTemplateVersions(t *testing.T) {
	t.Parallel()
	_, url := serve(t, templateWorld())
	both := []string{"$Default", "$Latest"}
	tests := []struct {
		name string
		ask  ec2.DescribeLaunchTemplateVersionsInput
		want []string
	}{
		{"default and latest of all", ec2.DescribeLaunchTemplateVersionsInput{Versions: both},
			[]string{"lt-a/2", "lt-a/4", "lt-b/1"}},
		{"latest of all", ec2.DescribeLaunchTemplateVersionsInput{Versions: both[1:]}, []string{"lt-a/4", "lt-b/1"}},
		{"with hidden ones", ec2.DescribeLaunchTemplateVersionsInput{Versions: both, IncludeManagedResources: ptr(true)},
			[]string{"lt-a/2", "lt-a/4", "lt-b/1", "lt-hidden/1"}},
		{"all of one by id", ec2.DescribeLaunchTemplateVersionsInput{LaunchTemplateId: ptr("lt-a")},
			[]string{"lt-a/1", "lt-a/2", "lt-a/3", "lt-a/4"}},
		{"some of one by name", ec2.DescribeLaunchTemplateVersionsInput{LaunchTemplateName: ptr("a"),
			Versions: []string{"3", "$Default"}}, []string{"lt-a/2", "lt-a/3"}},
		{"range", ec2.DescribeLaunchTemplateVersionsInput{LaunchTemplateId: ptr("lt-a"), MinVersion: ptr("2"),
			MaxVersion: ptr("3")}, []string{"lt-a/2", "lt-a/3"}},
		{"filter by image", ec2.DescribeLaunchTemplateVersionsInput{LaunchTemplateId: ptr("lt-a"),
			Filters: filter("image-id", "ami-3")}, []string{"lt-a/3"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := ec2As(url, ourKey).DescribeLaunchTemplateVersions(t.Context(), &test.ask)
			if err != nil {
				t.Fatal(err)
			}
			var versions []string
			for _, v := range got.LaunchTemplateVersions {
				versions = append(versions, fmt.Sprintf("%s/%d", *v.LaunchTemplateId, *v.VersionNumber))
			}
			if diff := cmp.Diff(test.want, versions); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDescribeLaunchTemplateVersionsRefuses(t *testing.T) {
	t.Parallel()
	type ask = ec2.DescribeLaunchTemplateVersionsInput
	_, url := serve(t, templateWorld())
	tests := []struct {
		name string
		ask  ask
		code string
	}{
		{"numbers of all", ask{Versions: []string{"1"}}, "MissingParameter"},
		{"nothing named", ask{}, "MissingParameter"},
		{"id and name", ask{LaunchTemplateId: ptr("lt-a"), LaunchTemplateName: ptr("a")},
			"InvalidParameterCombination"},
		{"unknown id", ask{LaunchTemplateId: ptr("lt-none")}, "InvalidLaunchTemplateId.NotFound"},
		{"no id", ask{LaunchTemplateId: ptr("none")}, "InvalidLaunchTemplateId.Malformed"},
		{"unknown name", ask{LaunchTemplateName: ptr("none")},
			"InvalidLaunchTemplateName.NotFoundException"},
		{"unknown version", ask{LaunchTemplateId: ptr("lt-a"), Versions: []string{"5"}},
			"InvalidLaunchTemplateId.VersionNotFound"},
		{"bad bound", ask{LaunchTemplateId: ptr("lt-a"), MinVersion: ptr("x")},
			"InvalidParameterValue"},
		{"too many a page", ask{Versions: []string{"$Latest"}, MaxResults: ptr(int32(201))},
			"InvalidParameterValue"},
		{"resolved parameters", ask{LaunchTemplateId: ptr("lt-a"), ResolveAlias: ptr(true)},
			"InvalidParameterValue"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := ec2As(url, ourKey).DescribeLaunchTemplateVersions(t.Context(), &test.ask)
			wantError(t, err, test.code, 400)
		})
	}
}

// TestPinnedVersions holds that the versions that others pin are there by their numbers, beside the default and latest.
func TestPinnedVersions(t *testing.T) {
	t.Parallel()
	version := func(n int, image string) doc {
		return doc{"LaunchTemplateId": "lt-p", "LaunchTemplateName": "p", "VersionNumber": n, "DefaultVersion": n == 5,
			"LaunchTemplateData": doc{"ImageId": image}}
	}
	listed := []doc{version(9, "ami-9"), version(5, "ami-5")}
	pinned := func(versions ...doc) inventory.Resource {
		return resource(inventory.LaunchTemplate, ours, ireland, "lt-p", "template_versions", listed, "pinned_versions", versions)
	}
	_, url := serve(t, []inventory.Part{part(ours, ireland, pinned(version(2, "ami-2"), version(5, "ami-5")))})
	asks := []struct {
		id       string
		versions []string
		want     string
		code     string
	}{
		{"lt-p", []string{"2", "5"}, "[2 5]", ""},
		{"lt-p", []string{"$Default", "$Latest"}, "[5 9]", ""},
		{"lt-p", []string{"2", "3"}, "", "InvalidLaunchTemplateId.VersionNotFound"},
		{"lt-none", []string{"2"}, "", "InvalidLaunchTemplateId.NotFound"},
	}
	for _, ask := range asks {
		got, err := ec2As(url, ourKey).DescribeLaunchTemplateVersions(t.Context(),
			&ec2.DescribeLaunchTemplateVersionsInput{LaunchTemplateId: &ask.id, Versions: ask.versions})
		if ask.code != "" {
			wantError(t, err, ask.code, 400)
			continue
		}
		var numbers []int64
		if err == nil {
			for _, v := range got.LaunchTemplateVersions {
				numbers = append(numbers, *v.VersionNumber)
			}
		}
		if fmt.Sprint(numbers) != ask.want {
			t.Errorf("%v: got %v, %v", ask.versions, numbers, err)
		}
	}
	for _, versions := range [][]doc{{version(5, "ami-other")}, {version(2, "ami-2"), version(2, "ami-2")}} {
		_, err := awsstub.New([]inventory.Part{part(ours, ireland, pinned(versions...))})
		if err == nil || !strings.Contains(err.Error(), "pinned_versions") || !strings.Contains(err.Error(), "is there twice") {
			t.Errorf("got %v", err)
		}
	}
}

// TestDeniedPinnedVersions holds that a version that the inventory says to be denied is, and the others are not.
func TestDeniedPinnedVersions(t *testing.T) {
	t.Parallel()
	_, url := serve(t, []inventory.Part{part(ours, ireland, deniedFact(template("lt-a", "a", 2, 2, nil), "pinned_versions"))})
	client, id := ec2As(url, ourKey), "lt-a"
	_, err := client.DescribeLaunchTemplateVersions(t.Context(),
		&ec2.DescribeLaunchTemplateVersionsInput{LaunchTemplateId: &id, Versions: []string{"7"}})
	wantError(t, err, "UnauthorizedOperation", 403)
	got, err := client.DescribeLaunchTemplateVersions(t.Context(),
		&ec2.DescribeLaunchTemplateVersionsInput{LaunchTemplateId: &id, Versions: []string{"1"}})
	if err != nil || len(got.LaunchTemplateVersions) != 1 {
		t.Errorf("got %v, %v", got, err)
	}
}

// TestTemplatesOfOthersAreNotThere holds that templates belong to one account alone.
func TestTemplatesOfOthersAreNotThere(t *testing.T) {
	t.Parallel()
	_, url := serve(t, templateWorld())
	got, err := ec2As(url, theirKey).DescribeLaunchTemplateVersions(t.Context(),
		&ec2.DescribeLaunchTemplateVersionsInput{Versions: []string{"$Latest"}})
	if err != nil || len(got.LaunchTemplateVersions) != 0 {
		t.Errorf("got %v, %v", got, err)
	}
}
