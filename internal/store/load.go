package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

// Inventory is what Load found: a manifest, and parts that are read one at a time where they stand in a directory or a
// bucket.
type Inventory struct {
	manifest inventory.Manifest
	entries  []entry
}

// Load opens everything that can be judged: inventories at s3://bucket/prefix and, told apart by content, directories with
// an inventory, inventories in a single file, and saved AWS CLI output, compressed with zstd or not; "-" is standard
// input. The order of paths makes no difference. A unit must not come from two of them. The options are for saved output
// alone, the access for buckets.
func Load(
	ctx context.Context, paths []string, stdin io.Reader, options inventory.ImportOptions, access Access,
) (*Inventory, error) {
	if len(paths) == 0 {
		return nil, errors.New("load inventory: no path given")
	}
	l := loader{access: access}
	for _, path := range slices.Compact(slices.Sorted(slices.Values(paths))) {
		if err := l.add(ctx, path, stdin); err != nil {
			return nil, fmt.Errorf("load inventory: %w", err)
		}
	}
	if err := l.importFiles(options); err != nil {
		return nil, fmt.Errorf("load inventory: %w", err)
	}
	return l.join()
}

// loader gathers what the paths hold.
type loader struct {
	access    Access
	manifests []inventory.Manifest
	entries   []entry
	files     []inventory.Input
}

// add takes the units of a directory or a bucket, and remembers a file for later: all files are read together.
func (l *loader) add(ctx context.Context, path string, stdin io.Reader) error {
	whole := InBucket(path)
	if !whole {
		info, err := stat(path)
		if err != nil {
			return err
		}
		whole = info != nil && info.IsDir()
	}
	if !whole {
		l.files = append(l.files, input(path, stdin))
		return nil
	}
	opened, err := open(ctx, path, l.access)
	if err != nil {
		return err
	}
	entries, err := opened.entries(ctx)
	l.entries = append(l.entries, entries...)
	l.manifests = append(l.manifests, opened.Manifest())
	return err
}

// importFiles reads the files; small inventories and saved output are kept in memory.
func (l *loader) importFiles(options inventory.ImportOptions) error {
	if len(l.files) == 0 {
		return nil
	}
	parts, manifest, err := inventory.Load(l.files, options)
	if err != nil {
		return err
	}
	for _, part := range parts {
		read := func([]byte) (inventory.Part, error) { return part, nil }
		l.entries = append(l.entries, entry{unit: part.Unit, read: read})
	}
	l.manifests = append(l.manifests, manifest)
	return nil
}

// join puts the units into their one order and refuses a unit that comes twice: nobody can tell which one holds.
func (l *loader) join() (*Inventory, error) {
	slices.SortStableFunc(l.entries, func(a, b entry) int { return compareUnit(a.unit, b.unit) })
	for i := 1; i < len(l.entries); i++ {
		if unit := l.entries[i].unit; compareUnit(l.entries[i-1].unit, unit) == 0 {
			return nil, fmt.Errorf("load inventory: account %.80q, region %.80q stands in two of the inputs",
				unit.Account, unit.Region)
		}
	}
	return &Inventory{manifest: inventory.MergeManifests(l.manifests), entries: l.entries}, nil
}

// stat leaves standard input alone.
func stat(path string) (os.FileInfo, error) {
	if path == "-" {
		return nil, nil
	}
	return os.Stat(path)
}

// compareUnit leaves the partition out, as the directories do.
func compareUnit(a, b inventory.Unit) int {
	return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Region, b.Region))
}

// Manifest returns what was asked for, joined where several inventories were loaded.
func (i *Inventory) Manifest() inventory.Manifest { return i.manifest }

// Len returns the number of parts.
func (i *Inventory) Len() int { return len(i.entries) }

// Parts yields the parts ordered by account and region; it may be called again. It stops at the first error.
func (i *Inventory) Parts(ctx context.Context) iter.Seq2[inventory.Part, error] {
	return inOrder(ctx, i.entries)
}

// input opens a file only when it is read: there may be one for each of ten thousand images.
func input(path string, stdin io.Reader) inventory.Input {
	if path == "-" {
		open := func() (io.ReadCloser, error) { return io.NopCloser(stdin), nil }
		return inventory.Input{Name: "standard input", Data: &lazyReader{open: open}}
	}
	open := func() (io.ReadCloser, error) { return os.Open(path) }
	return inventory.Input{Name: path, Data: &lazyReader{open: open}}
}

// lazyReader opens its source at the first read, decompresses it, and closes it at the end.
type lazyReader struct {
	open   func() (io.ReadCloser, error)
	source io.Closer
	data   io.ReadCloser
	err    error
}

// Read stays at its error once it has met one.
func (l *lazyReader) Read(p []byte) (int, error) {
	if l.data == nil && l.err == nil {
		l.err = l.start()
	}
	if l.err != nil {
		return 0, l.err
	}
	n, err := l.data.Read(p)
	if err != nil {
		l.err = l.stop(err)
	}
	return n, l.err
}

// stop closes both ends, and keeps io.EOF as it is: callers compare it.
func (l *lazyReader) stop(err error) error {
	if closing := errors.Join(l.data.Close(), l.source.Close()); closing != nil && errors.Is(err, io.EOF) {
		return closing
	}
	return err
}

func (l *lazyReader) start() error {
	source, err := l.open()
	if err != nil {
		return err
	}
	l.source = source
	// One byte more than the importer takes: it then says itself that the file is too large.
	l.data, err = decompress(source, maxPart+1)
	return err
}
