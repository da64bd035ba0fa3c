package audit

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// ownerWarnings says of saved output whose images were judged and whose were put aside: the files don't say whose eyes
// they were seen with.
func (s *survey) ownerWarnings(manifest inventory.Manifest) []string {
	if manifest.Caller != "" {
		return nil
	}
	var warnings []string
	if len(s.accounts) > 1 {
		warnings = append(warnings, fmt.Sprintf("the images of %d accounts are judged, each as its owner's own: "+
			"name yours with --account", len(s.accounts)))
	}
	if len(s.foreign) > 0 {
		owners := slices.Compact(slices.Sorted(maps.Values(s.foreign)))
		warnings = append(warnings, fmt.Sprintf("%d images of other owners (%s) are evidence and not judged",
			len(s.foreign), strings.Join(owners[:min(len(owners), 5)], ", ")))
	}
	return warnings
}
