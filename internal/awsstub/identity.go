package awsstub

import (
	"bytes"
	"cmp"
)

// getCallerIdentity answers GetCallerIdentity: a made-up user of the caller's account.
func (s *Stub) getCallerIdentity(r Request) ([]byte, error) {
	partition := cmp.Or(s.catalog.partitions[r.Account], "aws")
	var out bytes.Buffer
	writeText(&out, "UserId", "AIDAAWSSTUBAWSSTUBAW")
	writeText(&out, "Account", r.Account)
	writeText(&out, "Arn", "arn:"+partition+":iam::"+r.Account+":user/awsstub")
	return out.Bytes(), nil
}
