// Package config reads amiscan.yaml and parameter files. Decoding is strict: an unknown key is an error that names file,
// line and the nearest known key. It imports no AWS SDK, OPA, SARIF or command line.
package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// DefaultName is the file that is read from the working directory where no other is named.
const DefaultName = "amiscan.yaml"

// maxBytes bounds a configuration file.
const maxBytes = 1 << 20

// File is amiscan.yaml.
type File struct {
	// Select are terms that choose policies.
	Select []string `yaml:"select"`
	// Params are values by name, as policies declare them.
	Params map[string]any `yaml:"params"`
	// FailOn is a severity or "none".
	FailOn string `yaml:"fail_on"`
	// OwnerTag is the tag that names the responsible team.
	OwnerTag string `yaml:"owner_tag"`

	places map[string]string
}

// At says where a key stands: "amiscan.yaml:3". It is empty for a key that the file doesn't have.
func (f File) At(key string) string { return f.places[key] }

// known are the keys of File, for naming the nearest.
var known = []string{"select", "params", "fail_on", "owner_tag"}

// Load reads the named file, or DefaultName if none is named; only the default may be missing.
func Load(name string) (File, error) {
	var file File
	named := name != ""
	if !named {
		name = DefaultName
	}
	text, err := read(name)
	if errors.Is(err, fs.ErrNotExist) && !named {
		return file, nil
	}
	if err == nil {
		file.places, err = decode(name, text, &file, known)
	}
	if err != nil {
		return File{}, fmt.Errorf("read configuration: %w", err)
	}
	return file, nil
}

// LoadParams reads a file that holds nothing but parameters, by name.
func LoadParams(name string) (map[string]any, error) {
	text, err := read(name)
	var params map[string]any
	if err == nil {
		_, err = decode(name, text, &params, nil)
	}
	if err != nil {
		return nil, fmt.Errorf("read params: %w", err)
	}
	return params, nil
}

func read(name string) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // only read
	text, err := io.ReadAll(io.LimitReader(file, maxBytes+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxBytes {
		return nil, fmt.Errorf("%s: more than the %d bytes that a configuration may have", name, maxBytes)
	}
	return text, nil
}
