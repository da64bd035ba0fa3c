package collect

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// launcherFacts are the facts that say what is launched. Whatever they name is looked up where they are collected.
var launcherFacts = []inventory.FactRef{
	ref(inventory.LaunchTemplate, "template_versions"), ref(inventory.LaunchTemplate, "pinned_versions"),
	ref(inventory.AutoScalingGroup, "group"), ref(inventory.LaunchConfiguration, "launch_configuration"),
	ref(inventory.EC2Fleet, "fleet"), ref(inventory.SpotFleet, "spot_fleet"),
}

// named returns the values that the collected launchers hold under the given field names, at any depth, sorted and each
// once. The same names mean the same thing in templates, groups, configurations and fleets.
func (u *unit) named(fields ...string) []string {
	var values []string
	u.eachLauncher(func(document any) { values = appendNamed(values, document, fields) })
	slices.Sort(values)
	return slices.Compact(values)
}

// eachLauncher hands out what was collected of every launcher, as plain JSON.
func (u *unit) eachLauncher(do func(document any)) {
	for _, fact := range launcherFacts {
		for _, id := range u.ids(fact.Kind) {
			var document any
			if u.value(fact, id, &document) {
				do(document)
			}
		}
	}
}

// appendNamed walks a document of JSON for strings, and lists of strings, under the given names.
func appendNamed(values []string, document any, fields []string) []string {
	switch document := document.(type) {
	case []any:
		for _, member := range document {
			values = appendNamed(values, member, fields)
		}
	case map[string]any:
		for name, member := range document {
			if slices.Contains(fields, name) {
				values = append(values, texts(member)...)
			}
			values = appendNamed(values, member, fields)
		}
	}
	return values
}

// texts returns a string or the strings of a list, empty ones left out.
func texts(value any) []string {
	list, ok := value.([]any)
	if !ok {
		list = []any{value}
	}
	var found []string
	for _, member := range list {
		if text, ok := member.(string); ok && text != "" {
			found = append(found, text)
		}
	}
	return found
}

// pin is a launch template version as a group or a fleet names it.
type pin struct {
	LaunchTemplateID   string `json:"LaunchTemplateId"`
	LaunchTemplateName string
	Version            string
}

// pins returns every version of a launch template that a collected group or fleet names by its number.
func (u *unit) pins() []pin {
	var found []pin
	for _, fact := range launcherFacts[2:] {
		for _, id := range u.ids(fact.Kind) {
			var document any
			u.value(fact, id, &document)
			found = appendPins(found, document)
		}
	}
	return found
}

func appendPins(found []pin, document any) []pin {
	switch document := document.(type) {
	case []any:
		for _, member := range document {
			found = appendPins(found, member)
		}
	case map[string]any:
		if _, ok := document["Version"].(string); ok {
			var p pin
			text, _ := json.Marshal(document) // it was read as JSON before
			if json.Unmarshal(text, &p) == nil && p.LaunchTemplateID+p.LaunchTemplateName != "" {
				found = append(found, p)
			}
		}
		for _, member := range document {
			found = appendPins(found, member)
		}
	}
	return found
}

// keyARN is what the ARN of a key looks like; other ways to name one are aliases, alias ARNs and bare ids.
var keyARN = regexp.MustCompile(`^arn:[^:]+:kms:[^:]+:[0-9]+:key/[^/]+$`)

// keyNames are the keys as launches and the EBS default name them, sorted.
func (u *unit) keyNames() []string {
	names := u.named("KmsKeyId")
	var standard struct {
		KmsKeyID string `json:"KmsKeyId"`
	}
	u.value(defaultKeyFact, u.Account+"/"+u.Region, &standard)
	if standard.KmsKeyID != "" {
		names = append(names, standard.KmsKeyID)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// withPrefix keeps the names that begin so: what else stands under the same field is a name of another sort.
func withPrefix(prefix string, names []string) []string {
	return slices.DeleteFunc(names, func(name string) bool { return !strings.HasPrefix(name, prefix) })
}

func (u *unit) securityGroupsNamed() []string {
	return withPrefix("sg-", u.named("SecurityGroupIds", "SecurityGroups", "Groups", "GroupId"))
}

// subnetsNamed reads subnets from network interfaces and from the comma-separated list of a group.
func (u *unit) subnetsNamed() []string {
	var names []string
	for _, list := range u.named("SubnetId", "VPCZoneIdentifier") {
		for name := range strings.SplitSeq(list, ",") {
			names = append(names, strings.TrimSpace(name))
		}
	}
	slices.Sort(names)
	return withPrefix("subnet-", slices.Compact(names))
}

func (u *unit) keyPairsNamed() []string { return u.named("KeyName") }

// foreignSnapshotsNamed are the snapshots that launches name and that are not among the account's own.
func (u *unit) foreignSnapshotsNamed() []string {
	own := u.ids(inventory.Snapshot)
	return slices.DeleteFunc(withPrefix("snap-", u.named("SnapshotId")), func(id string) bool {
		return slices.Contains(own, id)
	})
}

// profileName reads the name of an instance profile from its ARN; a name stays as it is.
func profileName(text string) string {
	if _, path, ok := strings.Cut(text, ":instance-profile/"); ok {
		return path[strings.LastIndex(path, "/")+1:]
	}
	return text
}

// instanceProfilesNamed are the names of the instance profiles that launches name, by name or by ARN, sorted. Templates
// hold an object, launch configurations a text.
func (u *unit) instanceProfilesNamed() []string {
	var names []string
	for _, text := range append(u.named("IamInstanceProfile"), u.profilesInObjects()...) {
		names = append(names, profileName(text))
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (u *unit) profilesInObjects() []string {
	var names []string
	u.eachLauncher(func(document any) { names = appendProfiles(names, document) })
	return names
}

func appendProfiles(names []string, document any) []string {
	switch document := document.(type) {
	case []any:
		for _, member := range document {
			names = appendProfiles(names, member)
		}
	case map[string]any:
		if profile, ok := document["IamInstanceProfile"].(map[string]any); ok {
			names = append(append(names, texts(profile["Arn"])...), texts(profile["Name"])...)
		}
		for _, member := range document {
			names = appendProfiles(names, member)
		}
	}
	return names
}
