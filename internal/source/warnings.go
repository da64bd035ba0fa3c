package source

import (
	"fmt"
	"maps"
	"slices"
)

// maxRefused bounds the warnings that tags and manifests cause: one careless tag may be on ten thousand images.
const maxRefused = 10

// Warnings returns what the user should know, sorted. Those on tags are complete after the last call of Find.
func (f *Finder) Warnings() []string {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	warnings := slices.Sorted(maps.Keys(f.warnings))
	refused := slices.Sorted(maps.Keys(f.refused))
	if more := len(refused) - maxRefused; more > 0 {
		refused = append(refused[:maxRefused], fmt.Sprintf("%d more tags and templates name no file of the checkout", more))
	}
	return append(warnings, refused...)
}
