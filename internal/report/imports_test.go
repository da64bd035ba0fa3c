package report

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestOnlySARIFFilesKnowSARIF holds the package to what its comment says of imports.
func TestOnlySARIFFilesKnowSARIF(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("files %v, error %v", files, err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range file.Imports {
			if path, _ := strconv.Unquote(spec.Path.Value); !mayImport(name, path) {
				t.Errorf("%s imports %s", name, path)
			}
		}
	}
}

func mayImport(file, path string) bool {
	first, _, _ := strings.Cut(path, "/")
	switch {
	case !strings.Contains(first, "."):
		return true
	case strings.HasPrefix(path, "github.com/owenrumney/go-sarif/v2"):
		return strings.HasPrefix(file, "sarif")
	}
	return path == "github.com/amiscan/amiscan/internal/finding" || path == "github.com/amiscan/amiscan/internal/inventory"
}
