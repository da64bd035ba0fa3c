package report

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// File is a report on its way to disk. It is written beside its target and takes the target's place on Commit, so that
// a run that dies leaves the earlier report or none, never half of one.
type File struct {
	path   string
	target string
	temp   string
	file   *os.File
	done   bool
}

// Create opens a report that is to stand at path. The directory must exist. A symbolic link is followed; a device or
// pipe, such as /dev/stdout, is written to as it is, because nothing may take its place. Errors name the path.
func Create(path string) (*File, error) {
	target := path
	if resolved, err := filepath.EvalSymlinks(path); err == nil {
		target = resolved
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return createBeside(path, target, 0)
	case err != nil:
		return nil, fmt.Errorf("create report %q: %w", path, cause(err))
	case info.IsDir():
		return nil, fmt.Errorf("create report %q: is a directory", path)
	case !info.Mode().IsRegular():
		return openInPlace(path)
	}
	return createBeside(path, target, info.Mode().Perm())
}

func openInPlace(path string) (*File, error) {
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("create report %q: %w", path, cause(err))
	}
	return &File{path: path, file: file}, nil
}

// createBeside opens the temporary file in the target's directory: a rename is whole only within one file system. A
// new report gets the permissions that the umask leaves; one that replaces another keeps the other's.
func createBeside(path, target string, mode fs.FileMode) (*File, error) {
	temp := filepath.Join(filepath.Dir(target), "."+filepath.Base(target)+"."+rand.Text()[:10]+".tmp")
	file, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, fmt.Errorf("create report %q: %w", path, cause(err))
	}
	f := &File{path: path, target: target, temp: temp, file: file}
	if mode == 0 {
		return f, nil
	}
	if err := file.Chmod(mode); err != nil {
		return nil, errors.Join(fmt.Errorf("create report %q: %w", path, cause(err)), f.Abort())
	}
	return f, nil
}

// Write writes to the report.
func (f *File) Write(p []byte) (int, error) {
	n, err := f.file.Write(p)
	if err != nil {
		err = fmt.Errorf("write report %q: %w", f.path, cause(err))
	}
	return n, err
}

// Commit puts the report in its place, durably. If that cannot be done, nothing is left behind and the target is as it
// was. Commit after Abort is an error.
func (f *File) Commit() error {
	if f.done {
		return fmt.Errorf("commit report %q: %w", f.path, os.ErrClosed)
	}
	f.done = true
	if err := f.commit(); err != nil {
		f.remove()
		return fmt.Errorf("commit report %q: %w", f.path, cause(err))
	}
	return nil
}

func (f *File) commit() error {
	if f.temp == "" {
		return f.file.Close()
	}
	if err := errors.Join(f.file.Sync(), f.file.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.temp, f.target); err != nil {
		return err
	}
	syncDir(filepath.Dir(f.target))
	return nil
}

// Abort throws the report away. After Commit or Abort it does nothing, so that it can be deferred.
func (f *File) Abort() error {
	if f.done {
		return nil
	}
	f.done = true
	err := f.file.Close()
	f.remove()
	if err != nil {
		return fmt.Errorf("abort report %q: %w", f.path, cause(err))
	}
	return nil
}

// Discard throws the report away and with it an earlier one in its place, which somebody could take for this one. A device
// or pipe stays.
func (f *File) Discard() error {
	if f.done {
		return fmt.Errorf("discard report %q: %w", f.path, os.ErrClosed)
	}
	err := f.Abort()
	if f.temp == "" {
		return err
	}
	if removal := os.Remove(f.target); removal != nil && !errors.Is(removal, fs.ErrNotExist) {
		err = errors.Join(err, fmt.Errorf("remove earlier report %q: %w", f.path, cause(removal)))
	}
	return err
}

func (f *File) remove() {
	if f.temp != "" {
		_ = os.Remove(f.temp)
	}
}

// syncDir makes the rename outlive a power cut. Not every system can sync a directory; the report stands either way.
func syncDir(path string) {
	dir, err := os.Open(path)
	if err != nil {
		return
	}
	_ = dir.Sync()
	_ = dir.Close()
}

// cause takes the operating system's own path out of an error: it names the temporary file, which nobody asked for.
func cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		return link.Err
	}
	return err
}
