package inventory

import (
	"encoding/json"
	"fmt"
	"slices"
)

// settingForm is the output of a call for one setting of an account in a region. Nothing in it says whose it is.
type settingForm struct {
	command string
	fact    string
	// keys are the top-level keys that have to be there, others those that may; anything else makes it another output.
	keys, others []string
	// states are the values of State that tell two outputs of one shape apart.
	states []string
	// member is the key whose value is the fact; empty for the whole document.
	member string
}

func settingForms() []settingForm {
	return []settingForm{
		{
			command: "get-ebs-encryption-by-default", fact: "ebs_encryption_by_default", keys: []string{"EbsEncryptionByDefault"},
			others: []string{"SseType"},
		},
		{command: "get-ebs-default-kms-key-id", fact: "ebs_default_kms_key", keys: []string{"KmsKeyId"}},
		{
			command: "get-image-block-public-access-state", fact: "image_block_public_access",
			keys: []string{"ImageBlockPublicAccessState"}, others: []string{"ManagedBy"},
		},
		{
			command: "get-snapshot-block-public-access-state", fact: "snapshot_block_public_access", keys: []string{"State"},
			others: []string{"ManagedBy"}, states: []string{"unblocked", "block-new-sharing", "block-all-sharing"},
		},
		{
			command: "get-allowed-images-settings", fact: "allowed_images", keys: []string{"State"},
			others: []string{"ManagedBy", "ImageCriteria"}, states: []string{"disabled", "audit-mode", "enabled"},
		},
		{
			command: "get-serial-console-access-status", fact: "serial_console_access",
			keys: []string{"SerialConsoleAccessEnabled"}, others: []string{"ManagedBy"},
		},
		{
			command: "get-instance-metadata-defaults", fact: "instance_metadata_defaults", keys: []string{"AccountLevel"},
			member: "AccountLevel",
		},
		{
			command: "describe-organization", fact: "organization", keys: []string{"Organization"}, member: "Organization",
		},
	}
}

// fits recognises the output by its top-level keys and, where these are common, by its state.
func (f settingForm) fits(document map[string]json.RawMessage) bool {
	for key := range document {
		if !slices.Contains(f.keys, key) && !slices.Contains(f.others, key) {
			return false
		}
	}
	if !hasKeys(document, f.keys) || f.states == nil {
		return hasKeys(document, f.keys)
	}
	var state string
	return json.Unmarshal(document["State"], &state) == nil && slices.Contains(f.states, state)
}

// addSetting reads one setting. Its unit is settled with all the others: the output names none.
func (s *sightings) addSetting(file string, f settingForm, document map[string]json.RawMessage) error {
	text, err := json.Marshal(document)
	if err != nil {
		return err
	}
	if f.member != "" {
		text = document[f.member]
	}
	value, err := object(text)
	if err != nil {
		return fmt.Errorf("%s: %w", f.keys[0], err)
	}
	delete(value, "MasterAccountEmail") // it is nobody's business here
	seen := sighting{key: sightingKey{kind: Settings, fact: f.fact}, file: file, status: Known}
	if seen.value, err = encodeCompact(value); err != nil {
		return err
	}
	return s.add(seen)
}
