package source

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"

	"github.com/amiscan/amiscan/internal/finding"
)

// lineMark is how GitHub's links name a line, or several of which the first counts: "#L12", "#L12-L20".
var lineMark = regexp.MustCompile(`^(.*)#L([0-9]+)(-L?[0-9]+)?$`)

// taggedFile is what is known of a file that a tag names.
type taggedFile struct {
	lines int
	err   error
}

// fromTag returns the source that a tag names, or nil. Whoever may tag an image writes this: a value that names no file of the
// checkout is put aside with a warning, and a line that the file doesn't have, or no longer has, becomes the first.
func (f *Finder) fromTag(tag string) *finding.Source {
	if tag == "" {
		return nil
	}
	name, line := splitLine(tag)
	f.mutex.Lock()
	defer f.mutex.Unlock()
	file := f.taggedFile(name)
	if file.err != nil {
		f.refused[fmt.Sprintf("tag %.128q: %.256q %s: it is ignored", f.tag, tag, file.err)] = true
		return nil
	}
	if line < 1 || line > file.lines {
		line = 1
	}
	return &finding.Source{Path: name, Line: line}
}

// taggedFile counts the lines of a file once, however many tags name it.
func (f *Finder) taggedFile(name string) taggedFile {
	file, known := f.tagged[name]
	if known {
		return file
	}
	if file.err = checkPath(name); file.err == nil {
		var text []byte
		text, file.err = f.checkout.read(name)
		file.lines = lineCount(text)
	}
	f.tagged[name] = file
	return file
}

// splitLine parts a path from the line behind it.
func splitLine(tag string) (name string, line int) {
	parts := lineMark.FindStringSubmatch(tag)
	if parts == nil {
		return tag, 1
	}
	line, err := strconv.Atoi(parts[2])
	if err != nil {
		return parts[1], 1
	}
	return parts[1], line
}

// lineCount doesn't count what follows the last line break, if that is nothing.
func lineCount(text []byte) int { return lineAt(bytes.TrimSuffix(text, []byte("\n"))) }
