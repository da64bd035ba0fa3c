package awsstub

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// trust says which roles there are and whom they trust. What is empty sets no bound.
type trust struct {
	// closed are accounts whose roles trust nobody.
	closed map[string]bool
	// roles are the names of the roles that there are, callers the accounts that they trust.
	roles, callers []string
	externalID     string
}

// RefuseRole lets the roles of the given accounts trust nobody: AssumeRole answers AccessDenied. Without options any caller
// may assume any role of an account that the inventory knows and that is active.
func RefuseRole(accounts ...string) Option {
	return func(b *behaviour) {
		for _, account := range accounts {
			b.trust.closed[account] = true
		}
	}
}

// AcceptRole opens again what RefuseRole closed.
func AcceptRole(accounts ...string) Option {
	return func(b *behaviour) {
		for _, account := range accounts {
			delete(b.trust.closed, account)
		}
	}
}

// Roles names the roles that each account has. STS answers AccessDenied for one that does not exist, too.
func Roles(names ...string) Option {
	return func(b *behaviour) { b.trust.roles = slices.Clone(names) }
}

// TrustedCallers lets all roles trust the given accounts and no others.
func TrustedCallers(accounts ...string) Option {
	return func(b *behaviour) { b.trust.callers = slices.Clone(accounts) }
}

// ExternalID lets all roles want an external id.
func ExternalID(want string) Option { return func(b *behaviour) { b.trust.externalID = want } }

// accepts reports whether a role trusts a request.
func (t trust) accepts(of role, r Request) bool {
	return !t.closed[of.account] &&
		(len(t.roles) == 0 || slices.Contains(t.roles, of.name)) &&
		(len(t.callers) == 0 || slices.Contains(t.callers, r.Account)) &&
		(t.externalID == "" || t.externalID == r.Parameters["ExternalId"])
}

// role is a role as its ARN names it.
type role struct{ arn, partition, account, name string }

// readRole reads arn:PARTITION:iam::ACCOUNT:role/PATH/NAME; most roles have no path.
func readRole(arn string) (role, error) {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" || parts[2] != "iam" || !strings.HasPrefix(parts[5], "role/") {
		return role{}, invalid("ValidationError", arn+" is invalid")
	}
	name := parts[5][strings.LastIndex(parts[5], "/")+1:]
	return role{arn: arn, partition: parts[1], account: parts[4], name: name}, nil
}

// assumeRole answers sts:AssumeRole. What the session policy allows is not looked at; the request keeps it for the test.
func (s *Stub) assumeRole(r Request) ([]byte, error) {
	for _, c := range assumeRoleConstraints() {
		if err := c.check(r); err != nil {
			return nil, err
		}
	}
	of, err := readRole(r.Parameters["RoleArn"])
	if err != nil {
		return nil, err
	}
	life, err := sessionLife(r)
	if err != nil {
		return nil, err
	}
	if err := checkSessionPolicy(r); err != nil {
		return nil, err
	}
	if !s.accepts(of, r) {
		return nil, &apiError{http.StatusForbidden, "AccessDenied",
			"User: " + s.callerARN(r) + " is not authorized to perform: sts:AssumeRole on resource: " + of.arn}
	}
	return s.beginSession(of, r.Parameters["RoleSessionName"], life).write(r.Parameters["SourceIdentity"]), nil
}

// accepts reports whether there is such a role and it trusts the caller.
func (s *Stub) accepts(of role, r Request) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.catalog.canBeEntered(of) && s.behaviour.trust.accepts(of, r)
}

// The lengths of a session (STS API Reference, AssumeRole, DurationSeconds). A role's own maximum is not modelled.
const (
	shortestSession = 15 * time.Minute
	usualSession    = time.Hour
	longestSession  = 12 * time.Hour
)

// sessionLife returns how long a session is to last. One that is begun by a session, which is called role chaining, lasts an
// hour at most.
func sessionLife(r Request) (time.Duration, error) {
	asked, ok := r.Parameters["DurationSeconds"]
	if !ok {
		return usualSession, nil
	}
	seconds, err := strconv.Atoi(asked)
	life := time.Duration(seconds) * time.Second
	switch {
	case err != nil || life < shortestSession || life > longestSession:
		return 0, failedConstraint("DurationSeconds", asked, "Member must have value between 900 and 43200")
	case r.Session != "" && life > usualSession:
		return 0, invalid("ValidationError",
			"The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.")
	}
	return life, nil
}

// largestSessionPolicy is the plaintext that a session policy may have, in characters (STS API Reference, AssumeRole).
const largestSessionPolicy = 2048

func checkSessionPolicy(r Request) error {
	text, ok := r.Parameters["Policy"]
	if !ok {
		return nil
	}
	var document map[string]any
	if err := json.Unmarshal([]byte(text), &document); err != nil || document["Statement"] == nil {
		return invalid("MalformedPolicyDocument", "The policy is no JSON object with statements.")
	}
	if len([]rune(text)) > largestSessionPolicy {
		return invalid("PackedPolicyTooLarge", "The policy is longer than 2048 characters.")
	}
	return nil
}

// constraint bounds a parameter of AssumeRole.
type constraint struct {
	parameter   string
	least, most int
	// signs may stand beside letters, digits and the underscore; empty allows everything.
	signs      string
	isRequired bool
}

func assumeRoleConstraints() []constraint {
	const signs = "+=,.@-"
	return []constraint{
		{parameter: "RoleArn", least: 20, most: 2048, isRequired: true},
		{parameter: "RoleSessionName", least: 2, most: 64, signs: signs, isRequired: true},
		{parameter: "ExternalId", least: 2, most: 1224, signs: signs + ":/"},
		{parameter: "SourceIdentity", least: 2, most: 64, signs: signs},
	}
}

func (c constraint) check(r Request) error {
	value, ok := r.Parameters[c.parameter]
	switch {
	case !ok && !c.isRequired:
		return nil
	case !ok:
		return failedConstraint(c.parameter, "", "Member must not be null")
	case len(value) < c.least || len(value) > c.most:
		return failedConstraint(c.parameter, value,
			"Member must have length between "+strconv.Itoa(c.least)+" and "+strconv.Itoa(c.most))
	case c.signs != "" && strings.ContainsFunc(value, c.isForeign):
		return failedConstraint(c.parameter, value, `Member must satisfy regular expression pattern: [\w`+c.signs+"]*")
	}
	return nil
}

// isForeign reports whether a character may not stand in the parameter.
func (c constraint) isForeign(sign rune) bool {
	isWord := 'a' <= sign && sign <= 'z' || 'A' <= sign && sign <= 'Z' || '0' <= sign && sign <= '9' || sign == '_'
	return !isWord && !strings.ContainsRune(c.signs, sign)
}

func failedConstraint(parameter, value, rule string) error {
	member := strings.ToLower(parameter[:1]) + parameter[1:]
	return invalid("ValidationError",
		"1 validation error detected: Value '"+value+"' at '"+member+"' failed to satisfy constraint: "+rule)
}

// write writes what AssumeRole answers.
func (v roleSession) write(sourceIdentity string) []byte {
	var out bytes.Buffer
	out.WriteString("<Credentials>")
	writeText(&out, "AccessKeyId", v.accessKey)
	writeText(&out, "SecretAccessKey", v.secret)
	writeText(&out, "SessionToken", v.token)
	writeText(&out, "Expiration", v.expires.UTC().Format(time.RFC3339))
	out.WriteString("</Credentials><AssumedRoleUser>")
	writeText(&out, "AssumedRoleId", v.userID)
	writeText(&out, "Arn", v.arn)
	out.WriteString("</AssumedRoleUser>")
	if sourceIdentity != "" {
		writeText(&out, "SourceIdentity", sourceIdentity)
	}
	return out.Bytes()
}
