package awsstub

import "encoding/json"

// describeOrganization answers organizations:DescribeOrganization, in whichever region it is asked: the service is
// global.
func (s *Stub) describeOrganization(r Request) ([]byte, error) {
	organization, ok := s.catalog.organizations[r.Account]
	if !ok {
		return nil, notInOrganization()
	}
	return organization.member("Organization")
}

func notInOrganization() error {
	return invalid("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.")
}

// member returns an object that holds the document under a name.
func (d document) member(name string) ([]byte, error) {
	if d.denied {
		return nil, jsonDenied()
	}
	return json.Marshal(map[string]json.RawMessage{name: d.body})
}

// whole returns the document as an answer.
func (d document) whole() ([]byte, error) {
	if d.denied {
		return nil, jsonDenied()
	}
	return d.body, nil
}

func jsonDenied() error { return invalid("AccessDeniedException", notAllowed) }
