package config

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// places says where values stand, as "file:line" by their path: "fail_on", "exceptions[0].match.accounts".
type places map[string]string

// walk notes a node's values and theirs.
func (p places) walk(name, path string, node ast.Node) {
	switch node := node.(type) {
	case ast.MapNode:
		for entries := node.MapRange(); entries.Next(); {
			key := entries.Key().GetToken()
			at := strings.TrimPrefix(path+"."+key.Value, ".")
			p[at] = fmt.Sprintf("%s:%d", name, key.Position.Line)
			p.walk(name, at, entries.Value())
		}
	case *ast.SequenceNode:
		for i, value := range node.Values {
			at := fmt.Sprintf("%s[%d]", path, i)
			p[at] = fmt.Sprintf("%s:%d", name, value.GetToken().Position.Line)
			p.walk(name, at, value)
		}
	}
}

// of returns where a value stands, or the nearest thing around it that stands somewhere: what is missing has no place.
func (p places) of(path string) string {
	for path != "" {
		if place, ok := p[path]; ok {
			return place
		}
		path = path[:max(strings.LastIndexByte(path, '.'), strings.LastIndexByte(path, '['), 0)]
	}
	return ""
}
