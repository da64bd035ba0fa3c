package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/amiscan/amiscan/internal/finding"
)

// maxFile bounds what is read of a source file, in bytes. Lines behind it are not found.
const maxFile = 1 << 20

// A checkout is the directory that findings' sources are in.
type checkout struct{ root string }

func (c checkout) check() error {
	root, err := os.OpenRoot(c.root)
	if err != nil {
		return fmt.Errorf("open checkout %q: %w", c.root, plain(err))
	}
	return root.Close()
}

// read returns the beginning of a regular file.
//
// A link on the way is refused, even one that stays inside: GitHub shows what a link contains, not what is behind it. The
// root refuses to leave the directory, whatever happens to the files in between.
func (c checkout) read(name string) ([]byte, error) {
	root, err := os.OpenRoot(c.root)
	if err != nil {
		return nil, plain(err)
	}
	defer root.Close() //nolint:errcheck // only read
	if err := regular(root, name); err != nil {
		return nil, err
	}
	file, err := root.Open(name)
	if err != nil {
		return nil, plain(err)
	}
	defer file.Close() //nolint:errcheck // only read
	text, err := io.ReadAll(io.LimitReader(file, maxFile))
	return text, plain(err)
}

// files reads each file once, for rules and templates: many of them share one.
type files struct {
	checkout checkout
	known    map[string]contents
}

type contents struct {
	text []byte
	err  error
}

// read takes a path that a person wrote, such as "./packer/web.pkr.hcl", and returns it cleaned.
func (f files) read(name string) (string, []byte, error) {
	cleaned := name
	if name != "" {
		cleaned = path.Clean(name)
	}
	if err := checkPath(cleaned); err != nil {
		return "", nil, err
	}
	file, found := f.known[cleaned]
	if !found {
		file.text, file.err = f.checkout.read(cleaned)
		f.known[cleaned] = file
	}
	return cleaned, file.text, file.err
}

// regular looks at each step of a path: directories, then a file. Nothing is opened before that, because the opening of a
// named pipe waits for somebody to write.
func regular(root *os.Root, name string) error {
	steps := strings.Split(name, "/")
	for i := range steps {
		step := path.Join(steps[:i+1]...)
		info, err := root.Lstat(step)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return errors.New("is not in the checkout")
		case err != nil:
			return plain(err)
		case info.Mode()&fs.ModeSymlink != 0:
			return errors.New("is behind a symbolic link")
		case i == len(steps)-1 && !info.Mode().IsRegular():
			return errors.New("is no regular file")
		case i < len(steps)-1 && !info.IsDir():
			return errors.New("is not in the checkout")
		}
	}
	return nil
}

// plain drops the operation and the path that the os package puts before the reason: messages name the file themselves.
func plain(err error) error {
	var wrapped *fs.PathError
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}

// configuration returns the source that stands for the configuration file, or nil if it is outside the checkout.
func (c checkout) configuration(file string) *finding.Source {
	if file == "" {
		return nil
	}
	name, err := c.relative(file)
	if err != nil || checkPath(name) != nil {
		return nil
	}
	if _, err := c.read(name); err != nil {
		return nil
	}
	return &finding.Source{Path: name, Line: 1}
}

// relative turns a path of the user into one of the checkout. Directories may be reached by links, such as /tmp on macOS;
// the file itself is left as it is.
func (c checkout) relative(file string) (string, error) {
	root, err := resolved(c.root)
	if err != nil {
		return "", err
	}
	directory, err := resolved(filepath.Dir(file))
	if err != nil {
		return "", err
	}
	name, err := filepath.Rel(root, filepath.Join(directory, filepath.Base(file)))
	return filepath.ToSlash(name), err
}

func resolved(directory string) (string, error) {
	absolute, err := filepath.Abs(directory)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(absolute)
}

// checkPath refuses all but plain relative paths with slashes. A colon stands in addresses, in drive letters and in the names
// of hidden streams of Windows; no template needs one.
func checkPath(name string) error {
	switch {
	case name == "":
		return errors.New("names no file")
	case strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) || r == unicode.ReplacementChar }):
		return errors.New("holds characters that cannot be printed")
	case strings.ContainsAny(name, `\:`), path.IsAbs(name):
		return errors.New("is not relative to the checkout, with slashes between the parts")
	case name == "..", strings.HasPrefix(name, "../"):
		return errors.New("is outside the checkout")
	case name == ".", !fs.ValidPath(name), !filepath.IsLocal(filepath.FromSlash(name)):
		return errors.New("is not the plain path of a file")
	}
	return nil
}

// lineOf returns the line on which the first occurrence of a text begins, or 1 if it isn't there.
func lineOf(text []byte, anchor string) (int, bool) {
	before, _, found := bytes.Cut(text, []byte(anchor))
	if !found {
		return 1, false
	}
	return lineAt(before), true
}

// lineAt returns the line on which the next character stands.
func lineAt(before []byte) int { return 1 + bytes.Count(before, []byte("\n")) }
