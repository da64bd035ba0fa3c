package report

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// requirement is one line of GitHub's table of what code scanning needs of a SARIF file: the properties of an object
// that must be there, where an empty string counts as missing.
type requirement struct {
	object string
	needs  []string
}

func githubTable() []requirement {
	return []requirement{
		{"", []string{"$schema", "version", "runs"}},
		{"runs[]", []string{"tool.driver", "results", "automationDetails.id"}},
		{"runs[].tool.driver", []string{"name", "rules"}},
		{"runs[].tool.driver.rules[]", []string{
			"id", "name", "shortDescription.text", "fullDescription.text", "help.text", "help.markdown",
			"defaultConfiguration.level", "properties.tags", "properties.precision", "properties.problem\x00severity",
		}},
		{"runs[].tool.driver.notifications[]", []string{
			"id", "shortDescription.text", "fullDescription.text", "help.text",
		}},
		{"runs[].results[]", []string{
			"ruleId", "ruleIndex", "kind", "level", "message.text", "locations", "partialFingerprints.primaryLocationLineHash",
		}},
		{"runs[].results[].locations[]", []string{
			"physicalLocation.artifactLocation.uri", "physicalLocation.region.startLine",
			"physicalLocation.region.startColumn", "physicalLocation.region.endLine", "physicalLocation.region.endColumn",
			"logicalLocations",
		}},
		{"runs[].invocations[]", []string{"executionSuccessful"}},
	}
}

// walk returns the nodes under a path such as "runs[].results[]"; a NUL stands for a dot within a name.
func walk(node any, path string) []any {
	if path == "" {
		return []any{node}
	}
	step, rest, _ := strings.Cut(path, ".")
	name, each := strings.CutSuffix(step, "[]")
	object, _ := node.(map[string]any)
	child, ok := object[strings.ReplaceAll(name, "\x00", ".")]
	if !ok {
		return nil
	}
	if !each {
		return walk(child, rest)
	}
	var found []any
	items, _ := child.([]any)
	for _, item := range items {
		found = append(found, walk(item, rest)...)
	}
	return found
}

// missingProperties returns what GitHub would miss.
func missingProperties(log any) []string {
	var missing []string
	for _, line := range githubTable() {
		for i, object := range walk(log, line.object) {
			for _, need := range line.needs {
				found := walk(object, need)
				if len(found) != 1 || found[0] == "" || found[0] == nil {
					missing = append(missing, fmt.Sprintf("%s #%d: %s", line.object, i, need))
				}
			}
		}
	}
	return missing
}

// refusals returns what GitHub's documentation refuses or misreads and no schema catches.
func refusals(log any) []string {
	bad := missingProperties(log)
	add := func(format string, args ...any) { bad = append(bad, fmt.Sprintf(format, args...)) }
	if runs := walk(log, "runs[]"); len(runs) != 1 {
		add("%d runs", len(runs))
	}
	rules := walk(log, "runs[].tool.driver.rules[]")
	for _, rule := range rules {
		bad = append(bad, ruleRefusals(rule)...)
	}
	seen := map[any]bool{}
	if n := len(walk(log, "runs[].results[]")); n > 5000 {
		add("%d results, of which 5000 are shown", n)
	}
	if schema := walk(log, "$schema")[0]; schema != "https://json.schemastore.org/sarif-2.1.0.json" {
		add("schema %v", schema)
	}
	for _, result := range walk(log, "runs[].results[]") {
		bad = append(bad, resultRefusals(result, rules)...)
		hash := walk(result, "partialFingerprints.primaryLocationLineHash")[0]
		if seen[hash] {
			add("fingerprint %v occurs twice", hash)
		}
		seen[hash] = true
	}
	id, _ := walk(log, "runs[].automationDetails.id")[0].(string)
	if !regexp.MustCompile(`^amiscan/[^/].*/$`).MatchString(id) {
		add("category %q", id)
	}
	bad = append(bad, nulls(log, "$")...)
	return append(bad, addresses(log)...)
}

func ruleRefusals(rule any) []string {
	var bad []string
	id := walk(rule, "id")[0]
	for _, path := range []string{"shortDescription.text", "fullDescription.text"} {
		if text, _ := walk(rule, path)[0].(string); len([]rune(text)) > 1024 {
			bad = append(bad, fmt.Sprintf("rule %v: %s is too long", id, path))
		}
	}
	if name, _ := walk(rule, "name")[0].(string); len(name) > 255 {
		bad = append(bad, fmt.Sprintf("rule %v: name is too long", id))
	}
	tags := walk(rule, "properties.tags[]")
	if len(tags) > 10 || len(tags) == 0 || tags[0] != "security" {
		bad = append(bad, fmt.Sprintf("rule %v: tags %v", id, tags))
	}
	for _, score := range walk(rule, "properties.security-severity") {
		if text, isString := score.(string); !isString || !regexp.MustCompile(`^\d\.\d$`).MatchString(text) {
			bad = append(bad, fmt.Sprintf("rule %v: security-severity %v (%T)", id, score, score))
		}
	}
	return bad
}

func resultRefusals(result any, rules []any) []string {
	var bad []string
	id := walk(result, "ruleId")[0]
	index, err := walk(result, "ruleIndex")[0].(json.Number).Int64()
	if err != nil || index < 0 || index >= int64(len(rules)) || walk(rules[index], "id")[0] != id {
		bad = append(bad, fmt.Sprintf("result of %v: rule index %v", id, walk(result, "ruleIndex")))
	}
	if kind := walk(result, "kind")[0]; kind != "fail" {
		bad = append(bad, fmt.Sprintf("result of %v: kind %v with a level", id, kind))
	}
	if n := len(walk(result, "locations[]")); n != 1 {
		bad = append(bad, fmt.Sprintf("result of %v: %d locations", id, n))
	}
	if level := walk(result, "level")[0]; level != "error" && level != "warning" && level != "note" {
		bad = append(bad, fmt.Sprintf("result of %v: level %v", id, level))
	}
	for _, member := range []string{"suppressions", "baselineState"} {
		if len(walk(result, member)) > 0 {
			bad = append(bad, fmt.Sprintf("result of %v: %s is not honoured by GitHub", id, member))
		}
	}
	return bad
}

// nulls returns the places of null members, which upload-sarif refuses.
func nulls(node any, path string) []string {
	var bad []string
	switch node := node.(type) {
	case nil:
		bad = append(bad, path+" is null")
	case map[string]any:
		for name, child := range node {
			bad = append(bad, nulls(child, path+"."+name)...)
		}
	case []any:
		for i, child := range node {
			bad = append(bad, nulls(child, fmt.Sprintf("%s[%d]", path, i))...)
		}
	}
	return bad
}

// relativePath is a path as RFC 3986 spells it (section 3.3), without a colon.
var relativePath = regexp.MustCompile(`^([A-Za-z0-9._~!$&'()*+,;=@-]|%[0-9A-F]{2})+(/([A-Za-z0-9._~!$&'()*+,;=@-]|%[0-9A-F]{2})+)*$`)

// addresses returns the file addresses that are not relative paths inside of the repository.
func addresses(log any) []string {
	var bad []string
	for _, found := range walk(log, "runs[].results[].locations[].physicalLocation.artifactLocation.uri") {
		text, _ := found.(string)
		address, err := url.Parse(text)
		switch {
		case err != nil, address.IsAbs(), address.Host != "", strings.HasPrefix(text, "/"), address.RawQuery != "",
			strings.Contains(text, "#"), !relativePath.MatchString(text):
			bad = append(bad, fmt.Sprintf("address %q", text))
		case strings.Contains("/"+address.Path+"/", "/../"), strings.Contains("/"+address.Path+"/", "/./"):
			bad = append(bad, fmt.Sprintf("address %q climbs", text))
		}
	}
	return bad
}

func parse(t testing.TB, text []byte) any {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.UseNumber()
	var tree any
	if err := decoder.Decode(&tree); err != nil {
		t.Fatalf("parse: %v\n%s", err, text)
	}
	if decoder.More() {
		t.Fatal("more than one document")
	}
	return tree
}
