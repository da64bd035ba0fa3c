// Package policies embeds amiscan's own policies, the library that they share, and the schemas of what they see. Nothing
// is listed here: a policy is found because its file is there.
package policies

import (
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
)

//go:generate go run ../internal/schema/generate schema

// Tests and fixtures would double the size: the patterns take every file of every family whose name does not end in
// _test.rego, by the letters before the dot. A test holds the embedded tree against the directory.
//
//go:embed [^t]*/*[^t].rego [^t]*/*[^s]t.rego [^t]*/*[^e]st.rego [^t]*/*[^_]test.rego
var files embed.FS

// schemas are the files of schema, by kind, in one object: side by side they would take fifteen times the room.
//
//go:embed schemas.json.gz
var schemas []byte

// FS returns the tree of Rego files, without tests and fixtures.
func FS() fs.FS { return files }

// Schemas returns the JSON Schema of what policies see, by kind of resource.
func Schemas() (map[string]json.RawMessage, error) {
	unpacked, err := gzip.NewReader(bytes.NewReader(schemas))
	if err != nil {
		return nil, fmt.Errorf("unpack schemas: %w", err)
	}
	var byKind map[string]json.RawMessage
	if err := json.NewDecoder(unpacked).Decode(&byKind); err != nil {
		return nil, fmt.Errorf("read schemas: %w", err)
	}
	return byKind, nil
}
