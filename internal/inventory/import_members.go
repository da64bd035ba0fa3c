package inventory

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// maxName bounds ids and account numbers, in bytes; the longest are ARNs, at 2048.
const maxName = 2048

// errReshaped says what a shape that AWS never prints comes from.
var errReshaped = errors.New("this is not the AWS CLI's own shape: save the output without --query")

// addMembers reads the members of one document.
func (s *sightings) addMembers(name string, f form, raw json.RawMessage) error {
	members, err := rawMembers(raw)
	if err != nil {
		return fmt.Errorf("%s: %w", f.keys[0], err)
	}
	for i, member := range members {
		if err := s.addMember(name, f, member); err != nil {
			return fmt.Errorf("%s[%d]: %w", f.keys[0], i, err)
		}
	}
	return nil
}

// rawMembers takes describe-key's single object for a list of one.
func rawMembers(raw json.RawMessage) ([]json.RawMessage, error) {
	if len(raw) > 0 && raw[0] == '{' {
		return []json.RawMessage{raw}, nil
	}
	return rawList(raw)
}

func rawList(raw json.RawMessage) ([]json.RawMessage, error) {
	if len(raw) == 0 || raw[0] != '[' {
		return nil, errReshaped
	}
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, clip(err)
	}
	return list, nil
}

func (s *sightings) addMember(name string, f form, raw json.RawMessage) error {
	member, err := object(raw)
	if err != nil {
		return err
	}
	id, err := text(member, f.id)
	if err != nil {
		return err
	}
	for _, field := range f.always {
		if _, ok := member[field]; !ok {
			return fmt.Errorf("%.80q lacks %q, which AWS always prints: %w", id, field, errReshaped)
		}
	}
	seen := sighting{key: sightingKey{kind: f.kind, id: id, fact: f.fact}, file: name, status: Known}
	normalise(member, f.times)
	if f.refine != nil {
		if err := f.refine(&seen, member); err != nil {
			return fmt.Errorf("%.80q: %w", id, err)
		}
	}
	if seen.value, err = encodeCompact(member); err != nil {
		return err
	}
	return s.add(seen)
}

// object decodes one member, which must be an object.
func object(raw json.RawMessage) (map[string]any, error) {
	value, err := decodeAny(raw)
	if err != nil {
		return nil, err
	}
	member, ok := value.(map[string]any)
	if !ok {
		return nil, errReshaped
	}
	return member, nil
}

// text returns a field that identifies something: a short printable string.
func text(member map[string]any, field string) (string, error) {
	value, ok := member[field].(string)
	if !ok || value == "" {
		return "", fmt.Errorf("no %q: %w", field, errReshaped)
	}
	if len(value) > maxName || strings.ContainsFunc(value, unicode.IsControl) {
		return "", fmt.Errorf("%q is longer than %d bytes or holds control characters", field, maxName)
	}
	return value, nil
}

// normalise drops user data and brings times into one form, at any depth.
func normalise(value any, times []string) {
	switch value := value.(type) {
	case map[string]any:
		for name, inner := range value {
			switch {
			case strings.EqualFold(name, "UserData"):
				// Secrets never enter an inventory, and user data is where they are kept.
				delete(value, name)
			case slices.Contains(times, name):
				value[name] = normaliseTime(inner)
			default:
				normalise(inner, times)
			}
		}
	case []any:
		for _, inner := range value {
			normalise(inner, times)
		}
	}
}
