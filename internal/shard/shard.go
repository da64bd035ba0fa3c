// Package shard divides an audit among workers that never speak with each other: every worker computes its own part from
// the list of units, which is the same for all, and from which of how many workers it is.
package shard

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Most is the largest number of shards. No engine starts more workers for one job: an array of AWS Batch has up to 10,000
// jobs, and Kubernetes takes up to 100,000 parallel pods of an Indexed Job (batch/v1, CompletionMode).
const Most = 100_000

// Shard is one of several parts of the same work. Parse and Detect make valid ones. The zero Shard is the whole work: nothing was
// divided.
type Shard struct {
	// Index says which part it is, from 1 to Count.
	Index int
	// Count is the number of parts.
	Count int
}

// Whole says that the work is not divided.
func (s Shard) Whole() bool { return s.Count <= 1 }

// String writes a shard as Parse reads it, and the zero Shard as nothing.
func (s Shard) String() string {
	if s == (Shard{}) {
		return ""
	}
	return fmt.Sprintf("%d/%d", s.Index, s.Count)
}

// Parse reads a shard such as "3/8": the third of eight.
func Parse(text string) (Shard, error) {
	index, count, ok := strings.Cut(text, "/")
	if !ok {
		return Shard{}, fmt.Errorf("parse shard %q: write INDEX/COUNT, such as 3/8", text)
	}
	i, err := number(index)
	if err != nil {
		return Shard{}, fmt.Errorf("parse shard %q: index %w", text, err)
	}
	n, err := number(count)
	if err != nil {
		return Shard{}, fmt.Errorf("parse shard %q: count %w", text, err)
	}
	s, err := numbered(i, n)
	if err != nil {
		return Shard{}, fmt.Errorf("parse shard %q: %w", text, err)
	}
	return s, nil
}

// numbered makes a shard of an index that begins with 1, and refuses one that no set of workers has.
func numbered(index, count int) (Shard, error) {
	switch {
	case count < 1:
		return Shard{}, errors.New("there must be 1 shard at least")
	case count > Most:
		return Shard{}, fmt.Errorf("there can't be more than %d shards", Most)
	case index < 1 || index > count:
		return Shard{}, fmt.Errorf("the index must be 1 to %d", count)
	}
	return Shard{Index: index, Count: count}, nil
}

// number reads decimal digits. strconv alone would also take signs.
func number(text string) (int, error) {
	if text == "" {
		return 0, errors.New("is missing")
	}
	if strings.Trim(text, "0123456789") != "" {
		return 0, fmt.Errorf("%q is no whole number", text)
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, fmt.Errorf("%q is too large", text)
	}
	return n, nil
}
