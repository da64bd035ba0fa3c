package inventory

import (
	"encoding/json"
	"fmt"
	"strings"
)

// ownedBy takes the owner's account from a field.
func ownedBy(field string) func(*sighting, map[string]any) error {
	return func(s *sighting, member map[string]any) (err error) {
		s.own.Account, err = text(member, field)
		return err
	}
}

// refineSnapshot takes the region from the key, which is always in the snapshot's own.
func refineSnapshot(s *sighting, member map[string]any) error {
	if key, ok := member["KmsKeyId"].(string); ok {
		key := parseARN(key)
		s.hint = Unit{Partition: key.Partition, Region: key.Region}
	}
	return ownedBy("OwnerId")(s, member)
}

// refineTemplateVersion keeps versions apart. A template's output names no owner, but only principals of its own
// account can create a version of it.
func refineTemplateVersion(s *sighting, member map[string]any) error {
	number, _ := member["VersionNumber"].(json.Number)
	version, err := number.Int64()
	if err != nil {
		return fmt.Errorf("VersionNumber is no whole number: %w", errReshaped)
	}
	s.key.item, s.listed = version, true
	if creator, ok := member["CreatedBy"].(string); ok {
		creator := parseARN(creator)
		s.hint = Unit{Partition: creator.Partition, Account: creator.Account}
	}
	return nil
}

// refineKey takes the unit from the key's ARN, which is also its id.
func refineKey(s *sighting, member map[string]any) error {
	s.own = parseARN(s.key.id)
	return ownedBy("AWSAccountId")(s, member)
}

// refineGroup leaves out the instances, which are no part of the fact.
func refineGroup(s *sighting, member map[string]any) error {
	delete(member, "Instances")
	return hintedBy("AutoScalingGroupARN")(s, member)
}

// hintedBy takes the unit from a field that holds the resource's ARN.
func hintedBy(field string) func(*sighting, map[string]any) error {
	return func(s *sighting, member map[string]any) error {
		arn, _ := member[field].(string)
		s.own = parseARN(arn)
		return nil
	}
}

// parseARN returns the unit that an ARN names; text that is no ARN names none.
func parseARN(text string) Unit {
	parts := strings.SplitN(text, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" || len(text) > maxName {
		return Unit{}
	}
	return Unit{Partition: plain(parts[1]), Region: plain(parts[3]), Account: plain(parts[4])}
}

// plain keeps a word of an ARN only if it is made like one; the longest are regions.
func plain(word string) string {
	if len(word) > 64 || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return ""
	}
	return word
}
