package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// The name of a temporary file begins and ends with these; a reader never takes one for a part.
const (
	temporaryPrefix = "."
	temporarySuffix = ".tmp"
)

func isTemporary(name string) bool {
	return strings.HasPrefix(name, temporaryPrefix) && strings.HasSuffix(name, temporarySuffix)
}

// putOnce writes a file whole or not at all, and never over another: the bytes go to a temporary file beside it, are
// synced, and then get their name by link(2), which fails with fs.ErrExist where a rename would replace. The directory
// is not synced: losing the name in a power cut means collecting the unit again, while a sync for each of 85,000 units
// costs minutes.
func putOnce(path string, write func(io.Writer) error) error {
	file, err := os.CreateTemp(filepath.Dir(path), temporaryPrefix+filepath.Base(path)+".*"+temporarySuffix)
	if err != nil {
		return err
	}
	err = errors.Join(fill(file, write), file.Close())
	if err == nil {
		err = os.Link(file.Name(), path)
	}
	return errors.Join(err, os.Remove(file.Name()))
}

// fill writes and syncs: a name must never come to stand for bytes that are not on the disk.
func fill(file *os.File, write func(io.Writer) error) error {
	if err := write(file); err != nil {
		return fmt.Errorf("write %s: %w", file.Name(), err)
	}
	return file.Sync()
}
