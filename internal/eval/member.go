package eval

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// maxMembers bounds what one policy may say of one resource: more than any resource has grantees or mappings.
const maxMembers = 10000

// member is one element of violation or undecided.
type member struct {
	msg      string
	subject  string
	evidence json.RawMessage
}

// members decodes a set that a policy yielded. Nothing is guessed: a member of another shape is the policy's error.
func members(value ast.Value) ([]member, error) {
	if value == nil {
		return nil, nil
	}
	set, ok := value.(ast.Set)
	if !ok {
		return nil, fmt.Errorf("the rule yields a %s, not a set", ast.ValueName(value))
	}
	if set.Len() > maxMembers {
		return nil, fmt.Errorf("the rule yields %d members, more than the %d that are read", set.Len(), maxMembers)
	}
	var all []member
	for _, term := range set.Slice() {
		m, err := newMember(term.Value)
		if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, nil
}

func newMember(value ast.Value) (member, error) {
	object, ok := value.(ast.Object)
	if !ok {
		return member{}, fmt.Errorf("a member is a %s, not an object with msg", ast.ValueName(value))
	}
	m := member{evidence: json.RawMessage("{}")}
	err := object.Iter(func(key, value *ast.Term) error { return m.set(key.Value, value.Value) })
	if err == nil && m.msg == "" {
		err = fmt.Errorf("a member has no msg")
	}
	return m, err
}

func (m *member) set(key, value ast.Value) error {
	name, _ := key.(ast.String)
	text, isString := value.(ast.String)
	switch {
	case name == "msg" && isString:
		m.msg = string(text)
	case name == "subject" && isString:
		m.subject = string(text)
	case name == "evidence":
		return m.setEvidence(value)
	default:
		return fmt.Errorf("a member has the key %v with a %s: wanted are msg, subject (strings) and evidence (an object)",
			key, ast.ValueName(value))
	}
	return nil
}

func (m *member) setEvidence(value ast.Value) error {
	if _, ok := value.(ast.Object); !ok {
		return fmt.Errorf("evidence is a %s, not an object", ast.ValueName(value))
	}
	plain, err := ast.JSON(value)
	if err != nil {
		return fmt.Errorf("read evidence: %w", err)
	}
	m.evidence, err = json.Marshal(plain)
	return err
}

// memberSet turns single values, as partial evaluation yields them, into members without repetition.
func memberSet(values []ast.Value) ([]member, error) {
	set := ast.NewSet()
	for _, value := range values {
		set.Add(ast.NewTerm(value))
	}
	return members(set)
}

// merge joins two lists of members and drops repetitions, so that what is seen twice is said once.
func merge(a, b []member) []member {
	for _, m := range b {
		same := func(n member) bool {
			return n.msg == m.msg && n.subject == m.subject && string(n.evidence) == string(m.evidence)
		}
		if !slices.ContainsFunc(a, same) {
			a = append(a, m)
		}
	}
	return a
}
