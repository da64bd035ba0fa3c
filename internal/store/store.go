// Package store is where inventories live: a directory or a prefix of an S3 bucket with one compressed part for each
// unit, or a single file. Parts are put once and whole, so that a run that was cut off leaves nothing half done and
// resuming is listing and subtracting. Of AWS it knows S3 alone, and nothing of policies or reports.
package store

import (
	"context"
	"fmt"
	"iter"

	"github.com/amiscan/amiscan/internal/inventory"
)

// Store is an inventory that parts are put into and read from. Its methods may be called side by side, and other
// processes may put parts into the same place at the same time.
type Store interface {
	// Manifest returns what was asked for when the inventory was begun.
	Manifest() inventory.Manifest
	// Has reports whether a unit is done: whether it was there at the first question, when the store is listed once, or was
	// put through this store since. The partition makes no difference, because an account is in one partition only.
	Has(ctx context.Context, unit inventory.Unit) (bool, error)
	// Put writes the part of a unit once and whole. A unit that is done already, or that another process finishes first,
	// keeps the part that it has.
	Put(ctx context.Context, part inventory.Part) error
	// Units lists the store anew and returns the units that are done, ordered by account and region. They have no
	// partition: it stands in the parts.
	Units(ctx context.Context) ([]inventory.Unit, error)
	// Part reads the part of one unit, also of one that another process has put a moment ago. The error matches
	// fs.ErrNotExist where there is none.
	Part(ctx context.Context, unit inventory.Unit) (inventory.Part, error)
	// Parts lists the store anew and yields the parts of the units that are done, ordered by account and region. It stops
	// at the first error.
	Parts(ctx context.Context) iter.Seq2[inventory.Part, error]
}

// Access says with whose credentials a bucket is opened. A directory needs none.
type Access struct {
	// Profile is a profile of the AWS configuration; empty means what the AWS CLI would take.
	Profile string
	// Region is where a bucket is looked for first if neither the environment nor the profile names a region.
	Region string
}

// Create begins an inventory in a directory or at s3://bucket/prefix, or resumes one that asked for the same: caller,
// organization, accounts, role, regions, images and facts. What the manifest that is there says of tool and start stays.
// It refuses an inventory that asked for something else, and a place that holds other things.
//
// What it puts into a bucket has no ACL and the encryption that the bucket has by default. An inventory holds no secrets
// but tells who can use what: the bucket should block public access.
func Create(ctx context.Context, location string, asked inventory.Manifest, access Access) (Store, error) {
	if !InBucket(location) {
		return orNothing(createDir(location, asked))
	}
	client, place, err := connect(ctx, location, access)
	if err != nil {
		return nil, fmt.Errorf("create inventory: %w", err)
	}
	return orNothing(createBucket(ctx, client, place, asked))
}

// Open opens an inventory that is there, in a directory or at s3://bucket/prefix. It refuses what is missing, no
// inventory, or of another schema version.
func Open(ctx context.Context, location string, access Access) (Store, error) {
	return open(ctx, location, access)
}

// lister is a store that Load can read from.
type lister interface {
	Store
	entries(ctx context.Context) ([]entry, error)
}

func open(ctx context.Context, location string, access Access) (lister, error) {
	if !InBucket(location) {
		return orNothing(openDir(location))
	}
	client, place, err := connect(ctx, location, access)
	if err != nil {
		return nil, fmt.Errorf("open inventory: %w", err)
	}
	return orNothing(openBucket(ctx, client, place))
}

// orNothing keeps the nil pointer beside an error from becoming a store that is not nil.
func orNothing[S lister](s S, err error) (lister, error) {
	if err != nil {
		return nil, err
	}
	return s, nil
}
