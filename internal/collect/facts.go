package collect

import (
	"context"
	"reflect"
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

// collector reads one fact of one unit.
type collector struct {
	inventory.FactType
	// value is the Go type that the fact's value has the shape of; the schemas are generated from it.
	value reflect.Type
	// after are facts that this one takes more from where they are collected too; it does not ask for them.
	after []inventory.FactRef
	// beside are those of From that need not come first: the resources are known without them, and AWS is asked for both at
	// once.
	beside []inventory.FactRef
	// narrowedFrom is what the fact is made of beside From when single images are asked for.
	narrowedFrom []inventory.FactRef
	// collect puts facts into the unit. It returns an error only when the run was cancelled: whatever AWS refuses becomes
	// a status.
	collect func(ctx context.Context, u *unit) error
}

// collectors is every fact that is collected from a unit, what a fact is made of before the fact itself.
func collectors() []collector {
	return slices.Concat(settings(), ownImages(), launchers(), whatLaunchesName(), keyFacts(), bakes(), caretakers())
}

// everyFact is every fact that can be read: of accounts and of units.
func everyFact() []collector { return slices.Concat(accountFacts(), collectors()) }

// settings are the facts of the unit itself.
func settings() []collector {
	return []collector{
		organization(), imageBlockPublicAccess(), snapshotBlockPublicAccess(), ebsEncryptionByDefault(), ebsDefaultKMSKey(),
		instanceMetadataDefaults(), allowedImages(), serialConsoleAccess(),
	}
}

// ownImages are the facts of the images and snapshots that the account owns.
func ownImages() []collector {
	return []collector{
		images(), textSecrets(), launchPermissions(), ancestries(), imageReferences(), usageReports(), usageReportEntries(),
		imageFindings(), storeTasks(), exportTasks(), fastLaunch(), recycledImages(), instanceImages(),
		snapshots(), snapshotPublic(), snapshotPermissions(), snapshotTiers(), snapshotLocks(), recycledSnapshots(),
	}
}

// launchers are the facts of what launches images.
func launchers() []collector {
	return []collector{
		autoScalingGroups(), launchConfigurations(), configurationUserData(), ec2Fleets(), spotFleets(), templateVersions(),
		templateUserData(), pinnedVersions(),
	}
}

// whatLaunchesName are the facts of what launchers name.
func whatLaunchesName() []collector {
	return []collector{
		parameters(), parameterMetadata(), imageParameters(), foreignImages(), foreignSnapshots(), instanceTypes(),
		offerings(), securityGroups(), subnets(), keyPairs(), instanceProfiles(),
	}
}

// keyFacts are the facts of keys.
func keyFacts() []collector {
	return []collector{keyTargets(), keys(), keyPolicies(), keyRotations(), serviceRoleGrants(), keyGrants()}
}

// bakes are the facts of what bakes and distributes images.
func bakes() []collector {
	return []collector{
		imageRecipeSummaries(), imageRecipes(), containerRecipeSummaries(), imagePipelines(), distributionSummaries(),
		distributionConfigurations(), infrastructureSummaries(), infrastructureConfigurations(), imageLifecyclePolicies(),
	}
}

// caretakers are the facts of what removes, keeps and records.
func caretakers() []collector {
	return []collector{
		dlmPolicySummaries(), dlmPolicies(), ruleSummaries(), recycleBinRules(), trails(), trailStatuses(),
		trailEventSelectors(),
	}
}

// Catalog describes every fact that can be collected.
func Catalog() inventory.Catalog {
	var catalog inventory.Catalog
	for _, c := range everyFact() {
		catalog = append(catalog, c.FactType)
	}
	return catalog
}

// ref names a fact of a kind.
func ref(kind, name string) inventory.FactRef { return inventory.FactRef{Kind: kind, Name: name} }
