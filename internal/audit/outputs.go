package audit

import (
	"errors"
	"fmt"
	"io"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/report"
)

// Output asks for one report.
type Output struct {
	Format string
	// Path is the file to write; empty for standard output.
	Path string
}

// outputs are the reports under way. One that can't be written drops out and is told of at the end; the others go on.
type outputs struct {
	open   []*output
	broken []error
}

type output struct {
	report.Reporter
	file *report.File
	name string
}

// openOutputs starts every report. An unknown format is an error at once; a path that can't be written too, since nothing
// was judged before it.
func openOutputs(wanted []Output, stdout io.Writer, options report.Options) (*outputs, error) {
	all := &outputs{}
	for _, w := range wanted {
		o, err := openOutput(w, stdout, options)
		if err != nil {
			all.abort()
			return nil, err
		}
		all.open = append(all.open, o)
	}
	return all, nil
}

func openOutput(w Output, stdout io.Writer, options report.Options) (*output, error) {
	if w.Path == "" {
		reporter, err := report.New(w.Format, stdout, options)
		return &output{Reporter: reporter, name: w.Format + " report on standard output"}, err
	}
	// Colour and the terminal's width are for standard output.
	options.Color = false
	if _, err := report.New(w.Format, io.Discard, options); err != nil {
		return nil, err
	}
	file, err := report.Create(w.Path)
	if err != nil {
		return nil, err
	}
	reporter, err := report.New(w.Format, file, options)
	return &output{Reporter: reporter, file: file, name: fmt.Sprintf("%s report %q", w.Format, w.Path)}, err
}

func (o *outputs) begin(h report.Header) {
	o.each(func(r report.Reporter) error { return r.Begin(h) })
}

func (o *outputs) finding(f finding.Finding) {
	o.each(func(r report.Reporter) error { return r.Finding(f) })
}

// end closes the reports and puts the files in place.
func (o *outputs) end(f report.Footer) {
	o.each(func(r report.Reporter) error { return r.End(f) })
	for _, out := range o.open {
		if out.file == nil {
			continue
		}
		if err := out.file.Commit(); err != nil {
			o.broken = append(o.broken, fmt.Errorf("write %s: %w", out.name, err))
		}
	}
}

func (o *outputs) abort() {
	for _, out := range o.open {
		if out.file != nil {
			_ = out.file.Abort() // a temporary file that can't be removed changes nothing about the error at hand
		}
	}
}

// each hands something to every report that still works.
func (o *outputs) each(do func(report.Reporter) error) {
	var working []*output
	for _, out := range o.open {
		if err := do(out.Reporter); err != nil {
			o.broken = append(o.broken, fmt.Errorf("write %s: %w", out.name, err))
			if out.file != nil {
				_ = out.file.Abort() // the report is broken already
			}
			continue
		}
		working = append(working, out)
	}
	o.open = working
}

// err says which reports were not written.
func (o *outputs) err() error { return errors.Join(o.broken...) }
