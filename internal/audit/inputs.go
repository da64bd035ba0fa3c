package audit

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"time"

	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
)

// Inputs writes what the selected policies see of each resource of the kinds that they judge, one JSON document a line.
// An id, if it is not empty, picks single resources.
func (j *Judge) Inputs(parts iter.Seq2[inventory.Part, error], id string, now time.Time, w io.Writer) error {
	kinds := j.kinds()
	survey, err := surveyParts(parts, link.NewWorld(nil, j.catalog), nil)
	if err != nil {
		return err
	}
	options := j.linkOptions(People{}, survey.world)
	options.Facts = nil // whoever writes a policy wants to see what others don't read yet
	for part, err := range parts {
		if err != nil {
			return err
		}
		for _, d := range link.Join(part, options).Documents {
			if (id != "" && d.Resource.ID != id) || !slices.Contains(kinds, d.Resource.Kind) {
				continue
			}
			text, err := j.engine.Input(d, now)
			if err != nil {
				return err
			}
			if _, err := fmt.Fprintf(w, "%s\n", text); err != nil {
				return fmt.Errorf("write input of %q: %w", d.Resource.ID, err)
			}
		}
	}
	return nil
}
