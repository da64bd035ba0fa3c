package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// An inventory tells who can use what: it is its owner's alone to read.
const dirMode = 0o700

// Dir is an inventory in a directory: manifest.json and account=…/region=…/part.jsonl.zst. Several processes may put
// parts at the same time.
type Dir struct {
	path     string
	manifest inventory.Manifest
	done     doneUnits
	encoders encoders
}

// openDir refuses what is missing, no directory, no inventory, or of another schema version.
func openDir(path string) (*Dir, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("open inventory: %w", err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("open inventory: %q is not a directory", path)
	}
	manifest, err := readManifest(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open inventory: %q is no inventory: it holds no %s", path, manifestName)
	}
	if err != nil {
		return nil, fmt.Errorf("open inventory: %w", err)
	}
	return &Dir{path: path, manifest: manifest}, nil
}

func readManifest(path string) (inventory.Manifest, error) {
	name := filepath.Join(path, manifestName)
	file, err := os.Open(name)
	if err != nil {
		return inventory.Manifest{}, err
	}
	defer file.Close() //nolint:errcheck // only read
	data, err := io.ReadAll(bounded(file, maxManifest))
	if err != nil {
		return inventory.Manifest{}, fmt.Errorf("read %s: %w", name, err)
	}
	return inventory.DecodeManifest(data, name)
}

// Manifest returns what was asked for when the inventory was begun.
func (d *Dir) Manifest() inventory.Manifest { return d.manifest }

// Has reports whether a unit is done, as the first listing and what was put since say.
func (d *Dir) Has(_ context.Context, unit inventory.Unit) (bool, error) {
	return d.done.has(unit, d.list)
}

// Units returns the units that are done, in order, without their partition.
func (d *Dir) Units(context.Context) ([]inventory.Unit, error) { return d.list() }

// Put writes the part of a unit once and whole. A unit that is done already, or that another process finishes first,
// keeps the part that it has.
func (d *Dir) Put(ctx context.Context, part inventory.Part) error {
	has, err := d.Has(ctx, part.Unit)
	if err != nil || has {
		return err
	}
	path := d.file(part.Unit)
	err = os.MkdirAll(filepath.Dir(path), dirMode)
	if err == nil {
		err = putOnce(path, func(w io.Writer) error {
			return d.encoders.compress(w, func(w io.Writer) error { return inventory.WritePart(w, part) })
		})
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("put part: %w", placeError(path, err))
	}
	d.done.add(part.Unit)
	return nil
}

// Part reads the part of one unit; the error matches fs.ErrNotExist where there is none.
func (d *Dir) Part(_ context.Context, unit inventory.Unit) (inventory.Part, error) {
	if err := checkUnit(unit); err != nil {
		return inventory.Part{}, err
	}
	return d.read(unit)
}

// Parts yields the parts of the units that are done, ordered by account and region. It stops at the first error.
func (d *Dir) Parts(ctx context.Context) iter.Seq2[inventory.Part, error] {
	return listed(ctx, d.entries)
}

// entries lists the directory. Its parts are not fetched ahead: they are read where they stand.
func (d *Dir) entries(context.Context) ([]entry, error) {
	units, err := d.list()
	if err != nil {
		return nil, err
	}
	entries := make([]entry, len(units))
	for i, unit := range units {
		entries[i] = entry{unit: unit, read: func([]byte) (inventory.Part, error) { return d.read(unit) }}
	}
	return entries, nil
}

func (d *Dir) read(unit inventory.Unit) (inventory.Part, error) {
	file, err := os.Open(d.file(unit))
	if err != nil {
		return inventory.Part{}, fmt.Errorf("read part: %w", err)
	}
	defer file.Close() //nolint:errcheck // only read
	return readPart(file, unit, file.Name())
}

func (d *Dir) file(unit inventory.Unit) string {
	return filepath.Join(d.path, filepath.FromSlash(pathOf(unit)))
}

// list returns the units that have a part, without their partition, ordered by account and region, as the directories
// are listed.
func (d *Dir) list() ([]inventory.Unit, error) {
	accounts, err := words(d.path, "account=")
	if err != nil {
		return nil, err
	}
	var units []inventory.Unit
	for _, account := range accounts {
		regions, err := words(filepath.Join(d.path, "account="+account), "region=")
		if err != nil {
			return nil, err
		}
		for _, region := range regions {
			units = append(units, inventory.Unit{Account: account, Region: region})
		}
	}
	return d.whole(units)
}

// whole keeps the units that have a part: of one that was begun, only a temporary file may be there.
func (d *Dir) whole(units []inventory.Unit) ([]inventory.Unit, error) {
	var kept []inventory.Unit
	for _, unit := range units {
		_, err := os.Lstat(d.file(unit))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("list inventory: %w", err)
		}
		kept = append(kept, unit)
	}
	return kept, nil
}

// words returns what follows the prefix in the names of the directories in path; other entries are no part of an
// inventory.
func words(path, prefix string) ([]string, error) {
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, fmt.Errorf("list inventory: %w", err)
	}
	var found []string
	for _, entry := range entries {
		word, ok := strings.CutPrefix(entry.Name(), prefix)
		if ok && entry.IsDir() && unitWord.MatchString(word) {
			found = append(found, word)
		}
	}
	return found, nil
}
