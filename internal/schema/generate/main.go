// Command generate writes the schemas of what policies see into the directory that it is given.
package main

import (
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
	return nil
}
