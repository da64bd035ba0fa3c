// Command generate writes the schemas of what policies see into the directory that it is given.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/amiscan/amiscan/internal/schema"
)

func main() {
	if err := generate(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func generate(directory string) error {
	documents, err := schema.Documents()
	if err != nil {
		return err
	}
	for kind, text := range documents {
		if err := os.WriteFile(filepath.Join(directory, kind+".json"), text, 0o644); err != nil {
			return fmt.Errorf("write schema of %s: %w", kind, err)
		}
	}
	// Beside the directory, not in it: stock opa takes every file in there for a schema.
	return pack(filepath.Join(directory, "..", "schemas.json.gz"), documents)
}

// pack writes all schemas into one file, which is what the program carries.
func pack(name string, documents map[string][]byte) error {
	byKind := map[string]json.RawMessage{}
	for kind, text := range documents {
		byKind[kind] = text
	}
	text, err := json.Marshal(byKind) // maps are written in the order of their keys
	if err != nil {
		return fmt.Errorf("encode schemas: %w", err)
	}
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return fmt.Errorf("pack schemas: %w", err)
	}
	_, err = w.Write(text)
	if err := errors.Join(err, w.Close()); err != nil {
		return fmt.Errorf("pack schemas: %w", err)
	}
	return os.WriteFile(name, packed.Bytes(), 0o644)
}
