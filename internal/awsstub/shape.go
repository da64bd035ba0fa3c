package awsstub

import "strings"

// kind says which JSON values a field takes and how the wire spells them.
type kind int

const (
	textKind     kind = iota // a string
	flagKind                 // true or false
	wholeKind                // a 64-bit integer
	decimalKind              // a number
	instantKind              // an RFC 3339 string
	groupKind                // an object with the fields of a shape
	listKind                 // an array
	mapKind                  // an object with any names, in the JSON protocols alone
	dateTimeKind             // an RFC 3339 string that the JSON protocols leave as it is, too
	policyKind               // a JSON document that travels as escaped text
)

// element says how one field travels.
type element struct {
	// name is the XML element; empty means the field's name with its first letter in lower case, as EC2 mostly has it.
	name string
	kind kind
	// fields are those of a group.
	fields shape
	// member is what a list or a map holds; its name wraps each member of an XML list.
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
	// dateTime is a time for which the service model says timestampFormat=iso8601.
	dateTime = element{kind: dateTimeKind}
	policy   = element{kind: policyKind}
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

// mapOf is an object of a JSON protocol whose names are the customer's own, such as tags.
func mapOf(member element) element { return element{kind: mapKind, member: &member} }

// camel gives every field of a shape its name with the first letter in lower case, for the JSON services that spell
// their members so. Groups inside are named by their own shapes.
func camel(fields shape) shape {
	named := make(shape, len(fields))
	for field, e := range fields {
		named[field] = e.named(e.tag(field))
	}
	return named
}

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
