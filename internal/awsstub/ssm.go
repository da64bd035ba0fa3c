package awsstub

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// parameterFacts are what DescribeParameters lists.
func parameterFacts() []documentFact {
	return []documentFact{{inventory.SSMParameter, "parameter_metadata", "Name", parameterMetadataShape, true}}
}

// addParameter keeps what GetParameters answers, which two facts hold: one for the parameters that templates name, one for
// those that hold an image. What the first does not know, the second may.
func (c *catalog) addParameter(p inventory.Part, r inventory.Resource) error {
	fact := "parameter"
	d, value, ok, err := newDocument(r, fact, parameterShape)
	if err != nil {
		return err
	}
	other, otherValue, otherOK, err := newDocument(r, "image_parameter", parameterShape)
	if err != nil {
		return err
	}
	if d.body == nil && otherOK {
		fact, d, value, ok = "image_parameter", other, otherValue, otherOK
	}
	if !ok {
		return nil
	}
	at := place{p.Account, p.Region}
	if d.denied {
		return put(c.parameters, at, r.ID, d)
	}
	name := field(value, "Name")
	if bare, _, _ := strings.Cut(r.ID, ":"); name != "" && bare != name && bare != "arn" {
		return sameAs(value, fact, "Name", r.ID)
	}
	if err := put(c.parameters, at, r.ID, d); err != nil {
		return err
	}
	return c.addSelected(at, r, value)
}

// addSelected lets a parameter be asked for by its version, too: SSM answers NAME:VERSION with the name and a selector
// (Systems Manager API Reference, GetParameters).
func (c *catalog) addSelected(at place, r inventory.Resource, value any) error {
	object, _ := value.(map[string]any)
	name := field(value, "Name")
	version, ok := object["Version"].(json.Number)
	if !ok || r.ID != name {
		return nil
	}
	selected := maps.Clone(object)
	selected["Selector"] = ":" + version.String()
	d, err := encodeDocument(selected, "parameter", parameterShape)
	if err != nil {
		return err
	}
	return put(c.selected, at, name+":"+version.String(), d)
}

// maxNames is how many parameters one call of ssm:GetParameters takes (Systems Manager API Reference).
const maxNames = 10

// getParameters answers ssm:GetParameters for names and ARNs. What does not exist is listed, not an error; one denied
// parameter denies the whole call.
func (s *Stub) getParameters(r Request) ([]byte, error) {
	names := r.list("Names")
	if len(names) < 1 || len(names) > maxNames {
		return nil, invalid("ValidationException", "names must have between 1 and 10 members")
	}
	answer := struct {
		Parameters        []json.RawMessage
		InvalidParameters []string
	}{[]json.RawMessage{}, []string{}}
	for _, name := range names {
		parameter, ok := s.parameter(r, name)
		switch {
		case parameter.denied:
			return nil, jsonDenied()
		case ok:
			answer.Parameters = append(answer.Parameters, parameter.body)
		default:
			answer.InvalidParameters = append(answer.InvalidParameters, name)
		}
	}
	return json.Marshal(answer)
}

// parameter finds a parameter by its name or its ARN, either of them with a version or without.
func (s *Stub) parameter(r Request, name string) (document, bool) {
	at := place{r.Account, r.Region}
	names := []string{name}
	if _, path, isARN := strings.Cut(name, ":parameter/"); isARN {
		names = append(names, path, "/"+path)
	}
	for _, name := range names {
		if d, ok := s.catalog.parameters[at][name]; ok {
			return d, true
		}
		if d, ok := s.catalog.selected[at][name]; ok {
			return d, true
		}
	}
	return document{}, false
}

// parameterPages is how DescribeParameters is read (Systems Manager API Reference; without MaxResults, ten a page).
var parameterPages = paging{size: "MaxResults", token: "NextToken", largest: 50, unpaged: 10,
	badSize: "ValidationException", badToken: "InvalidNextToken"}

// describeParameters is ssm:DescribeParameters.
func describeParameters() operation {
	return operation{nil, listCall{fact: "parameter_metadata", member: "Parameters", pages: parameterPages,
		choose: chooseParameters}.answer}
}

// chooseParameters chooses by ParameterFilters; what the stub would not know to answer is refused.
func chooseParameters(_ *Stub, r Request) (func(string, document) bool, error) {
	for name := range r.Parameters {
		if strings.HasPrefix(name, "Filters.") || r.isTrue("Shared") {
			return nil, invalid("ValidationException", "the stub serves ParameterFilters of the caller's own parameters alone")
		}
	}
	filters, err := readParameterFilters(r)
	if err != nil {
		return nil, err
	}
	return func(_ string, d document) bool { return hasAll(d.fields, filters) }, nil
}

// readParameterFilters reads ParameterFilters.N.Key, .Option and .Values.M.
func readParameterFilters(r Request) (filters []filter, err error) {
	for i := 1; ; i++ {
		prefix := "ParameterFilters." + strconv.Itoa(i)
		key, ok := r.Parameters[prefix+".Key"]
		if !ok {
			return filters, nil
		}
		if !slices.Contains([]string{"DataType", "Name", "Tier", "Type"}, key) {
			return nil, invalid("InvalidFilterKey", "The following filter key is not valid: "+key)
		}
		if option, ok := r.Parameters[prefix+".Option"]; ok && option != "Equals" {
			return nil, invalid("InvalidFilterOption", "The following filter option is not valid: "+option)
		}
		values := r.list(prefix + ".Values")
		if len(values) == 0 {
			return nil, invalid("InvalidFilterValue", "The filter "+key+" has no value")
		}
		filters = append(filters, filter{key, values})
	}
}

// hasAll reports whether every filter's field has one of its values, letter by letter. A field that is absent has none.
func hasAll(fields map[string]string, filters []filter) bool {
	return !slices.ContainsFunc(filters, func(f filter) bool {
		value, there := fields[f.name]
		return !there || !slices.Contains(f.values, value)
	})
}
