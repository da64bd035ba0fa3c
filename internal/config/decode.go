package config

import (
	"errors"
	"fmt"
	"slices"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/amiscan/amiscan/internal/finding"
)

// decode reads YAML strictly and puts file and line before what is wrong. It returns where each value stands.
func decode(name string, text []byte, into any, keys []string) (places, error) {
	parsed, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil, located(name, err, nil)
	}
	if len(parsed.Docs) > 1 {
		// The decoder would take the first one and be silent about the others.
		return nil, fmt.Errorf("%s:%d: a second document begins; one file holds one", name, lineOf(parsed.Docs[1]))
	}
	if len(parsed.Docs) == 0 || parsed.Docs[0].Body == nil {
		return nil, nil
	}
	if err := yaml.NodeToValue(parsed.Docs[0].Body, into, yaml.DisallowUnknownField()); err != nil {
		return nil, located(name, err, keys)
	}
	found := places{}
	found.walk(name, "", parsed.Docs[0].Body)
	return found, nil
}

func lineOf(document *ast.DocumentNode) int {
	switch {
	case document.Start != nil:
		return document.Start.Position.Line
	case document.Body != nil:
		return document.Body.GetToken().Position.Line
	}
	return 1
}

// located puts file and line before a problem, and the nearest known key behind it.
func located(name string, err error, keys []string) error {
	var problem yaml.Error
	if !errors.As(err, &problem) || problem.GetToken() == nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	token, message := problem.GetToken(), problem.GetMessage()
	var unknown *yaml.UnknownFieldError
	if errors.As(err, &unknown) {
		message = fmt.Sprintf("unknown key %q", token.Value)
		// A key that stands elsewhere is not what was meant here.
		others := slices.DeleteFunc(slices.Clone(keys), func(key string) bool { return key == token.Value })
		if near := finding.Nearest(token.Value, others); near != "" {
			message += fmt.Sprintf("; the nearest is %q", near)
		}
	}
	return fmt.Errorf("%s:%d: %s", name, token.Position.Line, message)
}
