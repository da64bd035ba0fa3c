package awsstub

import (
	"bytes"
	"cmp"
)

// userID is that of the made-up user that every account has.
const userID = "AIDAAWSSTUBAWSSTUBAW"

// getCallerIdentity answers GetCallerIdentity: the role session that asks, or a made-up user of the caller's account.
func (s *Stub) getCallerIdentity(r Request) ([]byte, error) {
	var out bytes.Buffer
	writeText(&out, "UserId", s.callerID(r))
	writeText(&out, "Account", r.Account)
	writeText(&out, "Arn", s.callerARN(r))
	return out.Bytes(), nil
}

// callerARN names the principal that asks.
func (s *Stub) callerARN(r Request) string {
	partition := cmp.Or(s.catalog.partitions[r.Account], "aws")
	return cmp.Or(r.Session, "arn:"+partition+":iam::"+r.Account+":user/awsstub")
}

// callerID returns the unique id of the principal that asks.
func (s *Stub) callerID(r Request) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return cmp.Or(s.sessions.userIDs[r.Session], userID)
}
