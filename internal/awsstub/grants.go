package awsstub

import "strings"

// grants is whom something is shared with.
type grants struct {
	everyone      bool
	accounts      map[string]bool
	organizations map[string]bool
}

// readGrants reads a list of launch or create-volume permissions. Sharing with an organizational unit reaches nobody
// here: which accounts it holds is not in the inventory.
func readGrants(permissions any) grants {
	g := grants{accounts: map[string]bool{}, organizations: map[string]bool{}}
	list, _ := permissions.([]any)
	for _, p := range list {
		g.everyone = g.everyone || field(p, "Group") == "all"
		g.accounts[field(p, "UserId")] = true
		g.organizations[field(p, "OrganizationArn")] = true
	}
	return g
}

// reach reports whether an account may use what is shared; an empty organization is none.
func (g grants) reach(account, organization string) bool {
	return g.everyone || g.name(account, organization)
}

// name reports whether an account is meant itself: by its id or by its organization, not merely as one of everyone.
func (g grants) name(account, organization string) bool {
	return g.accounts[account] || organization != "" && g.organizations[organization]
}

// withSharedTags returns a copy of an owner's document with only those tags that others see: the ones that begin with
// the prefix (EC2 User Guide, "Share AMI tags"); with no prefix, none.
func withSharedTags(object map[string]any, prefix string) map[string]any {
	shared := make(map[string]any, len(object))
	for name, value := range object {
		if name != "Tags" {
			shared[name] = value
		}
	}
	tags, _ := object["Tags"].([]any)
	var kept []any
	for _, tag := range tags {
		if prefix != "" && strings.HasPrefix(field(tag, "Key"), prefix) {
			kept = append(kept, tag)
		}
	}
	if len(kept) > 0 {
		shared["Tags"] = kept
	}
	return shared
}
