package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

func manifest() inventory.Manifest {
	return inventory.Manifest{
		SchemaVersion: inventory.SchemaVersion, Tool: "amiscan 1.0.0", Caller: "111122223333",
		Organization: "o-a", Accounts: []string{"1", "2"}, Role: "audit",
		Regions: []string{"eu-west-1", "us-east-1"}, EnabledRegions: 17, Facts: []string{"ami.image"},
		Started: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
	}
}

func unit(account, region string) inventory.Unit {
	return inventory.Unit{Partition: "aws", Account: account, Region: region}
}

// listedUnit is a unit as a listing knows it.
func listedUnit(account, region string) inventory.Unit {
	return inventory.Unit{Account: account, Region: region}
}

// part returns a part with one image, whose name tells who wrote it.
func part(account, region, name string) inventory.Part {
	u := unit(account, region)
	image := inventory.NewResource(inventory.AMI, u, "ami-0aaaaaaaaaaaaaaa1")
	value, _ := json.Marshal(map[string]string{"Name": name})
	image.Facts["image"] = inventory.Fact{Status: inventory.Known, Value: value}
	return inventory.Part{
		Unit: u, Observed: time.Date(2026, 1, 2, 3, 4, 6, 0, time.UTC), Resources: []inventory.Resource{image},
		Coverage: []inventory.Coverage{
			{Unit: u, Kind: inventory.AMI, Fact: "image", Action: "ec2:DescribeImages", Status: inventory.Known, Items: 1},
		},
	}
}

// create begins an inventory in a fresh directory and puts parts into it.
func create(t *testing.T, parts ...inventory.Part) (*Dir, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "inventory")
	dir, err := createDir(path, manifest())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range parts {
		if err := dir.Put(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	return dir, path
}

func collect(t *testing.T, dir Store) []inventory.Part {
	t.Helper()
	var parts []inventory.Part
	for p, err := range dir.Parts(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, p)
	}
	return parts
}

func wantError(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error is %v, want %q", err, want)
	}
}

func TestDirKeepsParts(t *testing.T) {
	t.Parallel()
	want := []inventory.Part{part("1", "eu-west-1", "c"), part("1", "us-east-1", "b"), part("2", "eu-west-1", "a")}
	_, path := create(t, want[2], want[0], want[1])
	dir, err := openDir(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, collect(t, dir)); diff != "" {
		t.Errorf("parts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(manifest(), dir.Manifest()); diff != "" {
		t.Errorf("manifest (-want +got):\n%s", diff)
	}
	units, err := dir.Units(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]inventory.Unit{listedUnit("1", "eu-west-1"), listedUnit("1", "us-east-1"), listedUnit("2", "eu-west-1")}, units); diff != "" {
		t.Errorf("units (-want +got):\n%s", diff)
	}
	for unit, want := range map[inventory.Unit]bool{want[0].Unit: true, unit("2", "us-east-1"): false} {
		if has, err := dir.Has(t.Context(), unit); err != nil || has != want {
			t.Errorf("Has(%v) is %v, %v", unit, has, err)
		}
	}
}

func TestDirPartsStopsWhenAsked(t *testing.T) {
	t.Parallel()
	dir, _ := create(t, part("1", "r", "a"), part("2", "r", "a"))
	for p := range dir.Parts(t.Context()) {
		if p.Account != "1" {
			t.Errorf("went on to %v", p.Unit)
		}
		break
	}
}

func TestDirIsItsOwnersAlone(t *testing.T) {
	t.Parallel()
	_, path := create(t, part("1", "eu-west-1", "a"))
	err := filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		if mode := info.Mode().Perm(); mode&0o077 != 0 {
			t.Errorf("%s has mode %o", name, mode)
		}
		if isTemporary(entry.Name()) {
			t.Errorf("%s was left behind", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestPutNeverReplaces(t *testing.T) {
	t.Parallel()
	dir, path := create(t, part("1", "r", "first"))
	if err := dir.Put(t.Context(), part("1", "r", "second")); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]inventory.Part{part("1", "r", "first")}, collect(t, dir)); diff != "" {
		t.Errorf("parts (-want +got):\n%s", diff)
	}
	// The loser of a race has not seen the winner's part when it begins.
	write := func(w io.Writer) error { _, err := w.Write([]byte("late")); return err }
	name := filepath.Join(path, "account=1", "region=r", partName)
	if err := putOnce(name, write); !errors.Is(err, fs.ErrExist) {
		t.Errorf("error is %v", err)
	}
	if diff := cmp.Diff([]inventory.Part{part("1", "r", "first")}, collect(t, dir)); diff != "" {
		t.Errorf("parts after the race (-want +got):\n%s", diff)
	}
}

func TestPutByManyAtOnceKeepsOneWhole(t *testing.T) {
	t.Parallel()
	dir, path := create(t)
	var group sync.WaitGroup
	names := []string{"a", "b", "c", "d", "e", "f"}
	for _, name := range names {
		group.Go(func() {
			if err := dir.Put(t.Context(), part("1", "r", name)); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	parts := collect(t, dir)
	if len(parts) != 1 || !slices.ContainsFunc(names, func(name string) bool {
		return cmp.Equal(parts[0], part("1", "r", name))
	}) {
		t.Errorf("parts are %v", parts)
	}
	entries, err := os.ReadDir(filepath.Join(path, "account=1", "region=r"))
	if err != nil || len(entries) != 1 {
		t.Errorf("entries are %v, %v", entries, err)
	}
}

func TestWhatACutOffRunLeavesIsNoPart(t *testing.T) {
	t.Parallel()
	dir, path := create(t, part("1", "a", "done"))
	// What a process leaves that is killed between writing and linking: whole or half, under its temporary name.
	var whole bytes.Buffer
	err := new(encoders).compress(&whole, func(w io.Writer) error { return inventory.WritePart(w, part("1", "b", "half")) })
	if err != nil {
		t.Fatal(err)
	}
	unfinished := filepath.Join(path, "account=1", "region=b")
	if err := os.MkdirAll(unfinished, dirMode); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"1": whole.Bytes(), "2": whole.Bytes()[:20], "3": nil} {
		name = filepath.Join(unfinished, "."+partName+"."+name+".tmp")
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if has, err := dir.Has(t.Context(), unit("1", "b")); err != nil || has {
		t.Errorf("Has is %v, %v", has, err)
	}
	if diff := cmp.Diff([]inventory.Part{part("1", "a", "done")}, collect(t, dir)); diff != "" {
		t.Errorf("parts (-want +got):\n%s", diff)
	}
	resumed, err := createDir(path, manifest())
	if err != nil {
		t.Fatal(err)
	}
	if err := resumed.Put(t.Context(), part("1", "b", "again")); err != nil {
		t.Fatal(err)
	}
	want := []inventory.Part{part("1", "a", "done"), part("1", "b", "again")}
	if diff := cmp.Diff(want, collect(t, resumed)); diff != "" {
		t.Errorf("parts after resuming (-want +got):\n%s", diff)
	}
}

func TestPutLeavesNothingWhenWritingBreaks(t *testing.T) {
	t.Parallel()
	dir, path := create(t)
	broken := part("1", "r", "a")
	broken.Resources[0].Facts["image"] = inventory.Fact{Status: inventory.Known}
	wantError(t, dir.Put(t.Context(), broken), "put part: ")
	entries, err := os.ReadDir(filepath.Join(path, "account=1", "region=r"))
	if err != nil || len(entries) != 0 {
		t.Errorf("entries are %v, %v", entries, err)
	}
	if units, err := dir.Units(t.Context()); err != nil || len(units) != 0 {
		t.Errorf("units are %v, %v", units, err)
	}
}

func TestUnitsThatAreNoDirectoryNames(t *testing.T) {
	t.Parallel()
	dir, _ := create(t)
	for _, u := range []inventory.Unit{unit("..", "r"), unit("1", "a/b"), unit("", "r"), unit("1", ""), unit("1", ".x")} {
		wantError(t, dir.Put(t.Context(), inventory.Part{Unit: u}), "can't be stored")
		_, err := dir.Has(t.Context(), u)
		wantError(t, err, "can't be stored")
	}
}
