package link

import (
	"encoding/json"
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

var (
	pinnedFact        = ref(inventory.LaunchTemplate, "pinned_versions")
	groupFact         = ref(inventory.AutoScalingGroup, "group")
	configurationFact = ref(inventory.LaunchConfiguration, "launch_configuration")
	fleetFact         = ref(inventory.EC2Fleet, "fleet")
	spotFleetFact     = ref(inventory.SpotFleet, "spot_fleet")
)

// planFacts are what the launches of a kind are made of.
func planFacts(kind string) []inventory.FactRef {
	templates := []inventory.FactRef{versionsFact, pinnedFact, parameterFact}
	switch kind {
	case inventory.AutoScalingGroup:
		return append(templates, groupFact, configurationFact)
	case inventory.LaunchConfiguration:
		return []inventory.FactRef{configurationFact, parameterFact}
	case inventory.EC2Fleet:
		return append(templates, fleetFact)
	case inventory.SpotFleet:
		return append(templates, spotFleetFact)
	}
	return []inventory.FactRef{versionsFact, parameterFact}
}

// evidence is one linked fact that every launcher has: what its launches lead to.
type evidence struct {
	name    string
	from    []inventory.FactRef
	meaning string
	schema  func(own map[inventory.FactRef]Schema) Schema
	add     func(ix *index, p *plan, into *list)
}

// launcherEvidence is what policies may ask of every launcher.
func launcherEvidence() []evidence {
	return []evidence{
		{"launches", nil, "What the launcher launches: one entry a template version, override or specification.",
			launchSchema, (*index).addLaunches},
		{"images", []inventory.FactRef{imageFact, foreignFact},
			"The images that the launches name, directly or through a parameter, as far as the account can see them; one that " +
				"is not in the list does not resolve.", listOf(imageFact), (*index).addImages},
		{"recycled_images", []inventory.FactRef{recycledImageFact},
			"Those of the named images that lie in the Recycle Bin.", listOf(recycledImageFact), (*index).addRecycledImages},
		{"parameters", nil, "The SSM parameters that launches name as resolve:ssm:NAME; one that is not in the list does " +
			"not exist.", listOf(parameterFact), (*index).addParameters},
		{"snapshots", []inventory.FactRef{imageFact, foreignFact, snapshotFact, foreignSnapshotFact},
			"The snapshots that the images and the launches map, as far as the account can see them.",
			listOf(snapshotFact), (*index).addSnapshots},
		{"keys", keySources(keyFact), keysMeaning + ".", listOf(keyFact), keysOfLaunches(keyFact, plainValue)},
		{"key_policies", keySources(keyFact, keyPolicyFact), keysMeaning + ", with their key policies.",
			besideARN("Policy", keyPolicyFact), keysOfLaunches(keyPolicyFact, besideKey("Policy"))},
		{"key_service_role_grants", keySources(keyFact, roleGrantsFact),
			keysMeaning + ", with their grants to the service roles that launch.",
			besideARN("Grants", roleGrantsFact), keysOfLaunches(roleGrantsFact, besideKey("Grants"))},
		{"key_names", []inventory.FactRef{targetFact, defaultKeyFact},
			"Which key an alias or a bare id leads to, for those that the launches and the EBS default use.",
			listOf(targetFact), (*index).addKeyNames},
		{"instance_types", []inventory.FactRef{instanceTypeFact},
			"The instance types that the launches name; one that is not in the list does not exist in the region.",
			listOf(instanceTypeFact), namedBy(instanceTypeFact, instanceTypeOf)},
		{"type_offerings", []inventory.FactRef{offeringsFact},
			"The availability zones that offer the instance types of the launches.",
			func(own map[inventory.FactRef]Schema) Schema { return own[offeringsFact] }, (*index).addOfferings},
		{"security_groups", []inventory.FactRef{securityGroupFact}, "The security groups that the launches name and that exist.",
			listOf(securityGroupFact), namedBy(securityGroupFact, securityGroupsOf)},
		{"subnets", []inventory.FactRef{subnetFact}, "The subnets that the launches name and that exist.",
			listOf(subnetFact), namedBy(subnetFact, subnetsOf)},
		{"key_pairs", []inventory.FactRef{keyPairFact}, "The key pairs that the launches name and that exist.",
			listOf(keyPairFact), namedBy(keyPairFact, keyPairOf)},
		{"instance_profiles", []inventory.FactRef{profileFact}, "The instance profiles that the launches name and that exist.",
			listOf(profileFact), namedBy(profileFact, profilesOf)},
	}
}

// launcherFacts gives every kind of launcher the evidence on its launches and the settings of its unit.
func launcherFacts() []linked {
	var facts []linked
	for _, kind := range launcherKinds() {
		for _, e := range launcherEvidence() {
			facts = append(facts, e.of(kind))
		}
		for _, name := range []string{
			"ebs_encryption_by_default", "ebs_default_kms_key", "instance_metadata_defaults", "allowed_images",
		} {
			facts = append(facts, fromSettings(kind, name))
		}
	}
	return facts
}

func (e evidence) of(kind string) linked {
	return linked{
		FactType: inventory.FactType{
			FactRef: ref(kind, e.name), Linked: true, Scope: inventory.UnitScope,
			From: append(planFacts(kind), e.from...), Meaning: e.meaning,
		},
		schema: e.schema,
		build: func(ix *index, r inventory.Resource) inventory.Fact {
			p := ix.launchesOf(r)
			l := &list{unit: r.Unit, gaps: slices.Clone(p.gaps)}
			e.add(ix, p, l)
			return l.fact()
		},
	}
}

// fromSettings hands a fact of the unit's settings to a resource of a kind.
func fromSettings(kind, name string) linked {
	source := ref(inventory.Settings, name)
	return linked{
		FactType: inventory.FactType{
			FactRef: ref(kind, name), Linked: true, Scope: inventory.ResourceScope, From: []inventory.FactRef{source},
			Meaning: "The fact of the same name of the settings of the resource's account and region.",
		},
		schema: func(own map[inventory.FactRef]Schema) Schema { return own[source] },
		build: func(ix *index, _ inventory.Resource) inventory.Fact {
			settings := ix.byID[inventory.Settings][ix.part.Account+"/"+ix.part.Region]
			return ix.withAction(source, settings.Fact(name))
		},
	}
}

func (ix *index) addLaunches(p *plan, into *list) {
	for _, launch := range p.launches {
		text, _ := json.Marshal(launch) // texts, numbers and JSON that was read before always encode
		into.values = append(into.values, text)
	}
}

// distinct collects names over the launches of a plan, each once, in order.
func distinct(p *plan, names func(launch) []string) []string {
	var all []string
	for _, l := range p.launches {
		for _, name := range names(l) {
			if name != "" && !slices.Contains(all, name) {
				all = append(all, name)
			}
		}
	}
	return all
}

// namedBy adds the resources of a kind that launches name.
func namedBy(of inventory.FactRef, names func(launch) []string) func(*index, *plan, *list) {
	return func(ix *index, p *plan, into *list) {
		for _, name := range distinct(p, names) {
			into.add(of.Name, ix.find(of, name))
		}
	}
}

func imageOf(l launch) []string        { return []string{l.ImageID} }
func instanceTypeOf(l launch) []string { return []string{l.InstanceType} }

func (ix *index) addImages(p *plan, into *list) {
	for _, id := range distinct(p, imageOf) {
		if fact := ix.imageNamed(id); fact.Status != inventory.NotVisible {
			into.add("image", fact)
		}
	}
}

// imageNamed finds an image among the own and the foreign ones. That an id does not resolve (not_visible) is known only
// if it was looked up.
func (ix *index) imageNamed(id string) inventory.Fact {
	if own, ok := ix.byID[inventory.AMI][id]; ok {
		return ix.withAction(imageFact, own.Fact("image"))
	}
	if foreign, ok := ix.byID[inventory.ForeignImage][id]; ok {
		return ix.withAction(foreignFact, foreign.Fact("image"))
	}
	return ix.withAction(foreignFact, inventory.Fact{Status: inventory.NotCollected})
}

func (ix *index) addRecycledImages(p *plan, into *list) {
	for _, id := range distinct(p, imageOf) {
		into.add("recycled_image", ix.find(recycledImageFact, id))
	}
}

func (ix *index) addParameters(p *plan, into *list) {
	for _, name := range distinct(p, func(l launch) []string { return []string{l.Parameter} }) {
		into.add("parameter", ix.find(parameterFact, name))
	}
}

func (ix *index) addOfferings(p *plan, into *list) {
	for _, name := range distinct(p, instanceTypeOf) {
		var offerings []json.RawMessage
		fact := ix.read(offeringsFact, ix.find(offeringsFact, name), &offerings)
		into.need("offerings", fact)
		into.values = append(into.values, offerings...)
	}
}
