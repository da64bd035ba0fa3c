package awsstub

import (
	"encoding/json"
	"slices"
	"strconv"
)

// filter is one filter of a request: a field must match one of the values.
type filter struct {
	name   string
	values []string
}

// One request may have 50 filters with 200 values each (EC2 User Guide, "Find your Amazon EC2 resources").
const (
	mostFilters = 50
	mostValues  = 200
)

// readFilters reads Filter.N.Name and Filter.N.Value.M. A filter that is not in the table is an error, as in AWS.
func readFilters(r Request, known map[string]string) ([]filter, error) {
	var filters []filter
	for i := 1; ; i++ {
		prefix := "Filter." + strconv.Itoa(i)
		name, ok := r.Parameters[prefix+".Name"]
		if !ok {
			return filters, nil
		}
		if _, ok := known[name]; !ok {
			return nil, invalid("InvalidParameterValue", "The filter '"+name+"' is invalid")
		}
		filters = append(filters, filter{name, r.list(prefix + ".Value")})
		if i > mostFilters || len(filters[i-1].values) > mostValues {
			return nil, invalid("FilterLimitExceeded", "The request uses too many filters or too many filter values.")
		}
	}
}

// matchAll reports whether a record's fields pass all filters.
func matchAll(filters []filter, fields map[string]string) bool {
	for _, f := range filters {
		if !f.match(fields) {
			return false
		}
	}
	return true
}

func (f filter) match(fields map[string]string) bool {
	value, ok := fields[f.name]
	return ok && f.matchValue(value)
}

// matchValue reports whether a value matches one of the filter's.
func (f filter) matchValue(value string) bool {
	return slices.ContainsFunc(f.values, func(pattern string) bool { return wild(pattern, value) })
}

// wild matches EC2's filter wildcards: * is any run of characters, ? is one, a backslash takes the next literally.
func wild(pattern, s string) bool {
	p, star, mark := 0, -1, 0
	for i := 0; i < len(s); {
		switch n := step(pattern, p, s[i]); {
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, i
			p++
		case n > 0:
			p, i = p+n, i+1
		case star >= 0:
			mark++
			p, i = star+1, mark
		default:
			return false
		}
	}
	for p < len(pattern) && pattern[p] == '*' {
		p++
	}
	return p == len(pattern)
}

// step returns how many bytes of the pattern match the character, 0 if it doesn't.
func step(pattern string, p int, c byte) int {
	switch {
	case p >= len(pattern):
		return 0
	case pattern[p] == '\\' && p+1 < len(pattern) && pattern[p+1] == c:
		return 2
	case pattern[p] == '?' || pattern[p] == c && c != '*':
		return 1
	}
	return 0
}

// filterFields takes what filters look at out of a document; a field that is absent has no entry and matches nothing.
func filterFields(value any, filters map[string]string) map[string]string {
	object, _ := value.(map[string]any)
	fields := make(map[string]string, len(filters))
	for name, from := range filters {
		switch v := object[from].(type) {
		case string:
			fields[name] = v
		case bool:
			fields[name] = strconv.FormatBool(v)
		case json.Number:
			fields[name] = v.String()
		}
	}
	return fields
}
