package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// xmlNode is one element with everything in it.
type xmlNode struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []xmlNode  `xml:",any"`
	Text     string     `xml:",chardata"`
}

func (n xmlNode) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (n xmlNode) child(name string) *xmlNode {
	for i := range n.Children {
		if n.Children[i].XMLName.Local == name {
			return &n.Children[i]
		}
	}
	return nil
}

func (n xmlNode) number(name string) int {
	value, err := strconv.Atoi(n.attr(name))
	if err != nil {
		return -1
	}
	return value
}

// parseJUnit reads one document and nothing behind it.
func parseJUnit(text []byte) (xmlNode, error) {
	var root xmlNode
	decoder := xml.NewDecoder(bytes.NewReader(text))
	if err := decoder.Decode(&root); err != nil {
		return root, err
	}
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return root, nil
		}
		if space, ok := token.(xml.CharData); err != nil || !ok || strings.TrimSpace(string(space)) != "" {
			return root, fmt.Errorf("%T behind the document: %w", token, err)
		}
	}
}

// junitRule is what Jenkins' junit-10.xsd says of one element, as far as we write it.
type junitRule struct {
	required, optional, children string
}

func junitRules() map[string]junitRule {
	result := junitRule{optional: "type message"}
	return map[string]junitRule{
		"testsuites": {optional: "name time tests failures errors", children: "testsuite"},
		"testsuite": {
			required: "name tests failures errors", optional: "skipped time timestamp hostname", children: "testcase",
		},
		"testcase": {
			required: "name", optional: "classname time", children: "failure error skipped system-out",
		},
		"failure": result, "error": result, "skipped": result, "system-out": {},
	}
}

// junitFaults holds a report to the schema's rules, to what GitLab drops without a word, and to sums that add up.
func junitFaults(text []byte) []string {
	root, err := parseJUnit(text)
	if err != nil {
		return []string{err.Error()}
	}
	if root.XMLName.Local != "testsuites" {
		return []string{"the document is a " + root.XMLName.Local}
	}
	return slices.Concat(ruleFaults(root), sumFaults(root), caseFaults(root), rawFaults(text))
}

func ruleFaults(n xmlNode) []string {
	var bad []string
	rule, known := junitRules()[n.XMLName.Local]
	if !known {
		return []string{"unknown element " + n.XMLName.Local}
	}
	var have []string
	for _, a := range n.Attrs {
		have = append(have, a.Name.Local)
		if !slices.Contains(strings.Fields(rule.required+" "+rule.optional), a.Name.Local) {
			bad = append(bad, n.XMLName.Local+" takes no "+a.Name.Local)
		}
	}
	for _, name := range strings.Fields(rule.required) {
		if !slices.Contains(have, name) {
			bad = append(bad, n.XMLName.Local+" lacks "+name)
		}
	}
	for _, child := range n.Children {
		if !slices.Contains(strings.Fields(rule.children), child.XMLName.Local) {
			bad = append(bad, n.XMLName.Local+" takes no "+child.XMLName.Local)
		}
		bad = append(bad, ruleFaults(child)...)
	}
	if rule.children != "" && strings.TrimSpace(n.Text) != "" {
		bad = append(bad, fmt.Sprintf("%s takes no text: %q", n.XMLName.Local, n.Text))
	}
	return append(bad, valueFaults(n)...)
}

// valueFaults looks at times: the schema has a pattern for durations, and readers parse timestamps.
func valueFaults(n xmlNode) []string {
	var bad []string
	if value := n.attr("time"); value != "" && !regexp.MustCompile(`^\d{1,3}(\.\d{0,3})?$`).MatchString(value) {
		bad = append(bad, "no duration: "+value)
	}
	if value := n.attr("timestamp"); value != "" && !regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$`).MatchString(value) {
		bad = append(bad, "no time: "+value)
	}
	return bad
}

// sumFaults counts again.
func sumFaults(root xmlNode) []string {
	var bad []string
	total := map[string]int{}
	for _, suite := range root.Children {
		sums := map[string]int{"tests": len(suite.Children)}
		for _, one := range suite.Children {
			for attribute, element := range map[string]string{"failures": "failure", "errors": "error", "skipped": "skipped"} {
				if one.child(element) != nil {
					sums[attribute]++
				}
			}
		}
		if sums["tests"] == 0 {
			bad = append(bad, fmt.Sprintf("suite %q is empty", suite.attr("name")))
		}
		bad = append(bad, wrongSums(suite, sums, "tests", "failures", "errors", "skipped")...)
		for attribute, n := range sums {
			total[attribute] += n
		}
	}
	return append(bad, wrongSums(root, total, "tests", "failures", "errors")...)
}

func wrongSums(n xmlNode, want map[string]int, attributes ...string) []string {
	var bad []string
	for _, attribute := range attributes {
		if got := n.number(attribute); got != want[attribute] {
			bad = append(bad, fmt.Sprintf("%s %q has %d %s, want %d", n.XMLName.Local, n.attr("name"), got, attribute, want[attribute]))
		}
	}
	return bad
}

// caseFaults: Jenkins keeps one result for each case, GitLab one case for each class and name.
func caseFaults(root xmlNode) []string {
	var bad []string
	seen, suites := map[[2]string]bool{}, map[string]bool{}
	for _, suite := range root.Children {
		if suites[suite.attr("name")] {
			bad = append(bad, fmt.Sprintf("suite %q comes twice", suite.attr("name")))
		}
		suites[suite.attr("name")] = true
		for _, one := range suite.Children {
			key := [2]string{one.attr("classname"), one.attr("name")}
			if seen[key] || key[0] == "" || key[1] == "" {
				bad = append(bad, fmt.Sprintf("case %q is not the only one", key))
			}
			seen[key] = true
			for _, result := range one.Children {
				if strings.TrimSpace(result.Text) == "" {
					bad = append(bad, fmt.Sprintf("%q has an empty %s", key, result.XMLName.Local))
				}
			}
		}
	}
	return bad
}

// rawFaults looks for what XML 1.0 does not allow and for the mark that Go's encoder leaves in its place.
func rawFaults(text []byte) []string {
	var bad []string
	if i := bytes.IndexFunc(text, func(r rune) bool { return r < ' ' && r != '\n' }); i >= 0 {
		bad = append(bad, fmt.Sprintf("a raw control character: %q", text[i:min(i+10, len(text))]))
	}
	if bytes.ContainsRune(text, '\ufffd') {
		bad = append(bad, "a replacement character")
	}
	if bytes.Contains(text, []byte("<!")) {
		bad = append(bad, "a declaration")
	}
	return bad
}
