package awsstub

import "strings"

// kind says which JSON values a field takes and how the wire spells them.
type kind int

const (
	textKind    kind = iota // a string
	flagKind                // true or false
	wholeKind               // a 64-bit integer
	decimalKind             // a number
	instantKind             // an RFC 3339 string
	groupKind               // an object with the fields of a shape
	listKind                // an array
)

// element says how one field travels.
type element struct {
	// name is the XML element; empty means the field's name with its first letter in lower case, as EC2 mostly has it.
	name string
	kind kind
	// fields are those of a group.
	fields shape
	// member is what a list holds; its name wraps each member.
	member *element
}

// shape holds the fields of an object by the name that the AWS CLI prints.
type shape map[string]element

var (
	text    = element{kind: textKind}
	flag    = element{kind: flagKind}
	whole   = element{kind: wholeKind}
	decimal = element{kind: decimalKind}
	instant = element{kind: instantKind}
)

// group is an object with the given fields.
func group(fields shape) element { return element{kind: groupKind, fields: fields} }

// list is an XML list under the given element; its members stand in <item>, unless they are named otherwise.
func list(name string, member element) element {
	if member.name == "" {
		member.name = "item"
	}
	return element{kind: listKind, name: name, member: &member}
}

// array is a list in a JSON protocol, where members have no name.
func array(member element) element { return element{kind: listKind, member: &member} }

// named returns the element under a name that does not follow the rule.
func (e element) named(name string) element {
	e.name = name
	return e
}

// tag returns the name of the XML element that carries the given field.
func (e element) tag(field string) string {
	if e.name != "" {
		return e.name
	}
	return strings.ToLower(field[:1]) + field[1:]
}
