package store

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// createDir begins an inventory in a directory, or resumes one that asked for the same.
func createDir(path string, asked inventory.Manifest) (*Dir, error) {
	if err := os.MkdirAll(path, dirMode); err != nil {
		return nil, fmt.Errorf("create inventory: %w", placeError(path, err))
	}
	if err := beginManifest(path, asked); err != nil {
		return nil, fmt.Errorf("create inventory: %w", err)
	}
	dir, err := openDir(path)
	if err != nil {
		return nil, err
	}
	if what := difference(dir.manifest, asked); what != "" {
		return nil, fmt.Errorf("resume inventory %q: it was begun with other %s: name another directory", path, what)
	}
	return dir, nil
}

// beginManifest puts the manifest where there is none. Another process may be doing the same: the first one's stays.
func beginManifest(path string, asked inventory.Manifest) error {
	name := filepath.Join(path, manifestName)
	if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := expectNothing(path); err != nil {
		return err
	}
	data, err := inventory.EncodeManifest(asked)
	if err != nil {
		return err
	}
	err = putOnce(name, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return placeError(name, err)
	}
	return nil
}

// expectNothing keeps parts out of a directory that is used for something else. A manifest that another process puts
// at this moment, and what a cut-off run left of it, are no such thing.
func expectNothing(path string) error {
	entries, err := os.ReadDir(path)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if entry.Name() == manifestName {
			return nil
		}
		if !isTemporary(entry.Name()) {
			return fmt.Errorf("%q holds %.80q but no %s: it is used for something else", path, entry.Name(), manifestName)
		}
	}
	return nil
}

// difference names what two manifests ask for differently: "regions (then without \"eu-west-1\")"; empty where they ask
// for the same.
func difference(begun, asked inventory.Manifest) string {
	lists := []struct {
		name        string
		then, today []string
	}{
		{"caller", one(begun.Caller), one(asked.Caller)},
		{"organization", one(begun.Organization), one(asked.Organization)},
		{"accounts", begun.Accounts, asked.Accounts},
		{"filters", begun.Filters, asked.Filters},
		{"role", one(begun.Role), one(asked.Role)},
		{"regions", begun.Regions, asked.Regions},
		{"images", begun.Images, asked.Images},
		{"facts", begun.Facts, asked.Facts},
	}
	var found []string
	for _, list := range lists {
		var sides []string
		if only := without(list.then, list.today); only != "" {
			sides = append(sides, "then with "+only)
		}
		if only := without(list.today, list.then); only != "" {
			sides = append(sides, "now with "+only)
		}
		if len(sides) > 0 {
			found = append(found, fmt.Sprintf("%s (%s)", list.name, strings.Join(sides, ", ")))
		}
	}
	return strings.Join(found, " and ")
}

// one is a word as a list; no word is an empty one.
func one(word string) []string {
	if word == "" {
		return nil
	}
	return []string{word}
}

// without quotes the first few words of a that are not in b.
func without(a, b []string) string {
	const shown = 5
	var quoted []string
	for _, word := range slices.Sorted(slices.Values(a)) {
		if !slices.Contains(b, word) {
			quoted = append(quoted, fmt.Sprintf("%.80q", word))
		}
	}
	if len(quoted) > shown {
		quoted = append(quoted[:shown], fmt.Sprintf("and %d more", len(quoted)-shown))
	}
	return strings.Join(quoted, ", ")
}
