package collect

import (
	"context"
	"maps"
	"reflect"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// templatePageSize is the largest page that EC2 gives of launch template versions.
const templatePageSize = 200

// templateVersions collects the default and the latest version of every launch template in one listing.
func templateVersions() collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef:  versionsFact,
			ListedBy: versionsFact, Scope: inventory.UnitScope,
			Action: "ec2:DescribeLaunchTemplateVersions",
			Calls:  inventory.Calls{Least: 1, Of: inventory.LaunchTemplate, Each: templatePageSize / 2},
			Meaning: "The default and the latest version of the template, as `aws ec2 describe-launch-template-versions` " +
				"prints them, without user data.",
		},
		value: reflect.TypeFor[[]types.LaunchTemplateVersion](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		list, err := u.describeTemplateVersions(ctx)
		for id, versions := range byTemplate(list) {
			fact := known(c.FactType, versions)
			if err != nil {
				// A template's other version may stand on the page that is missing: half of a template passes for nothing.
				fact = gap(c.FactType, err)
			}
			u.put(c.FactRef, id, fact)
			u.keepTemplateData(id, versions)
		}
		u.cover(c, err)
		u.whole(c)
		return cancelled(ctx)
	}
	return c
}

// whole marks a listing as reaching over the whole unit even where single images were asked for.
func (u *unit) whole(c collector) {
	u.mu.Lock()
	defer u.mu.Unlock()
	coverage := u.coverage[c.FactRef]
	coverage.Narrowed = ""
	u.coverage[c.FactRef] = coverage
}

func (u *unit) describeTemplateVersions(ctx context.Context) ([]types.LaunchTemplateVersion, error) {
	return u.templatePages(ctx, &ec2.DescribeLaunchTemplateVersionsInput{Versions: []string{"$Default", "$Latest"}})
}

// templatePages includes the templates that services manage, which an account may hide. Partitions and servers that do not
// know that parameter are asked again without it.
func (u *unit) templatePages(
	ctx context.Context, input *ec2.DescribeLaunchTemplateVersionsInput,
) ([]types.LaunchTemplateVersion, error) {
	input.MaxResults, input.IncludeManagedResources = aws.Int32(templatePageSize), aws.Bool(true)
	list, err := u.readTemplatePages(ctx, input)
	if ErrorCode(err) == "UnknownParameter" {
		input.IncludeManagedResources = nil
		return u.readTemplatePages(ctx, input)
	}
	return list, err
}

func (u *unit) readTemplatePages(
	ctx context.Context, input *ec2.DescribeLaunchTemplateVersionsInput,
) ([]types.LaunchTemplateVersion, error) {
	fetch := func(ctx context.Context, token *string) ([]types.LaunchTemplateVersion, *string, error) {
		input.NextToken = token
		out, err := u.clients.DescribeLaunchTemplateVersions(ctx, input)
		if err != nil {
			return nil, nil, err
		}
		id := func(v types.LaunchTemplateVersion) *string { return v.LaunchTemplateId }
		unnamed := named(out.LaunchTemplateVersions, id)
		return out.LaunchTemplateVersions, out.NextToken, unnamed
	}
	return pages(ctx, u, "ec2:DescribeLaunchTemplateVersions", fetch)
}

// byTemplate groups versions, each once: a version that is both default and latest may come twice.
func byTemplate(list []types.LaunchTemplateVersion) map[string][]types.LaunchTemplateVersion {
	groups := map[string]map[int64]types.LaunchTemplateVersion{}
	for _, version := range list {
		id := aws.ToString(version.LaunchTemplateId)
		if groups[id] == nil {
			groups[id] = map[int64]types.LaunchTemplateVersion{}
		}
		groups[id][aws.ToInt64(version.VersionNumber)] = version
	}
	templates := map[string][]types.LaunchTemplateVersion{}
	for id, versions := range groups {
		for _, number := range slices.Sorted(maps.Keys(versions)) {
			templates[id] = append(templates[id], versions[number])
		}
	}
	return templates
}
