// Package policies embeds amiscan's own policies, the library that they share, and the schemas of what they see. Nothing
// is listed here: a policy is found because its file is there.
package policies

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

//go:generate go run ../internal/schema/generate schema

// Tests and fixtures would double the size: the patterns take every file of every family whose name does not end in
// _test.rego, by the letters before the dot. A test holds the embedded tree against the directory.
//
//go:embed [^t]*/*[^t].rego [^t]*/*[^s]t.rego [^t]*/*[^e]st.rego [^t]*/*[^_]test.rego schema/*.json
var files embed.FS

// FS returns the tree of Rego files, without tests and fixtures.
func FS() fs.FS { return files }

// Schemas returns the JSON Schema of what policies see, by kind of resource.
func Schemas() (map[string]json.RawMessage, error) {
	names, err := fs.Glob(files, "schema/*.json")
	if err != nil {
		return nil, fmt.Errorf("list schemas: %w", err)
	}
	schemas := map[string]json.RawMessage{}
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read schema %q: %w", name, err)
		}
		schemas[strings.TrimSuffix(path.Base(name), ".json")] = text
	}
	return schemas, nil
}
