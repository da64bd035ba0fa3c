package collect

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// policyDocument is a resource-based policy with every value in its longest form: one statement, one action, one principal
// is a list of one, and the principal "*" is {"AWS": ["*"]}, which means the same in an Allow and in a Deny (IAM User
// Guide, "AWS JSON policy elements: Principal").
type policyDocument struct {
	Version   string
	Id        string
	Statement []policyStatement
}

type policyStatement struct {
	Sid          string
	Effect       string
	Principal    *policyPrincipal
	NotPrincipal *policyPrincipal
	Action       []string
	NotAction    []string
	Resource     []string
	NotResource  []string
	// Condition holds operators, below them condition keys, below them values.
	Condition map[string]map[string][]string
}

type policyPrincipal struct {
	AWS           []string
	Service       []string
	Federated     []string
	CanonicalUser []string
}

// rawDocument is a policy as its author wrote it.
type rawDocument struct {
	Version   string
	Id        string
	Statement oneOrMore[rawStatement]
}

type rawStatement struct {
	Sid, Effect                              string
	Principal, NotPrincipal                  *rawPrincipal
	Action, NotAction, Resource, NotResource oneOrMore[string]
	Condition                                map[string]map[string]oneOrMore[scalar]
}

var errNoStatement = errors.New("the policy has no statement")

// parsePolicy reads a policy document. What it does not understand is an error: half a policy would prove anything.
func parsePolicy(text string) (policyDocument, error) {
	var raw rawDocument
	if err := cmp.Or(json.Unmarshal([]byte(text), &struct{}{}), refuseNull(text), strictly([]byte(text), &raw)); err != nil {
		return policyDocument{}, fmt.Errorf("read policy document: %w", err)
	}
	if len(raw.Statement) == 0 {
		return policyDocument{}, errNoStatement
	}
	document := policyDocument{Version: raw.Version, Id: raw.Id}
	for _, s := range raw.Statement {
		document.Statement = append(document.Statement, s.plain())
	}
	return document, nil
}

// refuseNull refuses a document that says null anywhere: IAM's grammar has none, and JSON would take it for nothing said.
func refuseNull(text string) error {
	decoder := json.NewDecoder(strings.NewReader(text))
	for {
		switch token, err := decoder.Token(); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case token == nil:
			return errors.New("it says null")
		}
	}
}

// strictly decodes what has no elements but those that are known.
func strictly(text []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

func (s rawStatement) plain() policyStatement {
	statement := policyStatement{
		Sid: s.Sid, Effect: s.Effect, Principal: (*policyPrincipal)(s.Principal),
		NotPrincipal: (*policyPrincipal)(s.NotPrincipal), Action: s.Action, NotAction: s.NotAction, Resource: s.Resource,
		NotResource: s.NotResource,
	}
	for operator, keys := range s.Condition {
		for key, values := range keys {
			statement.require(operator, key, values)
		}
	}
	return statement
}

func (s *policyStatement) require(operator, key string, values []scalar) {
	if s.Condition == nil {
		s.Condition = map[string]map[string][]string{}
	}
	if s.Condition[operator] == nil {
		s.Condition[operator] = map[string][]string{}
	}
	list := make([]string, len(values))
	for i, value := range values {
		list[i] = string(value)
	}
	s.Condition[operator][key] = list
}

// oneOrMore is what IAM lets an author write as one value or as a list.
type oneOrMore[T any] []T

// UnmarshalJSON reads one value or a list of them.
func (o *oneOrMore[T]) UnmarshalJSON(text []byte) error {
	if bytes.HasPrefix(text, []byte("[")) {
		return strictly(text, (*[]T)(o))
	}
	var one T
	if err := strictly(text, &one); err != nil {
		return err
	}
	*o = []T{one}
	return nil
}

// scalar is a condition value, which may be written as a text, a number or a boolean.
type scalar string

// UnmarshalJSON keeps the value's text.
func (s *scalar) UnmarshalJSON(text []byte) error {
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		return err
	}
	switch value := value.(type) {
	case string:
		*s = scalar(value)
	case bool, float64:
		*s = scalar(text)
	default:
		return fmt.Errorf("%s is no condition value", text)
	}
	return nil
}

// rawPrincipal is "*" or an object of principals by type.
type rawPrincipal policyPrincipal

// UnmarshalJSON reads either form.
func (p *rawPrincipal) UnmarshalJSON(text []byte) error {
	var everybody string
	if json.Unmarshal(text, &everybody) == nil {
		if everybody != "*" {
			return fmt.Errorf("%q is no principal", everybody)
		}
		p.AWS = []string{"*"}
		return nil
	}
	var types map[string]oneOrMore[string]
	if err := json.Unmarshal(text, &types); err != nil {
		return err
	}
	for name, values := range types {
		if err := p.set(name, values); err != nil {
			return err
		}
	}
	return nil
}

func (p *rawPrincipal) set(name string, values []string) error {
	switch name {
	case "AWS":
		p.AWS = values
	case "Service":
		p.Service = values
	case "Federated":
		p.Federated = values
	case "CanonicalUser":
		p.CanonicalUser = values
	default:
		return fmt.Errorf("%q is no type of principal", name)
	}
	return nil
}
