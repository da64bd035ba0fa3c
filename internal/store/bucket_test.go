package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

func TestBucketKeepsParts(t *testing.T) {
	t.Parallel()
	f := startFake(t)
	f.perPage = 2
	b := f.create("us-east-1", "eu-west-1", "ap-south-1")
	// S3 lists by bytes, and a hyphen comes before the slash.
	for _, account := range []string{"1-b", "0"} {
		if err := b.Put(t.Context(), part(account, "z", "z")); err != nil {
			t.Fatal(err)
		}
	}
	f.objects["a/b/account=1/region=x/other"] = nil
	f.objects["a/b/account=1/region=.x/"+partName] = nil
	f.objects["a/bc/account=1/region=q/"+partName] = nil
	opened, err := openBucket(t.Context(), f.client(), place{fakeBucket, "a/b/"})
	if err != nil {
		t.Fatal(err)
	}
	want := []inventory.Part{
		part("0", "z", "z"), part("1", "ap-south-1", "ap-south-1"), part("1", "eu-west-1", "eu-west-1"),
		part("1", "us-east-1", "us-east-1"), part("1-b", "z", "z"),
	}
	if diff := cmp.Diff(want, collect(t, opened)); diff != "" {
		t.Errorf("parts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(manifest(), opened.Manifest()); diff != "" {
		t.Errorf("manifest (-want +got):\n%s", diff)
	}
	for u, want := range map[inventory.Unit]bool{unit("1", "us-east-1"): true, unit("2", "us-east-1"): false} {
		if has, err := opened.Has(t.Context(), u); err != nil || has != want {
			t.Errorf("Has(%v) is %v, %v", u, has, err)
		}
	}
	_, err = opened.Part(t.Context(), unit("9", "r"))
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a part that is not there: %v", err)
	}
	got, err := opened.Part(t.Context(), unit("0", "z"))
	if diff := cmp.Diff(want[0], got); err != nil || diff != "" {
		t.Errorf("one part: %v (-want +got):\n%s", err, diff)
	}
}

// A bucket holds what a directory does, byte for byte and under the same names.
func TestBucketHoldsWhatADirectoryDoes(t *testing.T) {
	t.Parallel()
	f := startFake(t)
	f.create("r")
	_, path := create(t, part("1", "r", "r"))
	for _, name := range []string{manifestName, pathOf(unit("1", "r"))} {
		data, err := os.ReadFile(path + "/" + name)
		if err != nil || !bytes.Equal(data, f.objects["a/b/"+name]) {
			t.Errorf("%s differs (%v)", name, err)
		}
	}
	if len(f.objects) != 2 {
		t.Errorf("%d objects", len(f.objects))
	}
}

func TestBucketIsListedOnce(t *testing.T) {
	t.Parallel()
	f := startFake(t)
	b := f.create("r1", "r2")
	before, puts := f.count("ListObjectsV2"), f.count("PutObject")
	for i := range 100 {
		if _, err := b.Has(t.Context(), unit("1", fmt.Sprintf("r%d", i))); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Put(t.Context(), part("1", "r1", "again")); err != nil {
		t.Fatal(err)
	}
	if has, err := b.Has(t.Context(), unit("1", "r2")); !has || err != nil {
		t.Errorf("what was put is not there: %v", err)
	}
	if f.count("ListObjectsV2") != before || f.count("PutObject") != puts || f.count("GetObject") != 2 {
		t.Errorf("calls are %v", f.calls)
	}
}

func TestCreateBucketResumesOnlyTheSame(t *testing.T) {
	t.Parallel()
	f := startFake(t)
	f.create("r")
	same := manifest()
	same.Tool, same.Started = "amiscan 1.0.1", time.Time{}
	b, err := createBucket(t.Context(), f.client(), place{fakeBucket, "a/b/"}, same)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(manifest(), b.Manifest()); diff != "" {
		t.Errorf("the manifest changed (-want +got):\n%s", diff)
	}
	if has, err := b.Has(t.Context(), unit("1", "r")); !has || err != nil {
		t.Errorf("what the first run put is not there: %v", err)
	}
	same.Organization = "o-other"
	_, err = createBucket(t.Context(), f.client(), place{fakeBucket, "a/b/"}, same)
	wantError(t, err, `resume inventory "s3://audit-bucket/a/b": it was begun with other organization (then with "o-a"`)
	wantError(t, err, "name another prefix")
}

func TestBucketsThatAreNoInventory(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		objects map[string]string
		create  string
		open    string
	}{
		{"nothing", nil, "", `"s3://audit-bucket/a/b" is no inventory: it holds no manifest.json`},
		{"folder of the console", map[string]string{"a/b/": ""}, "", "is no inventory"},
		{"something else", map[string]string{"a/b/": "", "a/b/thesis.txt": "x"},
			`"s3://audit-bucket/a/b" holds "thesis.txt" but no manifest.json: it is used for something else`, "is no inventory"},
		{"other schema", map[string]string{"a/b/" + manifestName: `{"schema_version":"9"}`},
			`s3://audit-bucket/a/b/manifest.json is not readable: this amiscan reads "1"`, `this amiscan reads "1"`},
		{"broken", map[string]string{"a/b/" + manifestName: `{"schema_version":"1"`}, "unexpected end of JSON", "unexpected end of JSON"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := startFake(t)
			for key, text := range test.objects {
				f.objects[key] = []byte(text)
			}
			_, err := openBucket(t.Context(), f.client(), place{fakeBucket, "a/b/"})
			wantError(t, err, test.open)
			_, err = createBucket(t.Context(), f.client(), place{fakeBucket, "a/b/"}, manifest())
			if test.create == "" && err != nil {
				t.Error(err)
			}
			if test.create != "" {
				wantError(t, err, test.create)
			}
			if test.create != "" && len(f.written) > 0 {
				t.Errorf("wrote %v", f.written)
			}
		})
	}
}

// Another process may begin the inventory, and put a part, between our looking for the manifest and our listing.
func TestCreateBucketBesideAnother(t *testing.T) {
	t.Parallel()
	f := startFake(t)
	var once sync.Once
	f.before = func(_ http.ResponseWriter, _ *http.Request, operation, _ string) bool {
		if operation == "ListObjectsV2" {
			once.Do(func() {
				data, _ := inventory.EncodeManifest(manifest())
				f.objects["a/b/"+manifestName] = data
				f.objects["a/b/account=1/region=a/"+partName] = []byte("x")
			})
		}
		return false
	}
	if _, err := createBucket(t.Context(), f.client(), place{fakeBucket, "a/b/"}, manifest()); err != nil {
		t.Error(err)
	}
}

func TestBucketPutNeverReplaces(t *testing.T) {
	t.Parallel()
	f := startFake(t)
	early, late := f.create(), f.create()
	if has, err := late.Has(t.Context(), unit("1", "r")); has || err != nil {
		t.Fatalf("Has is %v, %v", has, err)
	}
	if err := early.Put(t.Context(), part("1", "r", "first")); err != nil {
		t.Fatal(err)
	}
	if err := late.Put(t.Context(), part("1", "r", "second")); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]inventory.Part{part("1", "r", "first")}, collect(t, late)); diff != "" {
		t.Errorf("parts (-want +got):\n%s", diff)
	}
	puts := f.count("PutObject")
	if err := late.Put(t.Context(), part("1", "r", "third")); err != nil || f.count("PutObject") != puts {
		t.Errorf("asked again for what was known to be there (%v)", err)
	}
}

func TestBucketsWithoutConditionsAreRefused(t *testing.T) {
	t.Parallel()
	t.Run("in words", func(t *testing.T) {
		t.Parallel()
		f := startFake(t)
		f.before = func(w http.ResponseWriter, _ *http.Request, operation, _ string) bool {
			if operation == "PutObject" {
				refuse(w, 501, "NotImplemented")
			}
			return operation == "PutObject"
		}
		_, err := createBucket(t.Context(), f.client(), place{fakeBucket, ""}, manifest())
		wantError(t, err, `create inventory: bucket "audit-bucket" refuses conditional puts: PutObject `+
			"s3://audit-bucket/manifest.json in eu-west-1: NotImplemented: no NotImplemented (request REQ1)")
		wantHint(t, err, "If-None-Match")
		if f.count("PutObject") != 1 {
			t.Errorf("put %d times", f.count("PutObject"))
		}
	})
	t.Run("in silence", func(t *testing.T) {
		t.Parallel()
		f := startFake(t)
		f.unconditional = true
		for range 2 {
			_, err := createBucket(t.Context(), f.client(), place{fakeBucket, ""}, manifest())
			wantError(t, err, `bucket "audit-bucket" takes no notice of If-None-Match`)
			wantHint(t, err, "If-None-Match")
		}
		data, _ := inventory.EncodeManifest(manifest())
		if !bytes.Equal(f.objects[manifestName], data) {
			t.Error("the proof changed the manifest")
		}
	})
}

func wantHint(t *testing.T, err error, want string) {
	t.Helper()
	var hinted interface{ Hint() string }
	if !errors.As(err, &hinted) || !strings.Contains(hinted.Hint(), want) {
		t.Errorf("no hint of %q in %v", want, err)
	}
}

// Whoever was interrupted keeps what was whole, but is not held up for long.
func TestBucketPutOutlivesTheRun(t *testing.T) {
	t.Parallel()
	f := startFake(t)
	b := f.create()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := b.Put(ctx, part("1", "r", "whole")); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]inventory.Part{part("1", "r", "whole")}, collect(t, b)); diff != "" {
		t.Errorf("parts (-want +got):\n%s", diff)
	}
	b.grace = 10 * time.Millisecond
	f.before = func(_ http.ResponseWriter, r *http.Request, _, _ string) bool {
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
		return true
	}
	if err := b.Put(ctx, part("1", "s", "late")); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
}

func TestPartsAreFetchedAheadAndYieldedInOrder(t *testing.T) {
	t.Parallel()
	f := startFake(t)
	var names []string
	for i := range 60 {
		names = append(names, fmt.Sprintf("r%02d", i))
	}
	b := f.create(names...)
	var flying, most atomic.Int32
	full := make(chan struct{})
	fill := sync.OnceFunc(func() { close(full) })
	f.before = func(_ http.ResponseWriter, _ *http.Request, operation, _ string) bool {
		if operation != "GetObject" {
			return false
		}
		n := flying.Add(1)
		defer flying.Add(-1)
		for old := most.Load(); n > old && !most.CompareAndSwap(old, n); old = most.Load() {
		}
		if n == fetchesAhead {
			fill()
		}
		select {
		case <-full: // the first wave waits for one another; nobody after it waits
		case <-time.After(10 * time.Second):
			t.Errorf("only %d are fetched at a time", n)
		}
		return false
	}
	var got []string
	for p, err := range b.Parts(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, p.Region)
	}
	if diff := cmp.Diff(names, got); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
	if most.Load() > fetchesAhead {
		t.Errorf("%d were fetched at a time", most.Load())
	}
}

func TestPartsStopWhenAsked(t *testing.T) {
	t.Parallel()
	f := startFake(t)
	b := f.create("a", "b", "c")
	for p := range b.Parts(t.Context()) {
		if p.Region != "a" {
			t.Errorf("went on to %v", p.Unit)
		}
		break
	}
	f.mu.Lock()
	f.objects["a/b/"+pathOf(unit("1", "b"))] = []byte("broken")
	f.mu.Unlock()
	var regions []string
	var last error
	for p, err := range b.Parts(t.Context()) {
		regions, last = append(regions, p.Region), err
	}
	wantError(t, last, "s3://audit-bucket/a/b/account=1/region=b/part.jsonl.zst:1: ")
	if diff := cmp.Diff([]string{"a", ""}, regions); diff != "" {
		t.Errorf("regions (-want +got):\n%s", diff)
	}
	// From here on nothing is broken: only the end of the run can stop it.
	f.mu.Lock()
	delete(f.objects, "a/b/"+pathOf(unit("1", "b")))
	f.mu.Unlock()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for _, err := range b.Parts(ctx) {
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("error is %v", err)
		}
		cancel()
	}
}

func TestAheadIsBounded(t *testing.T) {
	t.Parallel()
	var held, most atomic.Int64
	var entries []entry
	for i := range 50 {
		size := int64(bytesAhead / 3)
		if i%10 == 0 {
			size = 2 * bytesAhead // fetched alone
		}
		entries = append(entries, entry{
			unit: unit(fmt.Sprint(i), "r"), size: size,
			fetch: func(context.Context) ([]byte, error) {
				now := held.Add(min(size, bytesAhead))
				for old := most.Load(); now > old && !most.CompareAndSwap(old, now); old = most.Load() {
				}
				return nil, nil
			},
			read: func([]byte) (inventory.Part, error) {
				held.Add(-min(size, bytesAhead))
				return inventory.Part{Unit: unit(fmt.Sprint(i), "r")}, nil
			},
		})
	}
	n := 0
	for p, err := range inOrder(t.Context(), entries) {
		if err != nil || p.Account != fmt.Sprint(n) {
			t.Errorf("part %d is %v, %v", n, p.Unit, err)
		}
		n++
	}
	if n != 50 || most.Load() > bytesAhead {
		t.Errorf("%d parts, %d bytes held", n, most.Load())
	}
}

func TestLoadReadsBuckets(t *testing.T) {
	f := startFake(t)
	f.create("r", "s")
	f.environment(t)
	_, dir := create(t, part("1", "r", "r"), part("1", "s", "s"))
	want := hash(t, load(t, "", dir))
	loaded := load(t, "", "s3://"+fakeBucket+"/a/b/")
	for range 2 {
		if got := hash(t, loaded); got != want || loaded.Len() != 2 {
			t.Errorf("%d parts, hash %s, want %s", loaded.Len(), got, want)
		}
	}
	_, err := Load(t.Context(), []string{dir, "s3://" + fakeBucket + "/a/b"}, nil, inventory.ImportOptions{}, Access{})
	wantError(t, err, `account "1", region "r" stands in two of the inputs`)
	_, err = Load(t.Context(), []string{"s3://" + fakeBucket + "/none"}, nil, inventory.ImportOptions{}, Access{})
	wantError(t, err, `load inventory: open inventory: "s3://audit-bucket/none" is no inventory`)
	lists := f.count("ListObjectsV2")
	for range loaded.Parts(t.Context()) {
		break
	}
	if f.count("ListObjectsV2") != lists {
		t.Error("a loaded inventory is listed again")
	}
}

func TestCreateAndOpenTakeBothKindsOfPlace(t *testing.T) {
	f := startFake(t)
	f.environment(t)
	for _, location := range []string{t.TempDir() + "/inventory", "s3://" + fakeBucket, "s3://" + fakeBucket + "/x y/ü+=&%/2026-11-23/"} {
		s, err := Create(t.Context(), location, manifest(), Access{})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Put(t.Context(), part("1", "r", "a")); err != nil {
			t.Fatal(err)
		}
		again, err := Open(t.Context(), location, Access{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]inventory.Part{part("1", "r", "a")}, collect(t, again)); diff != "" {
			t.Errorf("%s: parts (-want +got):\n%s", location, diff)
		}
		units, err := again.Units(t.Context())
		if diff := cmp.Diff([]inventory.Unit{listedUnit("1", "r")}, units); err != nil || diff != "" {
			t.Errorf("%s: units (-want +got):\n%s", location, diff)
		}
	}
	for _, location := range []string{t.TempDir() + "/none", "s3://" + fakeBucket + "/none", "s3://" + fakeBucket + "x", "s3:/x"} {
		s, err := Open(t.Context(), location, Access{})
		if err == nil || s != nil || !strings.HasPrefix(err.Error(), "open inventory: ") {
			t.Errorf("%s: %v, %v", location, s, err)
		}
	}
	s, err := Create(t.Context(), "S3://bucket", manifest(), Access{})
	if s != nil {
		t.Error("a store beside an error")
	}
	wantError(t, err, `create inventory: "S3://bucket" is no bucket: write s3://bucket/prefix`)
	err = WriteFile("s3://bucket/a.jsonl", manifest(), nil)
	wantError(t, err, "a single file can't be written to a bucket")
	if entries, err := os.ReadDir("."); err != nil || slices.ContainsFunc(entries, func(e os.DirEntry) bool { return InBucket(e.Name()) }) {
		t.Error("a directory is called like a bucket")
	}
}
