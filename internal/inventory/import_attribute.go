package inventory

import (
	"encoding/json"
	"fmt"
	"slices"
)

// attributeForm is the output of a call for one attribute of one resource: an id beside a list of permissions.
type attributeForm struct {
	command string
	id      string
	list    string
	kind    string
	fact    string
	// public is the fact that says whether the list has the group "all" in it; empty where there is none.
	public string
}

func attributeForms() []attributeForm {
	return []attributeForm{
		{
			command: "describe-image-attribute", id: "ImageId", list: "LaunchPermissions",
			kind: AMI, fact: "launch_permissions",
		},
		{
			command: "describe-snapshot-attribute", id: "SnapshotId", list: "CreateVolumePermissions",
			kind: Snapshot, fact: "snapshot_permissions", public: "snapshot_public",
		},
	}
}

// addAttribute reads one attribute document.
func (s *sightings) addAttribute(file string, a attributeForm, document map[string]json.RawMessage) error {
	var name any
	if err := json.Unmarshal(document[a.id], &name); err != nil {
		return clip(err)
	}
	id, err := text(map[string]any{a.id: name}, a.id)
	if err != nil {
		return err
	}
	entries, err := permissions(document[a.list])
	if err != nil {
		return fmt.Errorf("%s of %.80q: %w", a.list, id, err)
	}
	value, err := encodeCompact(entries)
	if err != nil {
		return err
	}
	seen := sighting{key: sightingKey{kind: a.kind, id: id, fact: a.fact}, file: file, status: Known, value: value}
	if err := s.add(seen); err != nil || a.public == "" {
		return err
	}
	seen.key.fact, seen.value, seen.derived = a.public, publicValue(entries), true
	return s.add(seen)
}

// permissions decodes a list of grantees; an empty one is a list, too.
func permissions(raw json.RawMessage) ([]map[string]any, error) {
	list, err := rawList(raw)
	if err != nil {
		return nil, err
	}
	entries := make([]map[string]any, 0, len(list))
	for _, inner := range list {
		entry, err := object(inner)
		if err != nil {
			return nil, err
		}
		normalise(entry, nil)
		entries = append(entries, entry)
	}
	return entries, nil
}

func publicValue(entries []map[string]any) json.RawMessage {
	public := slices.ContainsFunc(entries, func(entry map[string]any) bool { return entry["Group"] == "all" })
	if public {
		return json.RawMessage("true")
	}
	return json.RawMessage("false")
}
