package awsstub

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"strings"
	"time"
)

// temporaryKey is what the access key ids of temporary credentials begin with (IAM User Guide, "IAM identifiers",
// unique ID prefixes).
const temporaryKey = "ASIA"

// roleSession is what one AssumeRole began: temporary credentials that act as a role.
type roleSession struct {
	account string
	// arn and userID name the session as a principal.
	arn, userID string
	// accessKey, secret and token are the credentials. The token has to come with every request.
	accessKey, secret, token string
	expires                  time.Time
	// generation is how often sessions had been ended when this one began, requests how many requests it was used for.
	generation, requests int
}

// sessionBook holds all sessions.
type sessionBook struct {
	byKey map[string]*roleSession
	// begun counts the sessions by ARN, so that each has credentials of its own; userIDs are their unique ids.
	begun   map[string]int
	userIDs map[string]string
}

func newSessionBook() sessionBook {
	return sessionBook{byKey: map[string]*roleSession{}, begun: map[string]int{}, userIDs: map[string]string{}}
}

// sessionEnd says when sessions end.
type sessionEnd struct {
	// clock tells the time by which they expire.
	clock func() time.Time
	// requests is how many requests a session lasts for, 0 for any number.
	requests int
	// generation counts the times that all sessions were ended.
	generation int
}

// SessionClock tells role sessions the time. Without it they live by the machine's clock, as those who hold their
// credentials do.
func SessionClock(clock func() time.Time) Option {
	return func(b *behaviour) { b.sessionEnd.clock = clock }
}

// ExpireSessionsAfter ends every role session after the given number of requests. Each service then says in its own words
// that the session has expired, until a new one begins; 0 lets sessions live as long as they may.
func ExpireSessionsAfter(requests int) Option {
	return func(b *behaviour) { b.sessionEnd.requests = requests }
}

// ExpireSessions ends all role sessions that there are. Given to Apply it ends them in the middle of a run; sessions that
// begin later are not affected.
func ExpireSessions() Option { return func(b *behaviour) { b.sessionEnd.generation++ } }

// isOver reports whether a session has ended.
func (e sessionEnd) isOver(v *roleSession) bool {
	return v.generation < e.generation || e.requests > 0 && v.requests > e.requests || !e.clock().Before(v.expires)
}

// caller is whom the credentials of a request act as.
type caller struct {
	account string
	// session is the ARN of the role session; empty for a user.
	session string
	expired bool
}

// caller returns whom an access key acts as. The key of a session is nothing without the session's token, and a temporary
// key that was not given out here is a stranger's, unless the credentials name it.
func (s *Stub) caller(accessKey, token string) (caller, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v := s.sessions.byKey[accessKey]; v != nil {
		return s.use(v, token)
	}
	if s.behaviour.credentials == nil {
		return caller{account: s.catalog.first}, !strings.HasPrefix(accessKey, temporaryKey)
	}
	account, ok := s.behaviour.credentials[accessKey]
	return caller{account: account}, ok
}

// use counts a request of a session.
func (s *Stub) use(v *roleSession, token string) (caller, bool) {
	if token != v.token {
		return caller{}, false
	}
	v.requests++
	return caller{account: v.account, session: v.arn, expired: s.behaviour.sessionEnd.isOver(v)}, true
}

// beginSession gives out credentials. Equal runs get equal ones: they follow from the role, the session's name and how
// many sessions of this name there were.
func (s *Stub) beginSession(of role, name string, life time.Duration) roleSession {
	s.mu.Lock()
	defer s.mu.Unlock()
	arn := "arn:" + of.partition + ":sts::" + of.account + ":assumed-role/" + of.name + "/" + name
	s.sessions.begun[arn]++
	seed := fmt.Sprintf("%s %s %d", of.arn, name, s.sessions.begun[arn])
	v := &roleSession{
		account: of.account, arn: arn, userID: "AROA" + letters(of.arn, 17) + ":" + name,
		accessKey: temporaryKey + letters(seed, 16), secret: secretOf("secret " + seed), token: secretOf("token " + seed),
		expires: s.behaviour.sessionEnd.clock().Add(life), generation: s.behaviour.sessionEnd.generation,
	}
	s.sessions.byKey[v.accessKey], s.sessions.userIDs[arn] = v, v.userID
	return *v
}

// letters makes an id of n characters out of a seed, at most 51: the capitals and digits of AWS's own.
func letters(seed string, n int) string {
	sum := sha256.Sum256([]byte(seed))
	return base32.StdEncoding.EncodeToString(sum[:])[:n]
}

// secretOf makes what looks like a secret out of a seed.
func secretOf(seed string) string {
	sum := sha256.Sum256([]byte(seed))
	return base64.StdEncoding.EncodeToString(sum[:30])
}
