package awsstub

import (
	"encoding/json"
	"strings"
)

// documentCall is a call that answers one document, by the id of its resource.
type documentCall struct {
	fact string
	// parameter names the resource, member is what the answer has the document under; without one, the document is the
	// answer.
	parameter, member string
	// missing is the answer where there is no such resource, unnamed where the request names none.
	missing, unnamed apiError
}

func (c documentCall) answer(s *Stub, r Request) ([]byte, error) {
	id := r.Parameters[c.parameter]
	if id == "" {
		return nil, &c.unnamed
	}
	d := s.catalog.documents[c.fact][place{r.Account, r.Region}][id]
	switch {
	case d.denied:
		return nil, deniedTo(r)
	case d.body == nil:
		return nil, &c.missing
	case c.member == "":
		return d.body, nil
	}
	return json.Marshal(map[string]json.RawMessage{c.member: d.body})
}

// listCall is a call that answers the documents of all resources that have one fact.
type listCall struct {
	fact string
	// member is the list in the answer; pages is how it is read, without a token as a whole.
	member string
	pages  paging
	choose chooser
}

// chooser returns what a request asks for, as a test of each document by its id, or says why the request makes no
// sense.
type chooser func(*Stub, Request) (func(id string, d document) bool, error)

func (c listCall) answer(s *Stub, r Request) ([]byte, error) {
	isAsked, err := c.choose(s, r)
	if err != nil {
		return nil, err
	}
	items := []json.RawMessage{}
	documents := s.catalog.documents[c.fact][place{r.Account, r.Region}]
	for _, id := range sortedKeys(documents) {
		switch d := documents[id]; {
		case d.denied:
			return nil, deniedTo(r)
		case isAsked(id, d):
			items = append(items, d.body)
		}
	}
	return s.pageJSON(r, c.pages, c.member, items)
}

// pageJSON writes the page of a list that a request asks for.
func (s *Stub) pageJSON(r Request, p paging, member string, items []json.RawMessage) ([]byte, error) {
	answer := map[string]any{member: items}
	if p.token != "" {
		c, err := s.cut(r, p, len(items))
		if err != nil {
			return nil, err
		}
		answer[member] = items[c.from:c.to]
		if c.next != "" {
			answer[p.token] = c.next
		}
	}
	return json.Marshal(answer)
}

// deniedTo is the denial in the words of the service that was asked.
func deniedTo(r Request) error {
	service, _ := serviceNamed(r.Service)
	return &service.denied
}

// documentOperation returns the operation with the given IAM name that answers documents.
func documentOperation(name string) (operation, bool) {
	switch name {
	case "cloudtrail:DescribeTrails":
		return describeTrails(), true
	case "cloudtrail:GetTrailStatus":
		return ofTrail("trail_status", "Name"), true
	case "cloudtrail:GetEventSelectors":
		return ofTrail("trail_event_selectors", "TrailName"), true
	case "dlm:GetLifecyclePolicies":
		return getLifecyclePolicies(), true
	case "dlm:GetLifecyclePolicy":
		return getLifecyclePolicy(), true
	case "rbin:ListRules":
		return listRules(), true
	case "rbin:GetRule":
		return getRule(), true
	case "ssm:DescribeParameters":
		return describeParameters(), true
	}
	action := strings.TrimPrefix(name, "imagebuilder:")
	return imageBuilderOperation(action)
}
