package awsstub

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// scalar returns the text of a value that is neither object nor list, or an error that names the field. A value of
// another type is refused, because a reader would drop or distort it.
func scalar(k kind, path string, value any) (string, error) {
	switch v := value.(type) {
	case string:
		return scalarText(k, path, v)
	case bool:
		if k == flagKind {
			return strconv.FormatBool(v), nil
		}
	case json.Number:
		return scalarNumber(k, path, v)
	}
	return "", fmt.Errorf("%s: unexpected %s", path, jsonType(value))
}

func scalarText(k kind, path, s string) (string, error) {
	switch k {
	case textKind:
		return s, nil
	case instantKind, dateTimeKind:
		if _, err := time.Parse(time.RFC3339, s); err != nil {
			return "", fmt.Errorf("%s: %q is no RFC 3339 time", path, s)
		}
		return s, nil
	default:
		return "", fmt.Errorf("%s: unexpected string", path)
	}
}

func scalarNumber(k kind, path string, n json.Number) (string, error) {
	if k == decimalKind {
		return n.String(), nil
	}
	if k != wholeKind {
		return "", fmt.Errorf("%s: unexpected number", path)
	}
	if _, err := strconv.ParseInt(n.String(), 10, 64); err != nil {
		return "", fmt.Errorf("%s: %s is no integer", path, n)
	}
	return n.String(), nil
}

// jsonType names a decoded value as JSON does.
func jsonType(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case json.Number:
		return "number"
	case []any:
		return "array"
	}
	return "object"
}
