package audit

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/amiscan/amiscan/internal/report"
)

// Paths are the files that a report goes to: none for standard output, and several for SARIF that is split. The first
// keeps its name: amiscan.sarif, amiscan-2.sarif, amiscan-3.sarif.
func (o Output) Paths(split int) []string {
	if o.Path == "" {
		return nil
	}
	paths := []string{o.Path}
	if o.Format != "sarif" {
		return paths
	}
	extension := filepath.Ext(o.Path)
	for part := 2; part <= split; part++ {
		paths = append(paths, fmt.Sprintf("%s-%d%s", strings.TrimSuffix(o.Path, extension), part, extension))
	}
	return paths
}

// createAll opens all files of a report, or none.
func createAll(paths []string) ([]*report.File, error) {
	opened := &output{}
	for _, path := range paths {
		file, err := report.Create(path)
		if err != nil {
			opened.abort()
			return nil, err
		}
		opened.files = append(opened.files, file)
	}
	return opened.files, nil
}

// commit puts the files in place, the first one last: whoever finds it finds the others, too.
func (o *output) commit() error {
	for i := len(o.files) - 1; i >= 0; i-- {
		if err := o.files[i].Commit(); err != nil {
			return err
		}
	}
	return nil
}

func (o *output) abort() {
	for _, file := range o.files {
		_ = file.Abort() // a temporary file that can't be removed changes nothing about the error at hand
	}
}
