package awsstub

import (
	"fmt"
	"net/http"
)

// operation is one action that the stub answers.
type operation struct {
	// parameters are the names it takes, list positions as #; nil where unknown ones are ignored, as STS and the JSON
	// services do.
	parameters []string
	answer     func(*Stub, Request) ([]byte, error)
}

// operationNamed returns the operation with the given IAM name.
func operationNamed(name string) (operation, bool) {
	switch name {
	case "ec2:DescribeImages":
		return operation{imageParameters, (*Stub).describeImages}, true
	case "ec2:DescribeImageAttribute":
		return operation{[]string{"Attribute", "ImageId"}, (*Stub).describeImageAttribute}, true
	case "ec2:DescribeSnapshots":
		return operation{snapshotParameters, (*Stub).describeSnapshots}, true
	case "ec2:DescribeSnapshotAttribute":
		return operation{[]string{"Attribute", "SnapshotId"}, (*Stub).describeSnapshotAttribute}, true
	case "ec2:DescribeLaunchTemplateVersions":
		return operation{templateParameters, (*Stub).describeLaunchTemplateVersions}, true
	case "ec2:DescribeRegions":
		return operation{regionParameters, (*Stub).describeRegions}, true
	case "sts:GetCallerIdentity":
		return operation{nil, (*Stub).getCallerIdentity}, true
	case "kms:DescribeKey":
		return operation{nil, (*Stub).describeKey}, true
	case "kms:GetKeyPolicy":
		return operation{nil, (*Stub).getKeyPolicy}, true
	case "kms:GetKeyRotationStatus":
		return operation{nil, (*Stub).getKeyRotationStatus}, true
	case "kms:ListGrants":
		return operation{nil, (*Stub).listGrants}, true
	case assumeRoleAction:
		return operation{nil, (*Stub).assumeRole}, true
	case "ssm:GetParameters":
		return operation{nil, (*Stub).getParameters}, true
	case "iam:GetInstanceProfile":
		return operation{[]string{"InstanceProfileName"}, (*Stub).getInstanceProfile}, true
	}
	if operation, ok := organizationOperation(name); ok {
		return operation, true
	}
	if operation, ok := settingNamed(name); ok {
		return operation, true
	}
	if operation, ok := documentOperation(name); ok {
		return operation, true
	}
	return rosterNamed(name)
}

// answer answers a request of which the body was read.
func (s *Stub) answer(m message) reply {
	scope, signed := readScope(m.header.Get("Authorization"))
	service, known := serviceNamed(scope.service)
	_, byMethod := service.protocol.(restProtocol)
	if !byMethod && m.method != http.MethodPost || !signed || !known {
		return s.refuse(m.header, unreadable(m.method, signed))
	}
	id := s.nextID()
	action, parameters, err := service.protocol.read(m)
	if err != nil {
		return service.protocol.failure(asAPIError(err), id)
	}
	caller, isKnown := s.caller(scope.accessKey, m.header.Get("X-Amz-Security-Token"))
	r := Request{Service: scope.service, Region: scope.region, Action: action, Account: caller.account, Session: caller.session,
		Parameters: parameters}
	s.note(r)
	switch {
	case !isKnown || s.isClosed(r):
		return service.protocol.failure(service.stranger, id)
	case caller.expired:
		return service.protocol.failure(service.expired, id)
	}
	right := func() reply { return s.right(service, r, id) }
	if fault, ok := s.trip(r); ok && isRead(action) {
		return fault.spoil(service, id, right)
	}
	return right()
}

// right returns the answer to a request that no fault hits.
func (s *Stub) right(v service, r Request, id string) reply {
	content, err := s.content(v, r)
	if err != nil {
		return v.protocol.failure(asAPIError(err), id)
	}
	return v.protocol.success(r.Action, id, content)
}

func (s *Stub) content(v service, r Request) ([]byte, error) {
	if !isRead(r.Action) {
		return nil, &apiError{http.StatusForbidden, "OperationNotPermitted", "this endpoint answers reads alone"}
	}
	operation, ok := s.operations.named(r.Name())
	if !ok {
		return nil, &v.unknown
	}
	if err := checkParameters(r, operation.parameters); err != nil {
		return nil, err
	}
	serving, err := s.serving(r)
	if err != nil {
		return nil, err
	}
	return operation.answer(serving, r)
}

// refuse answers a request that names no service: in JSON where it speaks JSON, in EC2's XML otherwise.
func (s *Stub) refuse(header http.Header, err error) reply {
	var p protocol = ec2Protocol{}
	if header.Get("X-Amz-Target") != "" {
		p = jsonProtocol{}
	}
	return p.failure(asAPIError(err), s.nextID())
}

func unreadable(method string, signed bool) error {
	switch {
	case method != http.MethodPost:
		return &apiError{http.StatusMethodNotAllowed, "MethodNotAllowed", "the service answers POST alone"}
	case !signed:
		return &apiError{http.StatusForbidden, "MissingAuthenticationToken", "the request is not signed with version 4"}
	}
	return invalid("InvalidAction", "the stub does not have the service of the credential scope")
}

func (s *Stub) note(r Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.journal.note(r, s.behaviour.countOnly)
}

// nextID numbers the answers, so that equal runs give equal bytes.
func (s *Stub) nextID() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.served++
	return fmt.Sprintf("00000000-0000-4000-8000-%012d", s.served)
}

// isClosed reports whether the caller has not enabled the region that he asks in.
func (s *Stub) isClosed(r Request) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.behaviour.disabled[r.Region] || s.catalog.doors[r.Account].isOptedOut(r.Region)
}
