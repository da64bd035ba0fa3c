package store

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

const images = `{"Images":[{"ImageId":"ami-0aaaaaaaaaaaaaaa1","OwnerId":"111122223333",` +
	`"State":"available","Public":false}]}`

const permissions = `{"ImageId":"ami-0aaaaaaaaaaaaaaa1","LaunchPermissions":[]}`

func load(t *testing.T, stdin string, paths ...string) *Inventory {
	t.Helper()
	loaded, err := Load(t.Context(), paths, strings.NewReader(stdin), inventory.ImportOptions{Region: "eu-west-1"}, Access{})
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

func hash(t *testing.T, loaded *Inventory) string {
	t.Helper()
	sum, err := SHA256(loaded.Parts(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// file writes a file into a fresh directory.
func file(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOneInventoryHasOneHashInEveryForm(t *testing.T) {
	t.Parallel()
	dir, path := create(t, part("2", "r", "b"), part("1", "r", "a"))
	plain := filepath.Join(t.TempDir(), "inventory.jsonl")
	small := filepath.Join(t.TempDir(), "inventory.jsonl.zst")
	for _, name := range []string{plain, small} {
		if err := WriteFile(name, dir.Manifest(), dir.Parts(t.Context())); err != nil {
			t.Fatal(err)
		}
	}
	renamed := file(t, "no-ending", nil)
	if err := os.Rename(small, renamed); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(plain)
	if err != nil {
		t.Fatal(err)
	}
	want := hash(t, load(t, "", path))
	for name, loaded := range map[string]*Inventory{
		"plain": load(t, "", plain), "compressed": load(t, "", renamed), "standard input": load(t, string(text), "-"),
	} {
		if got := hash(t, loaded); got != want {
			t.Errorf("%s: hash is %s, want %s", name, got, want)
		}
		if diff := cmp.Diff(manifest(), loaded.Manifest()); diff != "" {
			t.Errorf("%s: manifest (-want +got):\n%s", name, diff)
		}
		if loaded.Len() != 2 {
			t.Errorf("%s: %d parts", name, loaded.Len())
		}
	}
	_, other := create(t, part("2", "r", "b"), part("1", "r", "c"))
	if hash(t, load(t, "", other)) == want {
		t.Error("another inventory has the same hash")
	}
}

func TestOrderOfFilesMakesNoDifference(t *testing.T) {
	t.Parallel()
	_, dir := create(t, part("9", "r", "a"))
	paths := []string{file(t, "z.json", []byte(images)), file(t, "a.json.zst", packed(t, permissions)), dir}
	want := load(t, "", paths...)
	slices.Reverse(paths)
	got := load(t, "", append(paths, paths[0])...)
	if hash(t, got) != hash(t, want) || got.Len() != 2 {
		t.Errorf("%d parts, hashes %s and %s", got.Len(), hash(t, got), hash(t, want))
	}
	var accounts []string
	for p := range got.Parts(t.Context()) {
		accounts = append(accounts, p.Account)
	}
	if diff := cmp.Diff([]string{"111122223333", "9"}, accounts); diff != "" {
		t.Errorf("order of parts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want.Manifest(), got.Manifest()); diff != "" {
		t.Errorf("manifest (-want +got):\n%s", diff)
	}
	if hash(t, load(t, images+permissions, "-")) != hash(t, load(t, "", paths[1], paths[2])) {
		t.Error("standard input differs from files")
	}
}

func TestLoadReadsTheFactsOfSavedOutput(t *testing.T) {
	t.Parallel()
	loaded := load(t, images, "-", file(t, "p.json", []byte(permissions)))
	for part, err := range loaded.Parts(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for _, fact := range []string{"image", "launch_permissions"} {
			if status := part.Resources[0].Fact(fact).Status; status != inventory.Known {
				t.Errorf("%s is %s", fact, status)
			}
		}
		if part.Region != "eu-west-1" {
			t.Errorf("region is %q", part.Region)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	_, dir := create(t, part("111122223333", "eu-west-1", "a"))
	tests := []struct {
		name  string
		paths []string
		want  string
	}{
		{"nothing", nil, "no path given"},
		{"missing", []string{filepath.Join(dir, "missing")}, "no such file or directory"},
		{"no inventory", []string{t.TempDir()}, "holds no manifest.json"},
		{"not recognised", []string{file(t, "x.json", []byte("{}"))}, "x.json: not recognised"},
		{"truncated", []string{file(t, "x.zst", packed(t, images)[:30])}, "unexpected EOF"},
		{"unit twice", []string{dir, file(t, "x.json", []byte(images))},
			`account "111122223333", region "eu-west-1" stands in two of the inputs`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := Load(t.Context(), test.paths, nil, inventory.ImportOptions{Region: "eu-west-1"}, Access{})
			wantError(t, err, "load inventory: ")
			wantError(t, err, test.want)
		})
	}
}

func TestLoadOpensOneFileAtATime(t *testing.T) {
	t.Parallel()
	opened, closed := 0, 0
	for range 3 {
		reader := &lazyReader{open: func() (io.ReadCloser, error) {
			opened++
			return countingCloser{strings.NewReader(permissions), &closed}, nil
		}}
		if opened != closed {
			t.Fatalf("%d opened, %d closed", opened, closed)
		}
		if _, _, err := inventory.Load([]inventory.Input{{Name: "p", Data: reader}}, inventory.ImportOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	if opened != 3 || closed != 3 {
		t.Errorf("%d opened, %d closed", opened, closed)
	}
}

type countingCloser struct {
	*strings.Reader
	closed *int
}

func (c countingCloser) Close() error {
	*c.closed++
	return nil
}

func TestWriteFileNeverReplaces(t *testing.T) {
	t.Parallel()
	path := file(t, "inventory.jsonl", []byte("mine"))
	dir, _ := create(t)
	if err := WriteFile(path, manifest(), dir.Parts(t.Context())); !errors.Is(err, fs.ErrExist) {
		t.Errorf("error is %v", err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "mine" {
		t.Errorf("file is %q, %v", data, err)
	}
}
