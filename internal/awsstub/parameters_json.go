package awsstub

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// maxDepth is how deep a request may nest. AWS's own read requests nest two levels.
const maxDepth = 16

// readJSON reads the body of a JSON request and flattens it to the names that the query protocol would use, so that
// every request is seen in one form: {"Names":["a"]} is Names.1=a. An empty body is an empty object.
func readJSON(body []byte) (map[string]string, error) {
	parameters := map[string]string{}
	if len(bytes.TrimSpace(body)) == 0 {
		return parameters, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var object map[string]any
	if decoder.Decode(&object) != nil || decoder.More() {
		return nil, invalid("SerializationException", "the body is no JSON object")
	}
	for name, value := range object {
		if !flatten(parameters, name, value, maxDepth) {
			return nil, invalid("SerializationException", "the body is nested too deeply")
		}
	}
	return parameters, nil
}

// flatten reports whether the value was no deeper than allowed.
func flatten(into map[string]string, name string, value any, depth int) bool {
	if depth == 0 {
		return false
	}
	switch v := value.(type) {
	case string:
		into[name] = v
	case json.Number:
		into[name] = v.String()
	case bool:
		into[name] = strconv.FormatBool(v)
	case []any:
		return flattenList(into, name, v, depth)
	case map[string]any:
		return flattenObject(into, name, v, depth)
	}
	return true
}

func flattenList(into map[string]string, name string, list []any, depth int) bool {
	for i, member := range list {
		if !flatten(into, name+"."+strconv.Itoa(i+1), member, depth-1) {
			return false
		}
	}
	return true
}

func flattenObject(into map[string]string, name string, object map[string]any, depth int) bool {
	for field, member := range object {
		if !flatten(into, name+"."+field, member, depth-1) {
			return false
		}
	}
	return true
}
