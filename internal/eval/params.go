package eval

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/finding"
)

// CheckParam says whether a value, as JSON or YAML decodes it, has the type that the param declares.
func CheckParam(param finding.Param, value any) error {
	ok := false
	switch param.Type {
	case "string":
		_, ok = value.(string)
	case "boolean":
		_, ok = value.(bool)
	case "number":
		ok = isNumber(value)
	case "list":
		ok = isStringList(value)
	}
	if ok {
		return nil
	}
	return fmt.Errorf("param %q wants a %s, not %s", param.Name, typeWords(param.Type), describe(value))
}

func typeWords(name string) string {
	if name == "list" {
		return "list of strings"
	}
	return name
}

func isNumber(value any) bool {
	switch value.(type) {
	case json.Number, float64, int, int64, uint64:
		return true
	}
	return false
}

func isStringList(value any) bool {
	list, ok := value.([]any)
	if !ok {
		_, ok = value.([]string)
		return ok
	}
	return !slices.ContainsFunc(list, func(element any) bool { _, ok := element.(string); return !ok })
}

func describe(value any) string {
	text, err := json.Marshal(value)
	if err != nil || len(text) > 60 {
		return fmt.Sprintf("a %T", value)
	}
	return string(text)
}

// resolveParams gives every declared param its value: the given one, else the default. A name that two policies declare
// differently, and a given name that no policy declares, are errors.
func resolveParams(policies []finding.Policy, given map[string]any) (map[string]any, error) {
	declared := map[string]finding.Param{}
	for _, policy := range policies {
		for _, param := range policy.Params {
			if other, ok := declared[param.Name]; ok && !reflect.DeepEqual(other, param) {
				return nil, fmt.Errorf("param %q of policy %q is declared differently elsewhere: one name has one type, "+
					"default and meaning", param.Name, policy.ID)
			}
			declared[param.Name] = param
		}
	}
	values := map[string]any{}
	for name, param := range declared {
		values[name] = param.Default
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		param, ok := declared[name]
		if !ok {
			return nil, fmt.Errorf("param %q is declared by no policy; known: %s", name,
				strings.Join(slices.Sorted(maps.Keys(declared)), ", "))
		}
		if err := CheckParam(param, given[name]); err != nil {
			return nil, err
		}
		values[name] = given[name]
	}
	return values, nil
}
