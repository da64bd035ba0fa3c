package inventory

import (
	"encoding/json"
	"fmt"
	"regexp"
)

// imageID is the shape of an AMI's id, old and new.
var imageID = regexp.MustCompile(`^ami-[0-9a-f]{8,17}$`)

// refineParameter cuts the value down to image ids, and takes the id as templates write it and the unit from the ARN.
// A public parameter's ARN names no account: it then counts to the account that read it.
func refineParameter(s *sighting, member map[string]any) error {
	if value, ok := imageValue(member); ok {
		member["Value"] = value
	} else {
		delete(member, "Value")
	}
	if arn, ok := member["ARN"].(string); ok {
		s.own, s.arn = parseARN(arn), arn
	}
	// A template names version or label behind the parameter's name; SSM prints them apart ("Selector": ":3").
	if selector, ok := member["Selector"].(string); ok && selector != "" {
		if _, err := text(member, "Selector"); err != nil {
			return err
		}
		s.key.id += selector
	}
	// Of two readings the one with the higher version is the newer.
	if number, ok := member["Version"].(json.Number); ok {
		s.rank, _ = number.Int64()
	}
	return nil
}

// imageValue returns what may be kept of a parameter's value: an image id, or of a JSON object (such as AWS's public
// parameters hold) the members that are image ids. Anything else may be a secret.
func imageValue(member map[string]any) (string, bool) {
	value, ok := member["Value"].(string)
	if !ok || member["Type"] != "String" {
		return "", false
	}
	if imageID.MatchString(value) {
		return value, true
	}
	var members map[string]any
	if tooDeep([]byte(value), maxImportDepth) || json.Unmarshal([]byte(value), &members) != nil {
		return "", false
	}
	kept := map[string]any{}
	for name, inner := range members {
		if id, ok := inner.(string); ok && imageID.MatchString(id) {
			kept[name] = id
		}
	}
	encoded, err := encodeCompact(kept)
	return string(encoded), err == nil && len(kept) > 0
}

// addInvalidParameters takes the names that get-parameters did not find for an answer: not found. A name that another
// file holds is known.
func (s *sightings) addInvalidParameters(file string, raw json.RawMessage) error {
	names, err := rawList(raw)
	if err != nil {
		return fmt.Errorf("InvalidParameters: %w", err)
	}
	for i, name := range names {
		var id string
		if err := json.Unmarshal(name, &id); err != nil {
			return fmt.Errorf("InvalidParameters[%d]: %w", i, errReshaped)
		}
		if _, err := text(map[string]any{"Name": id}, "Name"); err != nil {
			return fmt.Errorf("InvalidParameters[%d]: %w", i, err)
		}
		key := sightingKey{kind: SSMParameter, id: id, fact: "parameter"}
		seen := sighting{key: key, file: file, status: NotFound, rank: -1}
		seen.action, seen.code = "ssm:GetParameters", "InvalidParameters"
		if err := s.add(seen); err != nil {
			return err
		}
	}
	return nil
}
