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
	// Severity are severities by policy, in place of the policies' own.
	Severity map[string]string `yaml:"severity"`
	// Lineage says which images are bakes of the same thing.
	Lineage Lineage `yaml:"lineage"`
	// Sources say which files make which images.
	Sources []Source `yaml:"sources"`
	// MaxExceptionDays is the longest that an exception may hold after it was created; zero leaves it open.
	MaxExceptionDays int `yaml:"max_exception_days"`

	Decisions `yaml:",inline"`

	name   string
	places places
}

// Lineage says which images are bakes of the same thing.
type Lineage struct {
	// Tag takes the place of amiscan:lineage.
	Tag string `yaml:"tag"`
	// Patterns are regular expressions over the names of images; the first group is the lineage.
	Patterns []string `yaml:"patterns"`
}

// Source says which file makes the images that it matches.
type Source struct {
	Match struct {
		Name string            `yaml:"name"`
		Tags map[string]string `yaml:"tags"`
	} `yaml:"match"`
	File string `yaml:"file"`
	// Anchor is text that stands in the line that is meant.
	Anchor string `yaml:"anchor"`
}

// At says where a value stands, by its path ("fail_on", "sources[0].file"): "amiscan.yaml:3". It is empty for one that the
// file doesn't have.
func (f File) At(path string) string { return f.places[path] }

// Name is the file that was read; empty if there was none.
func (f File) Name() string { return f.name }

// Load reads the named file, or DefaultName if none is named; only the default may be missing.
func Load(name string) (File, error) {
	var file File
	named := name != ""
	if !named {
		name = DefaultName
	}
	text, err := read(name)
	if errors.Is(err, fs.ErrNotExist) && !named {
		return file, noNamesake()
	}
	if err == nil {
		file.name = name
		file.places, err = decode(name, text, &file, keysOf(file))
	}
	if err == nil {
		err = file.check()
	}
	if err != nil {
		return File{}, fmt.Errorf("read configuration: %w", err)
	}
	return file, nil
}

// namesake is what people call the file by mistake.
const namesake = "amiscan.yml"

// noNamesake makes sure that nobody's configuration is left out for its name.
func noNamesake() error {
	if _, err := os.Stat(namesake); err == nil {
		return fmt.Errorf("read configuration: %s is not read: call it %s, or name it with --config", namesake, DefaultName)
	}
	return nil
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
