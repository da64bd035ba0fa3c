package store

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
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
	err = cmp.Or(fill(file, write), file.Close())
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

// placeError names what was to be written, and where a disk, a quota or a limit of the process is used up only that: the
// temporary file is gone again.
func placeError(path string, err error) error {
	for _, full := range []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		if errors.Is(err, full) {
			err = &hintedError{full, "make room and run again: the units that are done are kept"}
			break
		}
	}
	return fmt.Errorf("%q: %w", path, err)
}
