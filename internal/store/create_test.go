package store

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	at := t.TempDir()
	write := func(name, data string) string {
		path := filepath.Join(at, name)
		if err := os.MkdirAll(filepath.Dir(path), dirMode); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	file := write("file", "x")
	write("empty/x", "")
	write("version/"+manifestName, `{"schema_version":"9"}`)
	write("broken/"+manifestName, `{"schema_version":"1"`)
	tests := []struct {
		name, path, want string
	}{
		{"missing", filepath.Join(at, "missing"), "no such file or directory"},
		{"file", file, "is not a directory"},
		{"no inventory", filepath.Join(at, "empty"), "is no inventory: it holds no manifest.json"},
		{"other version", filepath.Join(at, "version"), `manifest.json is not readable: this amiscan reads "1"`},
		{"broken", filepath.Join(at, "broken"), "read schema version: unexpected end of JSON input"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := openDir(test.path)
			wantError(t, err, test.want)
		})
	}
}

func TestCreateResumesOnlyTheSame(t *testing.T) {
	t.Parallel()
	_, path := create(t)
	same := manifest()
	same.Tool, same.Started, same.EnabledRegions = "amiscan 1.0.1", time.Time{}, 18
	slices.Reverse(same.Regions)
	dir, err := createDir(path, same)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(manifest(), dir.Manifest()); diff != "" {
		t.Errorf("the manifest changed (-want +got):\n%s", diff)
	}
	tests := []struct {
		name   string
		change func(*inventory.Manifest)
		want   string
	}{
		{"facts", func(m *inventory.Manifest) { m.Facts = []string{"ami.launch_permissions"} },
			`facts (then with "ami.image", now with "ami.launch_permissions"): name another directory`},
		{"regions", func(m *inventory.Manifest) { m.Regions = m.Regions[:1] }, `other regions (then with "us-east-1"):`},
		{"images", func(m *inventory.Manifest) { m.Images = []string{"ami-1"} }, `other images (now with "ami-1"):`},
		{"organization", func(m *inventory.Manifest) { m.Organization = "o-b" }, `other organization (then with "o-a", now with "o-b"):`},
		{"no organization", func(m *inventory.Manifest) { m.Organization = "" }, `other organization (then with "o-a"):`},
		{"accounts", func(m *inventory.Manifest) { m.Accounts = []string{"2", "3"} },
			`other accounts (then with "1", now with "3"):`},
		{"filters", func(m *inventory.Manifest) { m.Filters = []string{"ou=ou-1"} }, `other filters (now with "ou=ou-1"):`},
		{"role", func(m *inventory.Manifest) { m.Role = "other" }, `other role (then with "audit", now with "other"):`},
		{"caller and facts", func(m *inventory.Manifest) { m.Caller, m.Facts = "2", nil },
			`caller (then with "111122223333", now with "2") and facts (then with "ami.image")`},
		{"many", func(m *inventory.Manifest) { m.Facts = append(m.Facts, "a", "b", "c", "d", "e", "f", "g") },
			`"e", and 2 more)`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			asked := manifest()
			test.change(&asked)
			_, err := createDir(path, asked)
			wantError(t, err, test.want)
		})
	}
}

func TestCreateKeepsOutOfOtherDirectories(t *testing.T) {
	t.Parallel()
	path := t.TempDir()
	if err := os.WriteFile(filepath.Join(path, "thesis.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := createDir(path, manifest())
	wantError(t, err, `holds "thesis.txt" but no manifest.json`)
	left := t.TempDir()
	if err := os.WriteFile(filepath.Join(left, ".manifest.json.1.tmp"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := createDir(left, manifest()); err != nil {
		t.Errorf("what a cut-off run left is in the way: %v", err)
	}
}
