package audit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// Missing says which of the images that were asked for no part holds as the account's own, and why.
func (t *Target) Missing(parts []inventory.Part) []string {
	var missing []string
	for _, id := range t.asked.Images {
		if why := whyMissing(id, parts); why != "" {
			where := cmp.Or(t.asked.Places[id], strings.Join(t.manifest.Regions, ", "))
			missing = append(missing, fmt.Sprintf("image %q %s in account %s, %s", id, why, t.account.ID, where))
		}
	}
	return missing
}

// whyMissing is empty for an image that can be judged, and for one whose listing failed: that is incomplete, not missing.
func whyMissing(id string, parts []inventory.Part) string {
	for _, part := range parts {
		if !part.CoverageOf(inventory.AMI, "image").Status.IsAnswer() {
			return ""
		}
		for _, r := range part.Resources {
			switch {
			case r.ID == id && r.Kind == inventory.AMI:
				return ""
			case r.ID == id && r.Kind == inventory.ForeignImage:
				return "belongs to account " + r.Account + " and is not judged"
			}
		}
	}
	return "was not found"
}

// Pending says which of the images that were asked for are still being made, and how to wait for them.
func (t *Target) Pending(parts []inventory.Part) []string {
	var pending []string
	for _, part := range parts {
		for _, r := range part.Resources {
			if slices.Contains(t.asked.Images, r.ID) && r.Fact("image").Code == "pending" {
				pending = append(pending, fmt.Sprintf("image %s in %s is still being made; scan it after: "+
					"aws ec2 wait image-available --region %s --image-ids %s", r.ID, r.Region, r.Region, r.ID))
			}
		}
	}
	return pending
}
