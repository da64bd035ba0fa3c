package audit

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// Grantee is whom an image is meant to be shared with, as one launch permission.
type Grantee struct {
	name       string
	permission map[string]string
}

var (
	grantedAccount = regexp.MustCompile(`^[0-9]{12}$`)
	grantedOrg     = regexp.MustCompile(`^arn:aws[a-z-]*:organizations::[0-9]{12}:organization/o-[a-z0-9]{10,32}$`)
	grantedOU      = regexp.MustCompile(`^arn:aws[a-z-]*:organizations::[0-9]{12}:ou/o-[a-z0-9]{10,32}/` +
		`ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$`)
)

// ParseGrantee reads an account's id or the ARN of an organization or OU: EC2 takes these two by ARN alone
// (LaunchPermission).
func ParseGrantee(text string) (Grantee, error) {
	switch {
	case grantedAccount.MatchString(text):
		return Grantee{text, map[string]string{"UserId": text}}, nil
	case grantedOrg.MatchString(text):
		return Grantee{text, map[string]string{"OrganizationArn": text}}, nil
	case grantedOU.MatchString(text):
		return Grantee{text, map[string]string{"OrganizationalUnitArn": text}}, nil
	}
	return Grantee{}, fmt.Errorf("%q is no account id and no ARN of an organization or OU", text)
}

// permissionsFact is what says whom an image is shared with.
const permissionsFact = "launch_permissions"

// ShareWith adds the grantees to the launch permissions of the images, as if they were shared already, and says so in a
// sentence for the reader. Where the permissions could not be read, they stay unread: what else is among them is not known.
func ShareWith(parts []inventory.Part, images []string, grantees []Grantee) (warnings []string, err error) {
	if len(grantees) == 0 {
		return nil, nil
	}
	for _, part := range parts {
		for _, r := range part.Resources {
			fact := r.Fact(permissionsFact)
			if r.Kind != inventory.AMI || !slices.Contains(images, r.ID) || fact.Status != inventory.Known {
				continue
			}
			value, err := granted(fact.Value, grantees)
			if err != nil {
				return nil, fmt.Errorf("share image %q: %w", r.ID, err)
			}
			fact.Value = value
			r.Facts[permissionsFact] = fact
		}
	}
	return []string{"judged as if the images were shared with " + strings.Join(namesOf(grantees), ", ")}, nil
}

func namesOf(grantees []Grantee) []string {
	var names []string
	for _, g := range grantees {
		names = append(names, g.name)
	}
	return names
}

// granted adds the grantees that are not there yet.
func granted(value json.RawMessage, grantees []Grantee) (json.RawMessage, error) {
	var permissions []map[string]string
	if err := json.Unmarshal(value, &permissions); err != nil {
		return nil, err
	}
	for _, g := range grantees {
		there := slices.ContainsFunc(permissions, func(p map[string]string) bool {
			return slices.ContainsFunc([]string{"UserId", "OrganizationArn", "OrganizationalUnitArn"}, func(key string) bool {
				return p[key] == g.name
			})
		})
		if !there {
			permissions = append(permissions, g.permission)
		}
	}
	return json.Marshal(permissions)
}
