package awsstub

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// alias is what a name of a key leads to: an alias, an alias ARN or a bare key id.
type alias struct {
	arn    string
	denied bool
}

func (c *catalog) addAlias(p inventory.Part, r inventory.Resource) error {
	d, value, ok, err := newDocument(r, "target", aliasTargetShape)
	if err != nil || !ok {
		return err
	}
	if err := sameAs(value, "target", "KmsKeyId", r.ID); err != nil {
		return err
	}
	a := alias{arn: field(value, "Arn"), denied: d.denied}
	if !a.denied && (arnAccount(a.arn) == "" || !strings.Contains(a.arn, ":key/")) {
		return fmt.Errorf("target.Arn: %q is no ARN of a key", a.arn)
	}
	at := place{p.Account, p.Region}
	if c.aliases[at] == nil {
		c.aliases[at] = map[string]alias{}
	}
	if _, ok := c.aliases[at][r.ID]; ok {
		return errors.New("it is there twice")
	}
	c.aliases[at][r.ID] = a
	return nil
}

// aliased returns the metadata of the key that a name leads to. Where the caller's part holds no more of the key than
// the name leads to, its metadata is what its ARN says.
func (s *Stub) aliased(r Request, name string) (document, bool) {
	at := place{r.Account, r.Region}
	for _, form := range s.aliasForms(r, name) {
		a, ok := s.catalog.aliases[at][form]
		if !ok {
			continue
		}
		if k := s.catalog.keys[at][a.arn]; k != nil && k.metadata.body != nil && !a.denied {
			return k.metadata, true
		}
		return document{body: metadataOf(a.arn), denied: a.denied}, true
	}
	return document{}, false
}

// aliasForms are the forms of a name of a key that mean the same: of the caller's own aliases, the ARN and the alias.
func (s *Stub) aliasForms(r Request, name string) []string {
	if strings.HasPrefix(name, "alias/") {
		return []string{name, s.ownKMS(r) + name}
	}
	return []string{name, strings.TrimPrefix(name, s.ownKMS(r))}
}

// metadataOf is what the ARN of a key says of it, as KeyMetadata.
func metadataOf(arn string) json.RawMessage {
	_, id, _ := strings.Cut(arn, ":key/")
	// Strings always marshal.
	body, _ := json.Marshal(map[string]string{"AWSAccountId": arnAccount(arn), "Arn": arn, "KeyId": id})
	return body
}
