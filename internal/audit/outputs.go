package audit

import (
	"errors"
	"fmt"
	"io"
	"syscall"

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
	// withheld are sentences about reports that were left out on purpose.
	withheld []string
}

// output is one report; it has no files where it goes to standard output.
type output struct {
	report.Reporter
	files []*report.File
	name  string
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
		reporter, err := report.New(w.Format, untilClosed{stdout}, options)
		return &output{Reporter: reporter, name: w.Format + " report on standard output"}, err
	}
	// Colour and the terminal's width are for standard output.
	options.Color = false
	if _, err := report.New(w.Format, io.Discard, options); err != nil {
		return nil, err
	}
	files, err := createAll(w.Paths(options.Split))
	if err != nil {
		return nil, err
	}
	for _, file := range files[1:] {
		options.Parts = append(options.Parts, file)
	}
	reporter, err := report.New(w.Format, files[0], options)
	return &output{Reporter: reporter, files: files, name: fmt.Sprintf("%s report %q", w.Format, w.Path)}, err
}

// untilClosed is standard output whose reader may have seen enough (`| head`): that is no failure, and the other reports
// go on.
type untilClosed struct{ io.Writer }

// Write drops what nobody reads any more.
func (u untilClosed) Write(p []byte) (int, error) {
	n, err := u.Writer.Write(p)
	if errors.Is(err, syscall.EPIPE) {
		return len(p), nil
	}
	return n, err
}

func (o *outputs) begin(h report.Header) {
	o.each(func(out *output) error { return out.Begin(h) })
}

func (o *outputs) finding(f finding.Finding) {
	o.each(func(out *output) error { return out.Finding(f) })
}

// endFiles closes the reports that go to files and puts the files in place.
func (o *outputs) endFiles(f report.Footer) {
	o.each(func(out *output) error {
		if len(out.files) == 0 {
			return nil
		}
		if err := out.End(f); err != nil {
			return err
		}
		return out.commit()
	})
}

// endStandardOutput closes the report on standard output.
func (o *outputs) endStandardOutput(f report.Footer) {
	o.each(func(out *output) error {
		if len(out.files) > 0 {
			return nil
		}
		return out.End(f)
	})
}

func (o *outputs) abort() {
	for _, out := range o.open {
		out.abort()
	}
}

// each hands something to every report that still works.
func (o *outputs) each(do func(*output) error) {
	var working []*output
	for _, out := range o.open {
		switch err := do(out); {
		case err == nil:
			working = append(working, out)
		case errors.Is(err, report.ErrWithheld):
			o.withhold(out)
		default:
			o.broken = append(o.broken, fmt.Errorf("write %s: %w", out.name, err))
			out.abort()
		}
	}
	o.open = working
}

// withhold leaves a report out. That is no failure: the verdict, which says that the run is incomplete, stands.
func (o *outputs) withhold(out *output) {
	o.withheld = append(o.withheld, out.name+" not written: the run is incomplete and code scanning would close the alerts "+
		"that it does not see; --sarif-incomplete writes it anyway")
	for _, file := range out.files {
		if err := file.Discard(); err != nil {
			o.broken = append(o.broken, err)
		}
	}
}

// tell says which reports were withheld; nobody need listen.
func (o *outputs) tell(warn func(string)) {
	if warn == nil {
		return
	}
	for _, sentence := range o.withheld {
		warn(sentence)
	}
}

// err says which reports were not written.
func (o *outputs) err() error { return errors.Join(o.broken...) }
