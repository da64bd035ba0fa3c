package awsstub

import (
	"bytes"
	"fmt"
	"net/http"

	"github.com/amiscan/amiscan/internal/inventory"
)

// addProfile keeps an instance profile for the whole account: IAM is global, so the parts of several regions may hold
// the same one.
func (c *catalog) addProfile(p inventory.Part, r inventory.Resource) error {
	const name = "instance_profile"
	f, err := readFact(r, name)
	if err != nil || !f.known && !f.denied {
		return err
	}
	d := document{denied: f.denied}
	if f.known {
		if err := sameAs(f.value, name, "InstanceProfileName", r.ID); err != nil {
			return err
		}
		if d.body, err = render(group(iamProfileShape), "InstanceProfile", name, f.value); err != nil {
			return err
		}
	}
	at := place{p.Account, globalRegion}
	if other, ok := c.profiles[at][r.ID]; ok {
		if !bytes.Equal(other.body, d.body) {
			return fmt.Errorf("%s: contradicts what another part holds", name)
		}
		return nil
	}
	return put(c.profiles, at, r.ID, d)
}

// getInstanceProfile answers iam:GetInstanceProfile, in whichever region it is asked.
func (s *Stub) getInstanceProfile(r Request) ([]byte, error) {
	name := r.Parameters["InstanceProfileName"]
	if name == "" {
		return nil, invalid("ValidationError", "Value null at 'instanceProfileName' failed to satisfy constraint")
	}
	switch d, ok := s.catalog.profiles[place{r.Account, globalRegion}][name]; {
	case !ok:
		return nil, &apiError{http.StatusNotFound, "NoSuchEntity", "Instance Profile " + name + " cannot be found."}
	case d.denied:
		v, _ := serviceNamed(r.Service)
		return nil, &v.denied
	default:
		return d.body, nil
	}
}
