package awsstub

import (
	"encoding/json"
	"strings"
)

// describeKey answers kms:DescribeKey for a key id or ARN. The caller's own parts say which keys he may describe; one
// that only others' parts know is denied to him, as its key policy would.
func (s *Stub) describeKey(r Request) ([]byte, error) {
	id := r.Parameters["KeyId"]
	keys := s.catalog.keys[place{r.Account, r.Region}]
	for _, arn := range sortedKeys(keys) {
		if arn == id || strings.HasSuffix(arn, ":"+r.Account+":key/"+id) {
			return keys[arn].member("KeyMetadata")
		}
	}
	for at, keys := range s.catalog.keys {
		if _, ok := keys[id]; ok && at.region == r.Region {
			return nil, jsonDenied()
		}
	}
	return nil, invalid("NotFoundException", "Key '"+id+"' does not exist")
}

// describeOrganization answers organizations:DescribeOrganization, in whichever region it is asked: the service is
// global.
func (s *Stub) describeOrganization(r Request) ([]byte, error) {
	organization, ok := s.catalog.organizations[r.Account]
	if !ok {
		return nil, invalid("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.")
	}
	return organization.member("Organization")
}

// maxNames is how many parameters one call of ssm:GetParameters takes (Systems Manager API Reference).
const maxNames = 10

// getParameters answers ssm:GetParameters for names and ARNs. What does not exist is listed, not an error; one denied
// parameter denies the whole call.
func (s *Stub) getParameters(r Request) ([]byte, error) {
	names := r.list("Names")
	if len(names) < 1 || len(names) > maxNames {
		return nil, invalid("ValidationException", "names must have between 1 and 10 members")
	}
	answer := struct {
		Parameters        []json.RawMessage
		InvalidParameters []string
	}{[]json.RawMessage{}, []string{}}
	for _, name := range names {
		parameter, ok := s.parameter(r, name)
		switch {
		case parameter.denied:
			return nil, jsonDenied()
		case ok:
			answer.Parameters = append(answer.Parameters, parameter.body)
		default:
			answer.InvalidParameters = append(answer.InvalidParameters, name)
		}
	}
	return json.Marshal(answer)
}

// parameter finds a parameter by its name or its ARN, either of them with a version or without.
func (s *Stub) parameter(r Request, name string) (document, bool) {
	at := place{r.Account, r.Region}
	names := []string{name}
	if _, path, isARN := strings.Cut(name, ":parameter/"); isARN {
		names = append(names, path, "/"+path)
	}
	for _, name := range names {
		if d, ok := s.catalog.parameters[at][name]; ok {
			return d, true
		}
		if d, ok := s.catalog.selected[at][name]; ok {
			return d, true
		}
	}
	return document{}, false
}

// member returns an object that holds the document under a name.
func (d document) member(name string) ([]byte, error) {
	if d.denied {
		return nil, jsonDenied()
	}
	return json.Marshal(map[string]json.RawMessage{name: d.body})
}

func jsonDenied() error { return invalid("AccessDeniedException", notAllowed) }
