package eval

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/amiscan/amiscan/internal/finding"
)

// custom is the shape of METADATA's custom object; anything else in it is refused.
type custom struct {
	Severity    finding.Severity `json:"severity"`
	Resource    string           `json:"resource"`
	Remediation string           `json:"remediation"`
	Controls    []string         `json:"controls"`
	Params      []finding.Param  `json:"params"`
	Default     *bool            `json:"default"`
	Aliases     []string         `json:"aliases"`
	Deprecated  string           `json:"deprecated"`
	Partial     []string         `json:"partial"`
}

// paramTypes are the types that a param may have, each with what its values look like after JSON decoding.
var paramTypes = []string{"string", "number", "boolean", "list"}

// metadata reads a policy's METADATA block. Every error names file and line.
func metadata(m module, id string, annotations *ast.Annotations) (finding.Policy, error) {
	if annotations == nil {
		return finding.Policy{}, at(m.parsed.Package.Location, "policy %q has no METADATA block of package scope", id)
	}
	var c custom
	if err := decodeStrictly(annotations.Custom, &c); err != nil {
		return finding.Policy{}, at(annotations.Location, "METADATA of policy %q: custom: %v", id, err)
	}
	if err := checkMetadata(annotations, c); err != nil {
		return finding.Policy{}, at(annotations.Location, "METADATA of policy %q: %v", id, err)
	}
	return finding.Policy{
		ID: id, Title: annotations.Title, Description: strings.TrimSpace(annotations.Description),
		Severity: c.Severity, Resource: c.Resource, Remediation: strings.TrimSpace(c.Remediation),
		Controls: listOrEmpty(c.Controls), References: references(annotations), Params: listOrEmpty(c.Params),
		Default: c.Default == nil || *c.Default, Aliases: listOrEmpty(c.Aliases), Deprecated: c.Deprecated,
		Partial: c.Partial,
	}, nil
}

// decodeStrictly turns METADATA's free-form object into a struct and refuses keys that the struct does not know.
func decodeStrictly(from map[string]any, into any) error {
	text, err := json.Marshal(from)
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	err = decoder.Decode(into)
	var typeErr *json.UnmarshalTypeError
	if errors.As(err, &typeErr) {
		return fmt.Errorf("%s is a %s, not a %s", typeErr.Field, typeErr.Value, typeErr.Type)
	}
	return err
}

func checkMetadata(a *ast.Annotations, c custom) error {
	switch {
	case strings.TrimSpace(a.Title) == "" || strings.HasSuffix(a.Title, "."):
		return errors.New("title is needed and ends without a full stop")
	case strings.TrimSpace(a.Description) == "":
		return errors.New("description is needed")
	case c.Severity == 0:
		return errors.New("custom.severity is needed: critical, high, medium, low or info")
	case c.Resource == "":
		return errors.New("custom.resource is needed: the kind of resource that the policy judges")
	case strings.TrimSpace(c.Remediation) == "":
		return errors.New("custom.remediation is needed")
	}
	if err := checkSchemas(a, c.Resource); err != nil {
		return err
	}
	for _, param := range c.Params {
		if err := checkParam(param); err != nil {
			return err
		}
	}
	return nil
}

// checkSchemas wants exactly the schema of the judged kind for input: without it a misspelt field would not be an error.
func checkSchemas(a *ast.Annotations, kind string) error {
	want := ast.MustParseRef("schema." + kind)
	if len(a.Schemas) == 1 && a.Schemas[0].Path.Equal(ast.InputRootRef) && a.Schemas[0].Schema.Equal(want) {
		return nil
	}
	return fmt.Errorf("schemas must be the one entry `input: schema.%s`", kind)
}

func checkParam(param finding.Param) error {
	if param.Name == "" || param.Meaning == "" {
		return fmt.Errorf("param %q needs name, type, default and meaning", param.Name)
	}
	if !slices.Contains(paramTypes, param.Type) {
		return fmt.Errorf("param %q has type %q, which is none of %s", param.Name, param.Type, strings.Join(paramTypes, ", "))
	}
	return CheckParam(param, param.Default)
}

func references(a *ast.Annotations) []string {
	refs := []string{}
	for _, resource := range a.RelatedResources {
		refs = append(refs, resource.Ref.String())
	}
	return refs
}

func listOrEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// at puts file and line before a message, as compilers do.
func at(location *ast.Location, format string, args ...any) error {
	message := fmt.Sprintf(format, args...)
	if location == nil {
		return errors.New(message)
	}
	return fmt.Errorf("%s:%d: %s", location.File, location.Row, message)
}
