package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/finding"
)

const schemaFile = "../../docs/schema/report.schema.json"

func TestJSONIsValid(t *testing.T) {
	t.Parallel()
	schema := compileSchema(t, schemaFile)
	samples := map[string]sample{"mixed": mixed(), "spotless": spotless(), "raw evidence": rawEvidence(), "empty": {},
		"organization": organization()}
	for name, text := range hostileTexts() {
		samples["hostile "+name] = hostile(text)
	}
	for name, s := range samples {
		for _, include := range []bool{false, true} {
			if err := schema.Validate(parse(t, s.render(t, "json", Options{IncludePass: include}))); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// TestMutatedJSONIsNotValid takes away every required member, adds one to every closed object and gives every scalar
// another type.
func TestMutatedJSONIsNotValid(t *testing.T) {
	t.Parallel()
	schema := compileSchema(t, schemaFile)
	for _, s := range []sample{mixed(), organization()} {
		text := s.render(t, "json", Options{IncludePass: true})
		for _, path := range places(parse(t, text), nil) {
			for name, mutate := range mutations() {
				tree := parse(t, text)
				if !mutate(tree, path) {
					continue
				}
				if schema.Validate(tree) == nil {
					t.Errorf("%s at %v went unnoticed", name, path)
				}
			}
		}
	}
}

// isOpen: these places hold what policies name.
func isOpen(path []any) bool {
	text := fmt.Sprint(path)
	for _, part := range []string{
		"evidence params", " evidence ", "summary resources", "summary by_severity", "params 0 default",
	} {
		if strings.Contains(text+" ", part) {
			return true
		}
	}
	return false
}

// optional: these members may be absent somewhere.
func optional(path []any) bool {
	name := path[len(path)-1]
	if len(path) > 1 && path[len(path)-2] == "suppression" && name != "kind" {
		return true
	}
	names := " deprecated partial gaps code missing narrowed accepted_by suppression in action id reason account region "
	return strings.Contains(names, fmt.Sprintf(" %v ", name))
}

// places returns the path of every node; of lists, the first two items stand for all.
func places(node any, path []any) [][]any {
	found := [][]any{path}
	switch node := node.(type) {
	case map[string]any:
		for name, child := range node {
			found = append(found, places(child, append(path[:len(path):len(path)], name))...)
		}
	case []any:
		for i, child := range node[:min(2, len(node))] {
			found = append(found, places(child, append(path[:len(path):len(path)], i))...)
		}
	}
	return found
}

func mutations() map[string]func(tree any, path []any) bool {
	return map[string]func(any, []any) bool{
		"an added member": func(tree any, path []any) bool {
			object, ok := follow(tree, path).(map[string]any)
			if !ok || isOpen(append(path, "")) || isEvidence(path) {
				return false
			}
			object["surplus"] = true
			return true
		},
		"a missing member": func(tree any, path []any) bool {
			if len(path) == 0 || isOpen(path) || optional(path) && len(path) > 2 {
				return false
			}
			object, ok := follow(tree, path[:len(path)-1]).(map[string]any)
			delete(object, fmt.Sprint(path[len(path)-1]))
			return ok
		},
		"another type": func(tree any, path []any) bool {
			if len(path) == 0 || isOpen(path) && !strings.Contains(fmt.Sprint(path), "summary") || isParam(path) {
				return false
			}
			return put(tree, path, []any{true})
		},
	}
}

func isEvidence(path []any) bool {
	return len(path) == 3 && path[0] == "findings" && path[2] == "evidence"
}

func isParam(path []any) bool {
	return strings.HasPrefix(fmt.Sprint(path), "[evidence params ") || len(path) > 0 && path[len(path)-1] == "default"
}

func follow(node any, path []any) any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			object, _ := node.(map[string]any)
			node = object[step]
		case int:
			items, _ := node.([]any)
			node = items[step]
		}
	}
	return node
}

func put(tree any, path []any, value any) bool {
	parent := follow(tree, path[:len(path)-1])
	switch last := path[len(path)-1].(type) {
	case string:
		object, ok := parent.(map[string]any)
		if !ok {
			return false
		}
		object[last] = value
	case int:
		items, ok := parent.([]any)
		if !ok {
			return false
		}
		items[last] = value
	}
	return true
}

// TestSchemaExplainsItself holds the schema to the promises of its page: closed objects, a description everywhere.
func TestSchemaExplainsItself(t *testing.T) {
	t.Parallel()
	tree := parse(t, readFile(t, schemaFile))
	checkSchema(t, tree, "$")
	definitions, _ := walk(tree, "$defs")[0].(map[string]any)
	for name, definition := range definitions {
		checkSchema(t, definition, "$defs."+name)
	}
}

func checkSchema(t *testing.T, node any, path string) {
	t.Helper()
	object, ok := node.(map[string]any)
	if !ok {
		return
	}
	if _, described := object["description"].(string); !described && object["$ref"] == nil && object["type"] != "null" {
		t.Errorf("%s has no description", path)
	}
	properties, _ := object["properties"].(map[string]any)
	if len(properties) > 0 && object["additionalProperties"] != false {
		t.Errorf("%s is not closed", path)
	}
	for name, property := range properties {
		if described, _ := property.(map[string]any); described["description"] == nil {
			t.Errorf("%s.%s has no description", path, name)
		}
		checkSchema(t, property, path+"."+name)
	}
	checkSchema(t, object["items"], path+"[]")
}

func TestJSONLosesNothing(t *testing.T) {
	t.Parallel()
	for name, text := range hostileTexts() {
		s := hostile(text)
		var document struct {
			Findings []finding.Finding `json:"findings"`
		}
		if err := json.Unmarshal(s.render(t, "json", Options{IncludePass: true}), &document); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		want := strings.ToValidUTF8(text, "\uFFFD")
		if name == "utf-8" {
			want = "bad\uFFFD\uFFFD\uFFFD(\uFFFD\uFFFD"
		}
		if got := document.Findings[0].Resource.Name; got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestJSONHasOneFindingALine(t *testing.T) {
	t.Parallel()
	s := mixed()
	lines := 0
	for line := range bytes.Lines(s.render(t, "json", Options{IncludePass: true})) {
		if bytes.HasPrefix(line, []byte(`  {"policy":`)) && json.Valid(bytes.TrimRight(line, ",\n")) {
			lines++
		}
	}
	if lines != len(s.findings) {
		t.Errorf("%d lines for %d findings", lines, len(s.findings))
	}
}

func TestJSONStreams(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	reporter, err := New("json", &out, Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := mixed()
	if err := reporter.Begin(s.header); err != nil {
		t.Fatal(err)
	}
	for range 100 {
		if err := reporter.Finding(s.findings[0]); err != nil {
			t.Fatal(err)
		}
	}
	if got := countOf(out.Bytes(), s.findings[0].Policy); got < 50 {
		t.Errorf("%d of 100 findings are written before the end", got)
	}
}

func TestEvidenceIsCanonical(t *testing.T) {
	t.Parallel()
	text := string(rawEvidence().render(t, "json", Options{}))
	if want := "\"evidence\":{\"a\":\"\ufffd\\u202e\",\"b\":1.50}"; !strings.Contains(text, want) {
		t.Errorf("no %s in %s", want, text)
	}
	s := rawEvidence()
	s.findings[0].Evidence = json.RawMessage(`{"a":`)
	_, err := s.write("json", Options{})
	if err == nil || !strings.Contains(err.Error(), `"sharing/ami-public" for "ami-1"`) {
		t.Errorf("got %v, want an error that names policy and resource", err)
	}
}

func TestTimesAreUTC(t *testing.T) {
	t.Parallel()
	s := spotless()
	s.header.Now = at("2026-11-22T14:00:00+02:00")
	text := string(s.render(t, "json", Options{}))
	for _, want := range []string{`"now":"2026-11-22T12:00:00Z"`, `"collected_from":"2026-11-13T07:00:00Z"`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestEscapeHidden(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"plain", `{"a":"ü"}`, `{"a":"ü"}`},
		{"C1", "\"\u009b\"", `"\u009b"`},
		{"delete", "\"\x7f\"", `"\u007f"`},
		{"two units", "\"\U000e0041\"", `"\udb40\udc41"`},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, string(escapeHidden([]byte(test.in)))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func countOf(text []byte, part string) int { return bytes.Count(text, []byte(part)) }
