// Package store is where inventories live: a directory with one compressed part for each unit, or a single file. Parts
// are put once and whole, so that a run that was cut off leaves nothing half done and resuming is listing and
// subtracting. It knows nothing of AWS, policies or reports.
package store

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

const (
	manifestName = "manifest.json"
	partName     = "part.jsonl.zst"
	// An inventory tells who can use what: it is its owner's alone to read.
	dirMode = 0o700
	// maxManifest bounds the manifest, in bytes.
	maxManifest = 64 << 20
)

// unitWord is what an account or a region looks like as a directory's name; anything else could leave the inventory.
var unitWord = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,63}$`)

// Dir is an inventory in a directory: manifest.json and account=…/region=…/part.jsonl.zst. Several processes may put
// parts at the same time.
type Dir struct {
	path     string
	manifest inventory.Manifest
}

// Open opens an inventory that is there. It refuses what is missing, no directory, no inventory, or of another schema
// version.
func Open(path string) (*Dir, error) {
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

// Has reports whether a unit is done: whether its part is there. The partition makes no difference, because an account
// is in one partition only.
func (d *Dir) Has(unit inventory.Unit) (bool, error) {
	path, err := d.partPath(unit)
	if err != nil {
		return false, err
	}
	_, err = os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// Units returns the units that are done, in order. It reads the header of every part; Has is the cheaper question.
func (d *Dir) Units() ([]inventory.Unit, error) {
	found, err := d.list()
	if err != nil {
		return nil, err
	}
	units := make([]inventory.Unit, 0, len(found))
	for _, unit := range found {
		read, err := readCompressed(d.file(unit), maxPart, inventory.ReadUnit)
		if err != nil {
			return nil, err
		}
		units = append(units, read)
	}
	return units, nil
}

// Put writes the part of a unit once and whole. A unit that is done already, or that another process finishes first,
// keeps the part that it has.
func (d *Dir) Put(part inventory.Part) error {
	done, err := d.Has(part.Unit)
	if err != nil || done {
		return err
	}
	path := d.file(part.Unit)
	if err := os.MkdirAll(filepath.Dir(path), dirMode); err != nil {
		return fmt.Errorf("put part: %w", err)
	}
	err = putOnce(path, func(w io.Writer) error {
		return compress(w, func(w io.Writer) error { return inventory.WritePart(w, part) })
	})
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("put part: %w", err)
	}
	return nil
}

// Parts yields the parts of the units that are done, ordered by account and region. It stops at the first error.
func (d *Dir) Parts() iter.Seq2[inventory.Part, error] {
	return func(yield func(inventory.Part, error) bool) {
		units, err := d.list()
		if err != nil {
			yield(inventory.Part{}, err)
			return
		}
		for _, unit := range units {
			if part, err := d.read(unit); !yield(part, err) || err != nil {
				return
			}
		}
	}
}

// read reads one part and holds it against the directories that it stands in: a part that was moved is another's.
func (d *Dir) read(unit inventory.Unit) (inventory.Part, error) {
	part, err := readCompressed(d.file(unit), maxPart, inventory.ReadPart)
	if err != nil {
		return inventory.Part{}, err
	}
	if part.Account != unit.Account || part.Region != unit.Region {
		return inventory.Part{}, fmt.Errorf("%s: holds the part of account %.80q, region %.80q",
			d.file(unit), part.Account, part.Region)
	}
	return part, nil
}

// partPath refuses units that can't be directory names.
func (d *Dir) partPath(unit inventory.Unit) (string, error) {
	if !unitWord.MatchString(unit.Account) || !unitWord.MatchString(unit.Region) {
		return "", fmt.Errorf("unit of account %.80q, region %.80q can't be stored", unit.Account, unit.Region)
	}
	return d.file(unit), nil
}

func (d *Dir) file(unit inventory.Unit) string {
	return filepath.Join(d.path, "account="+unit.Account, "region="+unit.Region, partName)
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
	return d.done(units)
}

// done keeps the units that have a part: of one that was begun, only a temporary file may be there.
func (d *Dir) done(units []inventory.Unit) ([]inventory.Unit, error) {
	var kept []inventory.Unit
	for _, unit := range units {
		done, err := d.Has(unit)
		if err != nil {
			return nil, err
		}
		if done {
			kept = append(kept, unit)
		}
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
