package inventory

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// form is one kind of AWS CLI output: how it is recognised, and what each of its members says.
type form struct {
	// command is the AWS CLI's name for it.
	command string
	// keys are the top-level keys that all have to be there; the first holds the members.
	keys []string
	kind string
	fact string
	// id is the member's field that identifies the resource.
	id string
	// always are further fields that AWS prints for every member. Where one is missing, the output was reshaped with
	// --query, and a policy would take the missing field for an answer.
	always []string
	// times are the fields that hold a time, at any depth.
	times []string
	// refine completes the sighting of one member; nil where there is nothing to add.
	refine func(s *sighting, member map[string]any) error
}

// memberForms are the outputs that describe whole resources.
func memberForms() []form { return append(imageForms(), launcherForms()...) }

// launcherForms are the outputs that describe what launches images, and what that names.
func launcherForms() []form {
	return []form{
		{
			command: "describe-auto-scaling-groups", keys: []string{"AutoScalingGroups"}, kind: AutoScalingGroup, fact: "group",
			id: "AutoScalingGroupName", always: []string{"MinSize", "AvailabilityZones"}, times: []string{"CreatedTime"},
			refine: refineGroup,
		},
		{
			command: "describe-launch-configurations", keys: []string{"LaunchConfigurations"}, kind: LaunchConfiguration,
			fact: "launch_configuration", id: "LaunchConfigurationName", always: []string{"ImageId", "InstanceType"},
			times: []string{"CreatedTime"}, refine: hintedBy("LaunchConfigurationARN"),
		},
		{
			command: "describe-fleets", keys: []string{"Fleets"}, kind: EC2Fleet, fact: "fleet", id: "FleetId",
			always: []string{"FleetState", "Type"}, times: []string{"CreateTime", "ValidFrom", "ValidUntil"},
		},
		{
			command: "describe-spot-fleet-requests", keys: []string{"SpotFleetRequestConfigs"}, kind: SpotFleet,
			fact: "spot_fleet", id: "SpotFleetRequestId", always: []string{"SpotFleetRequestConfig", "SpotFleetRequestState"},
			times: []string{"CreateTime", "ValidFrom", "ValidUntil"},
		},
		{
			command: "describe-instance-types", keys: []string{"InstanceTypes"}, kind: InstanceType, fact: "instance_type",
			id: "InstanceType", always: []string{"ProcessorInfo", "SupportedVirtualizationTypes"},
		},
		{
			command: "describe-instance-image-metadata", keys: []string{"InstanceImageMetadata"}, kind: Instance,
			fact: "instance_image", id: "InstanceId", always: []string{"ImageMetadata"},
			times: []string{"LaunchTime", "SourceImageCreationTime", "WatermarkCreationTime"},
		},
	}
}

// imageForms are the outputs that describe images and what stands behind them.
func imageForms() []form {
	return []form{
		{
			command: "describe-images", keys: []string{"Images"}, kind: AMI, fact: "image", id: "ImageId",
			always: []string{"OwnerId", "State", "Public"}, times: imageTimes(), refine: ownedBy("OwnerId"),
		},
		{
			command: "describe-snapshots", keys: []string{"Snapshots"}, kind: Snapshot, fact: "snapshot",
			id: "SnapshotId", always: []string{"OwnerId", "State", "Encrypted"},
			times: []string{"StartTime", "CompletionTime", "RestoreExpiryTime"}, refine: refineSnapshot,
		},
		{
			command: "describe-launch-template-versions", keys: []string{"LaunchTemplateVersions"},
			kind: LaunchTemplate, fact: "template_versions", id: "LaunchTemplateId",
			always: []string{"VersionNumber", "DefaultVersion", "LaunchTemplateData"},
			times:  []string{"CreateTime", "ValidUntil"}, refine: refineTemplateVersion,
		},
		{
			command: "describe-key", keys: []string{"KeyMetadata"}, kind: KMSKey, fact: "key", id: "Arn",
			always: []string{"AWSAccountId", "KeyState", "KeyManager"},
			times:  []string{"CreationDate", "DeletionDate", "ValidTo"}, refine: refineKey,
		},
		{
			command: "get-parameters", keys: []string{"Parameters"}, kind: SSMParameter, fact: "parameter",
			id: "Name", always: []string{"Type", "Value"}, times: []string{"LastModifiedDate"},
			refine: refineParameter,
		},
	}
}

// imageTimes are the times below an image; its own dates are strings in AWS's form and stay as they are.
func imageTimes() []string {
	return []string{
		"SourceImageCreationTime", "WatermarkCreationTime", "FindingScanDate", "CriticalFixAvailableSince",
		"HighFixAvailableSince", "MediumFixAvailableSince", "LowFixAvailableSince", "InformationalFixAvailableSince",
	}
}

// recognised lists for messages what can be read.
const recognised = "describe-images, describe-image-attribute --attribute launchPermission, describe-snapshots, " +
	"describe-snapshot-attribute --attribute createVolumePermission, describe-launch-template-versions, describe-key, " +
	"get-parameters, describe-auto-scaling-groups, describe-launch-configurations, describe-fleets, " +
	"describe-spot-fleet-requests, describe-instance-types, describe-instance-image-metadata, the settings that " +
	"get-ebs-encryption-by-default and its like print, and an inventory of amiscan"

// addFile reads every document of one file.
func (s *sightings) addFile(name string, data []byte) error {
	for document, err := range (place{name, data}).documents() {
		if err != nil {
			return err
		}
		if err := s.addDocument(name, document); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// noteEmpty remembers a listing without members: that there is nothing is an answer, too.
func (s *sightings) noteEmpty(f form, raw json.RawMessage) {
	var members []json.RawMessage
	if json.Unmarshal(raw, &members) == nil && len(members) == 0 {
		s.empty[FactRef{Kind: f.kind, Name: f.fact}] = true
	}
}

// addDocument reads a document as everything that it is recognised as, so that nothing merged into it is lost.
func (s *sightings) addDocument(name string, document map[string]json.RawMessage) error {
	found := false
	for _, f := range memberForms() {
		if hasKeys(document, f.keys) {
			found = true
			if err := s.addMembers(name, f, document[f.keys[0]]); err != nil {
				return fmt.Errorf("%s: %w", f.command, err)
			}
			s.noteEmpty(f, document[f.keys[0]])
		}
	}
	for _, f := range settingForms() {
		if f.fits(document) {
			found = true
			if err := s.addSetting(name, f, document); err != nil {
				return fmt.Errorf("%s: %w", f.command, err)
			}
		}
	}
	for _, a := range attributeForms() {
		if hasKeys(document, []string{a.id, a.list}) {
			found = true
			if err := s.addAttribute(name, a, document); err != nil {
				return fmt.Errorf("%s: %w", a.command, err)
			}
		}
	}
	if raw, ok := document["InvalidParameters"]; ok {
		found = true
		if err := s.addInvalidParameters(name, raw); err != nil {
			return fmt.Errorf("get-parameters: %w", err)
		}
	}
	if !found {
		return unrecognised(document)
	}
	return nil
}

func hasKeys(document map[string]json.RawMessage, keys []string) bool {
	return !slices.ContainsFunc(keys, func(key string) bool { _, ok := document[key]; return !ok })
}

func unrecognised(document map[string]json.RawMessage) error {
	const shown = 5
	names := slices.Sorted(maps.Keys(document))
	var quoted []string
	for _, name := range names[:min(shown, len(names))] {
		quoted = append(quoted, fmt.Sprintf("%.40q", name))
	}
	if len(names) > shown {
		quoted = append(quoted, fmt.Sprintf("and %d more", len(names)-shown))
	}
	return fmt.Errorf("not recognised by its top-level keys (%s): readable are %s; save output with --output json and "+
		"without --query", strings.Join(quoted, ", "), recognised)
}
