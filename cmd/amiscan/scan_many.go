package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/amiscan/amiscan/internal/audit"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/store"
)

// scanMany reads many accounts into an inventory and judges that: memory holds one unit of each worker, not the
// organization. Where nobody asked to keep the inventory, it goes with the run.
func (a *app) scanMany(
	ctx context.Context, c *cli.Context, s *scanning, target *audit.Target, chosen *audit.Judge,
) error {
	path := c.String("inventory")
	if path == "" {
		temporary, err := os.MkdirTemp("", "amiscan-inventory-")
		if err != nil {
			return fmt.Errorf("make a place for the inventory: %w", err)
		}
		defer os.RemoveAll(temporary) //nolint:errcheck // what is left is in the system's own place for such things
		path = temporary
	}
	outcome, err := target.Save(ctx, path)
	a.endProgress()
	var unkept *audit.UnkeptError
	if errors.As(err, &unkept) && ctx.Err() == nil {
		return &lostReportError{fmt.Errorf("%w (%d of %d units were kept)", err, outcome.Kept+outcome.Read, outcome.Units)}
	}
	if err != nil && ctx.Err() == nil {
		return err
	}
	s.run.Interrupted = ctx.Err() != nil
	// What was read is judged all the same: the time for that is not the reader's.
	judging := context.WithoutCancel(ctx)
	access := store.Access{Profile: c.String("profile")}
	loaded, err := store.Load(judging, []string{path}, a.stdin, inventory.ImportOptions{}, access)
	if err != nil {
		if ctx.Err() != nil {
			return fmt.Errorf("scan: stopped before an inventory was begun: %w", ctx.Err())
		}
		return err
	}
	s.run.Manifest, s.run.Parts, s.run.Source = loaded.Manifest(), loaded.Parts(judging), "aws"
	s.run.Warnings = slices.Concat(target.Warnings, keptWarning(path, outcome, loaded.Manifest()))
	return a.judgeAndReport(judging, chosen, s.run)
}

// keptWarning says that what is judged as of now was read before.
func keptWarning(path string, o audit.Outcome, m inventory.Manifest) []string {
	if o.Kept == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%d of %d units were in %s already, which was begun at %s, and were not read again",
		o.Kept, o.Units, path, m.Started.UTC().Format(time.RFC3339))}
}
