package store

import (
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// WriteFile writes the single-file form of a small inventory, compressed where the name ends in ".zst", once and
// whole: a file that is there already is an error that matches fs.ErrExist. The parts must come ordered by unit, as
// Parts yields them. It writes to disk alone.
func WriteFile(path string, manifest inventory.Manifest, parts iter.Seq2[inventory.Part, error]) error {
	if InBucket(path) {
		return fmt.Errorf("write inventory %q: a single file can't be written to a bucket", path)
	}
	write := func(w io.Writer) error { return inventory.WriteInventory(w, manifest, parts) }
	if strings.HasSuffix(path, ".zst") {
		plain := write
		write = func(w io.Writer) error { return new(encoders).compress(w, plain) }
	}
	if err := putOnce(path, write); err != nil {
		return fmt.Errorf("write inventory: %w", placeError(path, err))
	}
	return nil
}
