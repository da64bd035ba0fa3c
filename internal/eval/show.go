package eval

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/amiscan/amiscan/internal/link"
)

// Input returns what policies see of a resource as one JSON object: what `opa eval --input` and conftest take. Facts that
// are no answer have no key; input.status says which.
func (e *Engine) Input(d link.Document, now time.Time) (json.RawMessage, error) {
	doc, err := newDocument(d, e.catalog.Names(d.Resource.Kind), now)
	if err != nil {
		return nil, err
	}
	plain, err := ast.JSON(doc.input(nil).Value)
	if err != nil {
		return nil, fmt.Errorf("show input of %q: %w", d.Resource.ID, err)
	}
	return json.Marshal(plain)
}

// Text returns the Rego text of a policy, as it was loaded, and the name of its file.
func (e *Engine) Text(id string) (file, text string) {
	for _, p := range e.policies {
		if p.ID == id {
			return p.module.file, string(p.module.text)
		}
	}
	return "", ""
}
