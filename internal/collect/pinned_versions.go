package collect

import (
	"context"
	"reflect"
	"slices"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

var versionsFact = ref(inventory.LaunchTemplate, "template_versions")

// pinnedVersions collects the versions that groups and fleets name by their number and that are neither the default nor
// the latest. A pinned version that is not in the list does not exist any more.
func pinnedVersions() collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: ref(inventory.LaunchTemplate, "pinned_versions"), Scope: inventory.UnitScope,
			From:    []inventory.FactRef{versionsFact, groupFact},
			Action:  "ec2:DescribeLaunchTemplateVersions",
			Calls:   inventory.Calls{Of: inventory.AutoScalingGroup, Each: 1},
			Meaning: "The versions of the template that Auto Scaling groups and fleets name by number, without user data.",
		},
		after: fleetFacts,
		value: reflect.TypeFor[[]types.LaunchTemplateVersion](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		wanted := u.pinnedNumbers()
		err := each(ctx, u.ids(inventory.LaunchTemplate), func(ctx context.Context, id string) {
			u.putBeside(c.FactRef, id, u.versionsNumbered(ctx, c.FactType, id, wanted[id]))
		})
		u.cover(c, nil)
		u.whole(c)
		return err
	}
	return c
}

// pinnedNumbers are the version numbers that are pinned and were not collected yet, by template.
func (u *unit) pinnedNumbers() map[string][]string {
	names, there := map[string]string{}, map[string][]string{}
	for _, id := range u.ids(inventory.LaunchTemplate) {
		var versions []types.LaunchTemplateVersion
		u.value(versionsFact, id, &versions)
		for _, v := range versions {
			names[aws.ToString(v.LaunchTemplateName)] = id
			there[id] = append(there[id], strconv.FormatInt(aws.ToInt64(v.VersionNumber), 10))
		}
	}
	wanted := map[string][]string{}
	for _, p := range u.pins() {
		id := p.LaunchTemplateID
		if id == "" {
			id = names[p.LaunchTemplateName]
		}
		if _, err := strconv.ParseInt(p.Version, 10, 64); err == nil && !slices.Contains(there[id], p.Version) {
			wanted[id] = append(wanted[id], p.Version)
		}
	}
	for id := range wanted {
		slices.Sort(wanted[id])
		wanted[id] = slices.Compact(wanted[id])
	}
	return wanted
}

// versionsNumbered reads versions of a template. One that is gone fails the call for all: then each is asked for alone.
func (u *unit) versionsNumbered(ctx context.Context, c inventory.FactType, id string, numbers []string) inventory.Fact {
	if len(numbers) == 0 {
		return inventory.Fact{Status: inventory.Known, Value: []byte("[]"), Derived: true, Action: c.Action}
	}
	list, err := u.numbered(ctx, id, numbers)
	for i := 0; len(numbers) > 1 && ErrorCode(err) == versionGone && i < len(numbers); i++ {
		one, alone := u.numbered(ctx, id, numbers[i:i+1])
		list = append(list, one...)
		if ErrorCode(alone) != versionGone && alone != nil {
			return gap(c, alone)
		}
	}
	if err != nil && ErrorCode(err) != versionGone {
		return gap(c, err)
	}
	return known(c, append([]types.LaunchTemplateVersion{}, list...))
}

const versionGone = "InvalidLaunchTemplateId.VersionNotFound"

func (u *unit) numbered(ctx context.Context, id string, numbers []string) ([]types.LaunchTemplateVersion, error) {
	return u.templatePages(ctx, &ec2.DescribeLaunchTemplateVersionsInput{
		LaunchTemplateId: aws.String(id), Versions: numbers,
	})
}
