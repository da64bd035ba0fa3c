package report

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/outside"
)

// What the test against Jenkins' schema needs, as scripts/setup-tests names it: the schema, which a pinned package
// ships with its tests. It takes a Python that has lxml, too.
const junitSchemaVariable = "AMISCAN_JUNIT_SCHEMA"

// validateXML prints the names of the files that the schema refuses, and why.
const validateXML = `
import sys
from lxml import etree
schema = etree.XMLSchema(etree.parse(sys.argv[1]))
for path in sys.argv[2:]:
    try:
        schema.assertValid(etree.parse(path))
    except (etree.XMLSyntaxError, etree.DocumentInvalid) as refusal:
        print(path, refusal)
`

// refusedByJenkins returns the names of the documents that junit-10.xsd refuses, with the reason.
func refusedByJenkins(t *testing.T, documents map[string][]byte) map[string]string {
	t.Helper()
	dir := t.TempDir()
	arguments, names := []string{"-c", validateXML, os.Getenv(junitSchemaVariable)}, map[string]string{}
	for name, text := range documents {
		path := filepath.Join(dir, fmt.Sprintf("%d.xml", len(names)))
		names[path] = name
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		arguments = append(arguments, path)
	}
	out, err := exec.CommandContext(t.Context(), os.Getenv(outside.Python), arguments...).CombinedOutput()
	if err != nil {
		t.Fatalf("validate: %v\n%s", err, out)
	}
	refused := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, reason, _ := strings.Cut(line, " ")
		if name := names[path]; name != "" {
			refused[name] = reason
		}
	}
	return refused
}

func TestJUnitIsValid(t *testing.T) {
	t.Parallel()
	if outside.OrLeftOut(t, junitSchemaVariable) == "" || outside.OrLeftOut(t, outside.Python) == "" {
		return
	}
	documents := map[string][]byte{
		"nothing":      sample{}.render(t, "junit", Options{}),
		"gated":        gated().render(t, "junit", Options{IncludePass: true}),
		"mixed":        mixed().render(t, "junit", Options{}),
		"organization": organization().render(t, "junit", Options{}),
	}
	for name, text := range hostileTexts() {
		documents["hostile "+name] = hostile(text).render(t, "junit", Options{IncludePass: true})
	}
	for name, reason := range refusedByJenkins(t, documents) {
		t.Errorf("%s: %s", name, reason)
	}
}

// TestJUnitSchemaNotices makes sure that the schema at hand refuses anything at all, and that our rules are no milder.
func TestJUnitSchemaNotices(t *testing.T) {
	t.Parallel()
	if outside.OrLeftOut(t, junitSchemaVariable) == "" || outside.OrLeftOut(t, outside.Python) == "" {
		return
	}
	documents := map[string][]byte{}
	for _, broken := range junitBreakages(t, gated().render(t, "junit", Options{IncludePass: true})) {
		if broken.schema {
			documents[broken.name] = broken.text
		}
	}
	refused := refusedByJenkins(t, documents)
	for name := range documents {
		if refused[name] == "" {
			t.Errorf("%s went unnoticed", name)
		}
	}
}
