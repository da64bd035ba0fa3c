package store

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxPrefix bounds a prefix, in bytes: keys have at most 1,024 ("Naming Amazon S3 objects"), and the longest name of a
// part takes some 160 of them.
const maxPrefix = 800

// bucketName follows "General purpose bucket naming rules" of the S3 User Guide.
var bucketName = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)

// place is where an inventory lives in S3. The prefix is empty or ends with a slash.
type place struct {
	bucket, prefix string
}

// InBucket reports whether a location is meant to be in S3. Everything that begins with "s3:" is, so that a slip of the
// pen makes no directory of that name; a directory that is really called so is written "./s3:".
func InBucket(location string) bool {
	scheme, _, found := strings.Cut(location, ":")
	return found && strings.EqualFold(scheme, "s3")
}

// parsePlace reads s3://bucket/prefix; a slash at the end makes no difference.
func parsePlace(location string) (place, error) {
	rest, found := strings.CutPrefix(location, "s3://")
	if !found {
		return place{}, fmt.Errorf("%.200q is no bucket: write s3://bucket/prefix", location)
	}
	bucket, prefix, _ := strings.Cut(rest, "/")
	if err := checkBucket(bucket); err != nil {
		return place{}, fmt.Errorf("%.200q: %w", location, err)
	}
	if prefix = strings.TrimSuffix(prefix, "/"); prefix == "" {
		return place{bucket: bucket}, nil
	}
	if err := checkPrefix(prefix); err != nil {
		return place{}, fmt.Errorf("%.200q: %w", location, err)
	}
	return place{bucket: bucket, prefix: prefix + "/"}, nil
}

func checkBucket(name string) error {
	_, err := netip.ParseAddr(name)
	switch {
	case strings.HasPrefix(name, "arn:"):
		return fmt.Errorf("an ARN is no bucket: write its name, or the alias of the access point")
	case !bucketName.MatchString(name), strings.Contains(name, ".."), err == nil:
		return fmt.Errorf("%.80q is no name of a bucket: they have 3 to 63 lower-case letters, digits, dots and hyphens", name)
	case strings.HasSuffix(name, "--x-s3"), strings.HasSuffix(name, "--op-s3"):
		return fmt.Errorf("%q is a directory bucket or on Outposts: an inventory needs a general purpose bucket", name)
	}
	return nil
}

// checkPrefix refuses what proxies or the path of a URL would change, and what XML can't say.
func checkPrefix(prefix string) error {
	strange := func(r rune) bool { return r != ' ' && !unicode.IsPrint(r) }
	empty := func(word string) bool { return word == "" || word == "." || word == ".." }
	switch {
	case len(prefix) > maxPrefix:
		return fmt.Errorf("the prefix is longer than %d bytes", maxPrefix)
	case !utf8.ValidString(prefix), strings.ContainsFunc(prefix, strange):
		return fmt.Errorf("the prefix holds characters that can't be printed")
	case slices.ContainsFunc(strings.Split(prefix, "/"), empty):
		return fmt.Errorf("the prefix holds an empty word, \".\" or \"..\" between its slashes")
	}
	return nil
}

// key is the key of a name in the inventory.
func (p place) key(name string) string { return p.prefix + name }

// url is the name that people know an object by.
func (p place) url(key string) string { return "s3://" + p.bucket + "/" + key }

// String is the location of the inventory.
func (p place) String() string { return strings.TrimSuffix(p.url(p.prefix), "/") }
