package awsstub

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"
)

// wireJSON returns a decoded value as the JSON protocols send it: as it is, but with times in seconds since 1970 and
// fields under the names that their tables give them. Like encodeXML it fails on a field that the tables do not know.
func wireJSON(e element, path string, value any) (any, error) {
	switch e.kind {
	case groupKind:
		return wireGroup(e.fields, path, value)
	case listKind:
		return wireList(*e.member, path, value)
	case mapKind:
		return wireMap(*e.member, path, value)
	default:
		return wireScalar(e.kind, path, value)
	}
}

func wireScalar(k kind, path string, value any) (any, error) {
	s, err := scalar(k, path, value)
	if err == nil && k == instantKind {
		return epoch(s)
	}
	return value, err
}

func wireGroup(fields shape, path string, value any) (any, error) {
	object, ok := value.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("%s: unexpected %s, want an object", path, jsonType(value))
	}
	out := make(map[string]any, len(object))
	for _, name := range slices.Sorted(maps.Keys(object)) {
		e, known := fields[name]
		if !known {
			return nil, unknownField(path, name)
		}
		w, err := wireJSON(e, path+"."+name, object[name])
		if err != nil {
			return nil, err
		}
		out[cmp.Or(e.name, name)] = w
	}
	return out, nil
}

func wireMap(member element, path string, value any) (any, error) {
	object, ok := value.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("%s: unexpected %s, want an object", path, jsonType(value))
	}
	out := make(map[string]any, len(object))
	for _, name := range slices.Sorted(maps.Keys(object)) {
		w, err := wireJSON(member, fmt.Sprintf("%s[%q]", path, name), object[name])
		if err != nil {
			return nil, err
		}
		out[name] = w
	}
	return out, nil
}

func wireList(member element, path string, value any) (any, error) {
	members, ok := value.([]any)
	if !ok {
		return nil, fmt.Errorf("%s: unexpected %s, want an array", path, jsonType(value))
	}
	out := make([]any, 0, len(members))
	for i, v := range members {
		w, err := wireJSON(member, fmt.Sprintf("%s[%d]", path, i), v)
		if err != nil {
			return nil, err
		}
		out = append(out, w)
	}
	return out, nil
}

// epoch turns an RFC 3339 time into seconds since 1970 with three decimals at most: the precision of AWS JSON 1.1.
func epoch(s string) (json.Number, error) {
	t, err := time.Parse(time.RFC3339, s)
	return json.Number(strconv.FormatFloat(float64(t.UnixMilli())/1000, 'f', -1, 64)), err
}
