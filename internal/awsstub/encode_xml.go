package awsstub

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// encodeXML writes a decoded JSON value as one XML element, fields in the order of their names. It fails on a field
// that the tables do not know, and names it by its path: what is not written would be lost in silence.
func encodeXML(out *bytes.Buffer, e element, tag, path string, value any) error {
	out.WriteString("<" + tag + ">")
	if err := encodeContent(out, e, path, value); err != nil {
		return err
	}
	out.WriteString("</" + tag + ">")
	return nil
}

func encodeContent(out *bytes.Buffer, e element, path string, value any) error {
	switch e.kind {
	case groupKind:
		return encodeGroup(out, e.fields, path, value)
	case listKind:
		return encodeList(out, *e.member, path, value)
	case policyKind:
		return encodePolicy(out, path, value)
	default:
		return encodeScalar(out, e.kind, path, value)
	}
}

func encodeScalar(out *bytes.Buffer, k kind, path string, value any) error {
	s, err := scalar(k, path, value)
	if err != nil {
		return err
	}
	if err := checkText(path, s); err != nil {
		return err
	}
	return xml.EscapeText(out, []byte(s))
}

func encodeGroup(out *bytes.Buffer, fields shape, path string, value any) error {
	object, ok := value.(map[string]any)
	if !ok {
		return fmt.Errorf("%s: unexpected %s, want an object", path, jsonType(value))
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		e, known := fields[name]
		if !known {
			return unknownField(path, name)
		}
		if err := encodeXML(out, e, e.tag(name), path+"."+name, object[name]); err != nil {
			return err
		}
	}
	return nil
}

func encodeList(out *bytes.Buffer, member element, path string, value any) error {
	members, ok := value.([]any)
	if !ok {
		return fmt.Errorf("%s: unexpected %s, want an array", path, jsonType(value))
	}
	for i, v := range members {
		if err := encodeXML(out, member, member.name, fmt.Sprintf("%s[%d]", path, i), v); err != nil {
			return err
		}
	}
	return nil
}

// encodePolicy writes a policy document as IAM sends it: as JSON, URL-encoded according to RFC 3986 (IAM API Reference,
// Role). Text is taken as encoded already.
func encodePolicy(out *bytes.Buffer, path string, value any) error {
	object, ok := value.(map[string]any)
	if !ok {
		return encodeScalar(out, textKind, path, value)
	}
	document, err := json.Marshal(object)
	if err != nil {
		return fmt.Errorf("%s: encode: %w", path, err)
	}
	return encodeScalar(out, textKind, path, strings.ReplaceAll(url.QueryEscape(string(document)), "+", "%20"))
}

// unknownField is the error for a field without a known element name.
func unknownField(path, name string) error {
	return fmt.Errorf("%s.%s: no element name is known for the field", path, name)
}

// checkText refuses what XML 1.0 cannot carry, even escaped (section 2.2, Char); AWS could not send it either.
func checkText(path, s string) error {
	for _, r := range s {
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return fmt.Errorf("%s: XML cannot carry the character %U", path, r)
		}
	}
	return nil
}
