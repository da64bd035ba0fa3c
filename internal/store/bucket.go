package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/amiscan/amiscan/internal/inventory"
)

const (
	// putGrace is how long a part that was collected whole may still be put after the run was interrupted.
	putGrace = 10 * time.Second
	// pageSize is the most that S3 lists at a time.
	pageSize = 1000
)

// Bucket is an inventory below a prefix of an S3 bucket, with the names that it has in a directory. Several processes,
// on any machines, may put parts at the same time: S3 keeps the first of each.
type Bucket struct {
	client   *s3
	place    place
	manifest inventory.Manifest
	done     doneUnits
	encoders encoders
	grace    time.Duration
}

// openBucket refuses what is no inventory, or one of another schema version.
func openBucket(ctx context.Context, client *s3, p place) (*Bucket, error) {
	b := &Bucket{client: client, place: p, grace: putGrace}
	data, err := b.getManifest(ctx)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open inventory: %q is no inventory: it holds no %s", p, manifestName)
	}
	if err == nil {
		b.manifest, err = inventory.DecodeManifest(data, p.url(p.key(manifestName)))
	}
	if err != nil {
		return nil, fmt.Errorf("open inventory: %w", err)
	}
	return b, nil
}

func (b *Bucket) getManifest(ctx context.Context) ([]byte, error) {
	return b.client.get(ctx, b.place.key(manifestName), maxManifest)
}

// Manifest returns what was asked for when the inventory was begun.
func (b *Bucket) Manifest() inventory.Manifest { return b.manifest }

// Has reports whether a unit is done, as the first listing and what was put since say.
func (b *Bucket) Has(ctx context.Context, unit inventory.Unit) (bool, error) {
	return b.done.has(unit, func() ([]inventory.Unit, error) { return b.Units(ctx) })
}

// Units returns the units that are done, in order, without their partition.
func (b *Bucket) Units(ctx context.Context) ([]inventory.Unit, error) {
	entries, err := b.entries(ctx)
	if err != nil {
		return nil, err
	}
	units := make([]inventory.Unit, len(entries))
	for i, entry := range entries {
		units[i] = entry.unit
	}
	return units, nil
}

// Put writes the part of a unit once and whole. A unit that is done already, or that another process finishes first,
// keeps the part that it has. A part goes on its way for a moment after ctx is cancelled: what was collected is kept.
func (b *Bucket) Put(ctx context.Context, part inventory.Part) error {
	ctx, stop := outlive(ctx, b.grace)
	defer stop()
	has, err := b.Has(ctx, part.Unit)
	if err != nil || has {
		return err
	}
	var data bytes.Buffer
	if err := b.encoders.compress(&data, func(w io.Writer) error { return inventory.WritePart(w, part) }); err != nil {
		return fmt.Errorf("put part %q: %w", b.url(part.Unit), err)
	}
	err = b.client.put(ctx, b.place.key(pathOf(part.Unit)), data.Bytes())
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("put part: %w", err)
	}
	b.done.add(part.Unit)
	return nil
}

// outlive returns a context that is cancelled some time after its parent.
func outlive(ctx context.Context, grace time.Duration) (context.Context, func()) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	forget := context.AfterFunc(ctx, func() {
		timer := time.AfterFunc(grace, cancel)
		context.AfterFunc(longer, func() { timer.Stop() })
	})
	return longer, func() { forget(); cancel() }
}

// Part reads the part of one unit; the error matches fs.ErrNotExist where there is none.
func (b *Bucket) Part(ctx context.Context, unit inventory.Unit) (inventory.Part, error) {
	if err := checkUnit(unit); err != nil {
		return inventory.Part{}, err
	}
	data, err := b.client.get(ctx, b.place.key(pathOf(unit)), maxPart)
	if err != nil {
		return inventory.Part{}, fmt.Errorf("read part: %w", err)
	}
	return b.read(unit, data)
}

// Parts yields the parts of the units that are done, ordered by account and region. It stops at the first error.
func (b *Bucket) Parts(ctx context.Context) iter.Seq2[inventory.Part, error] {
	return listed(ctx, b.entries)
}

func (b *Bucket) read(unit inventory.Unit, data []byte) (inventory.Part, error) {
	return readPart(bytes.NewReader(data), unit, b.url(unit))
}

func (b *Bucket) url(unit inventory.Unit) string { return b.place.url(b.place.key(pathOf(unit))) }

// entries lists the bucket. Its parts are fetched ahead.
func (b *Bucket) entries(ctx context.Context) ([]entry, error) {
	var entries []entry
	err := b.client.list(ctx, b.place.key("account="), pageSize, func(o object) bool {
		if unit, ok := unitAt(strings.TrimPrefix(o.Key, b.place.prefix)); ok {
			entries = append(entries, b.entry(unit, o))
		}
		return true
	})
	if err != nil {
		return nil, fmt.Errorf("list inventory: %w", err)
	}
	slices.SortFunc(entries, func(a, b entry) int { return compareUnit(a.unit, b.unit) })
	return slices.CompactFunc(entries, func(a, b entry) bool { return a.unit == b.unit }), nil
}

func (b *Bucket) entry(unit inventory.Unit, o object) entry {
	return entry{
		unit: unit, size: o.Size,
		fetch: func(ctx context.Context) ([]byte, error) {
			data, err := b.client.get(ctx, o.Key, min(o.Size, maxPart))
			if err != nil {
				return nil, fmt.Errorf("read part: %w", err)
			}
			return data, nil
		},
		read: func(data []byte) (inventory.Part, error) { return b.read(unit, data) },
	}
}

// createBucket begins an inventory in a bucket, or resumes one that asked for the same.
func createBucket(ctx context.Context, client *s3, p place, asked inventory.Manifest) (*Bucket, error) {
	b := &Bucket{client: client, place: p, grace: putGrace}
	begun, err := b.begin(ctx, asked)
	if err == nil {
		err = b.proveOnce(ctx, begun)
	}
	if err != nil {
		return nil, fmt.Errorf("create inventory: %w", err)
	}
	b.manifest, err = inventory.DecodeManifest(begun, p.url(p.key(manifestName)))
	if err != nil {
		return nil, fmt.Errorf("open inventory: %w", err)
	}
	if what := difference(b.manifest, asked); what != "" {
		return nil, fmt.Errorf("resume inventory %q: it was begun with other %s: name another prefix", p, what)
	}
	return b, nil
}

// begin returns the manifest that is there, after putting one where there is none. Another process may be doing the same:
// the first one's stays.
func (b *Bucket) begin(ctx context.Context, asked inventory.Manifest) ([]byte, error) {
	begun, err := b.getManifest(ctx)
	if !errors.Is(err, fs.ErrNotExist) {
		return begun, err
	}
	foreign, err := b.foreign(ctx)
	if err != nil {
		return nil, err
	}
	if foreign == "" {
		data, err := inventory.EncodeManifest(asked)
		if err != nil {
			return nil, err
		}
		if err := b.client.put(ctx, b.place.key(manifestName), data); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
	}
	begun, err = b.getManifest(ctx)
	if foreign != "" && errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%q holds %.80q but no %s: it is used for something else", b.place, foreign, manifestName)
	}
	return begun, err
}

// foreign returns something that is in the place of an inventory; what the console makes for a folder is nothing. It may
// be the part of a process that has begun the inventory at this moment.
func (b *Bucket) foreign(ctx context.Context) (string, error) {
	found := ""
	err := b.client.list(ctx, b.place.prefix, 2, func(o object) bool {
		found = strings.TrimPrefix(o.Key, b.place.prefix)
		return found == ""
	})
	return found, err
}

// proveOnce puts the manifest that is there again, which must be refused. Some servers that speak S3 take no notice of the
// condition: on these, parts would be replaced. It also tells at once, not after hours of collecting, that nothing can
// be put.
func (b *Bucket) proveOnce(ctx context.Context, begun []byte) error {
	err := b.client.put(ctx, b.place.key(manifestName), begun)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil
	case err == nil:
		return b.client.unconditional(errors.New("takes no notice of If-None-Match"))
	}
	return err
}
