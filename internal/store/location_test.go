package store

import (
	"strings"
	"testing"
)

func TestParsePlace(t *testing.T) {
	t.Parallel()
	for location, want := range map[string]place{
		"s3://bucket": {"bucket", ""}, "s3://bucket/": {"bucket", ""}, "s3://bucket/a": {"bucket", "a/"},
		"s3://my.bucket-1/audit/2026-11-23/":         {"my.bucket-1", "audit/2026-11-23/"},
		"s3://bucket/a b/ü=&?#%+":                    {"bucket", "a b/ü=&?#%+/"},
		"s3://point-abcdefgh1234-s3alias/a":          {"point-abcdefgh1234-s3alias", "a/"},
		"s3://bucket/" + strings.Repeat("a", 800):    {"bucket", strings.Repeat("a", 800) + "/"},
		"s3://" + strings.Repeat("b", 63) + "/a/...": {strings.Repeat("b", 63), "a/.../"},
	} {
		if got, err := parsePlace(location); err != nil || got != want {
			t.Errorf("%s: %+v, %v", location, got, err)
		}
		if !InBucket(location) {
			t.Errorf("%s is in no bucket", location)
		}
	}
	if got := (place{"b", "a/c/"}).String(); got != "s3://b/a/c" {
		t.Errorf("place is %s", got)
	}
}

func TestParsePlaceRefuses(t *testing.T) {
	t.Parallel()
	for location, want := range map[string]string{
		"S3://bucket/a": "write s3://bucket/prefix", "s3:/bucket": "write s3://bucket/prefix", "s3:bucket": "write s3://bucket/prefix",
		"s3://": `"" is no name of a bucket`, "s3:///a": `"" is no name of a bucket`, "s3://ab": "3 to 63",
		"s3://Bucket/a": `"Bucket" is no name`, "s3://a_b/c": "is no name", "s3://-ab": "is no name", "s3://ab-": "is no name",
		"s3://a..b": "is no name", "s3://10.0.0.1/x": "is no name", "s3://bucket:9000/x": "is no name", "s3://me@bucket/x": "is no name",
		"s3://" + strings.Repeat("b", 64):                        "is no name",
		"s3://arn:aws:s3:eu-west-1:111122223333:accesspoint/p/x": "an ARN is no bucket",
		"s3://audit--euw1-az1--x-s3/a":                           "directory bucket",
		"s3://point-abc--op-s3/a":                                "on Outposts",
		"s3://bucket//a":                                         "an empty word",
		"s3://bucket/a//":                                        "an empty word",
		"s3://bucket/a/../b":                                     `".."`,
		"s3://bucket/./a":                                        `"."`,
		"s3://bucket/a\nb":                                       "can't be printed",
		"s3://bucket/a\u200bb":                                   "can't be printed",
		"s3://bucket/\xff":                                       "can't be printed",
		"s3://bucket/" + strings.Repeat("a", 801):                "longer than 800 bytes",
	} {
		if got, err := parsePlace(location); err == nil {
			t.Errorf("%.80q is %+v", location, got)
		} else if !strings.Contains(err.Error(), want) || len(err.Error()) > 400 {
			t.Errorf("%.80q: %v, want %q", location, err, want)
		}
		if !InBucket(location) {
			t.Errorf("%.80q would be a directory", location)
		}
	}
	for _, path := range []string{"s3", "s3/bucket", "./s3://bucket", "/s3:", "-", `C:\s3`, "audit"} {
		if InBucket(path) {
			t.Errorf("%s is no directory", path)
		}
	}
}

// Whatever is accepted says the same again, and keys of parts stay within what S3 takes.
func FuzzParsePlace(f *testing.F) {
	for _, seed := range []string{"s3://bucket/a/b/", "s3://bucket", "s3://a.b-c/x y", "s3://bucket/a/../b", "s3://10.0.0.1/"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, location string) {
		p, err := parsePlace(location)
		if err != nil {
			return
		}
		again, err := parsePlace(p.String())
		if err != nil || again != p {
			t.Errorf("%q is %+v, then %+v, %v", location, p, again, err)
		}
		longest := strings.Repeat("a", 64)
		key := p.key(pathOf(unit(longest, longest)))
		if found, ok := unitAt(strings.TrimPrefix(key, p.prefix)); len(key) > 1024 || !ok || found != listedUnit(longest, longest) {
			t.Errorf("the key has %d bytes, and is read as %v", len(key), found)
		}
		address, err := endpoint{}.url(t.Context(), "eu-west-1", p.bucket, key)
		if err != nil || !strings.HasSuffix(address.Host, "s3.eu-west-1.amazonaws.com") || address.RawQuery != "" || address.Fragment != "" {
			t.Errorf("%q is at %v, %v", location, address, err)
		}
	})
}
