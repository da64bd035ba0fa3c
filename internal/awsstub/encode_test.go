package awsstub

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestEncodeXML holds what no reader shows: the bytes of a field that is newer than the SDK and the CLI in use, the
// difference between empty and absent, the order, the escapes.
func TestEncodeXML(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		fields shape
		json   string
		want   string
	}{
		{"newer than the readers", snapshotShape, `{"AssociatedKmsKeys":[{"KmsKeyId":"k"}]}`,
			"<x><associatedKmsKeySet><item><kmsKeyId>k</kmsKeyId></item></associatedKmsKeySet></x>"},
		{"empty", imageShape, `{"Tags":[],"Name":"","StateReason":{}}`,
			"<x><name></name><stateReason></stateReason><tagSet></tagSet></x>"},
		{"escapes", imageShape, `{"Name":"<a> & \"\r\n\u009b"}`, "<x><name>&lt;a&gt; &amp; &#34;&#xD;&#xA;\u009b</name></x>"},
		{"numbers as they are written", volumeShape, `{"Iops":9007199254740993}`, "<x><iops>9007199254740993</iops></x>"},
		{"another name for members", interfaceShape, `{"Groups":["sg-1"]}`,
			"<x><groupSet><groupId>sg-1</groupId></groupSet></x>"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			value, err := decode(json.RawMessage(test.json))
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			if err := encodeXML(&out, group(test.fields), "x", "x", value); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, out.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWild(t *testing.T) {
	t.Parallel()
	tests := []struct {
		pattern, s string
		want       bool
	}{
		{"", "", true}, {"", "a", false}, {"a", "", false}, {"*", "", true}, {"*", "abc", true}, {"a*", "abc", true},
		{"*c", "abc", true}, {"a*c", "abc", true}, {"a*c", "abd", false}, {"?", "a", true}, {"?", "", false},
		{"a?c", "abc", true}, {"a*b*c", "aXbXbXc", true}, {"**", "x", true}, {`a\*`, "a*", true}, {`a\*`, "ab", false},
		{`a\?`, "a?", true}, {`a\?`, "ab", false}, {"abc", "ab", false}, {"ab", "abc", false}, {"*a", "*a", true},
		{"*a", "b*", false}, {`*\*`, "ab*", true}, {"[a]", "[a]", true}, {"[a]", "a", false},
	}
	for _, test := range tests {
		if got := wild(test.pattern, test.s); got != test.want {
			t.Errorf("wild(%q, %q) = %v", test.pattern, test.s, got)
		}
	}
}

// TestNamesDiffer walks the tables.
func TestNamesDiffer(t *testing.T) {
	t.Parallel()
	checkNames(t, "image", imageShape)
	checkNames(t, "snapshot", snapshotShape)
	checkNames(t, "template version", templateVersionShape)
	checkNames(t, "instance profile", iamProfileShape)
	for _, r := range rosters {
		checkNames(t, r.fact, r.fields)
	}
	for _, s := range settingsServed() {
		checkNames(t, s.fact, s.fields)
	}
}

// checkNames fails where two fields of one object share an element: one would overwrite the other.
func checkNames(t *testing.T, path string, fields shape) {
	t.Helper()
	seen := map[string]string{}
	for name, e := range fields {
		if other, ok := seen[e.tag(name)]; ok {
			t.Errorf("%s: %s and %s share the element %s", path, name, other, e.tag(name))
		}
		seen[e.tag(name)] = name
		if e.kind == listKind {
			e = *e.member
		}
		checkNames(t, path+"."+name, e.fields)
	}
}
