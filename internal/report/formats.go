package report

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/amiscan/amiscan/internal/finding"
)

// format is one line of the table of formats: adding a format is one file and one line here.
type format struct {
	name string
	open func(io.Writer, Options) Reporter
}

func formats() []format {
	return []format{
		{"text", newText},
		{"json", newJSON},
		{"sarif", newSARIF},
		{"junit", newJUnit},
		{"markdown", newMarkdown},
	}
}

// Formats returns the names of all formats, the default first.
func Formats() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

// New returns a reporter that writes the named format to w. Nothing is closed or synced: that is for the owner of w.
func New(name string, w io.Writer, options Options) (Reporter, error) {
	for _, f := range formats() {
		if f.name == name {
			return &ordered{name: name, inner: f.open(w, options)}, nil
		}
	}
	return nil, fmt.Errorf("report format %q is none of %s", name, strings.Join(Formats(), ", "))
}

// ordered holds every format to the contract of Reporter, so that none has to think of calls out of order or of
// findings that are none.
type ordered struct {
	name  string
	inner Reporter
	begun bool
	ended bool
}

var (
	errBegun    = errors.New("begun twice")
	errNotBegun = errors.New("not begun")
	errEnded    = errors.New("already ended")
)

func (o *ordered) Begin(h Header) error {
	if o.begun {
		return o.wrap("begin", errBegun)
	}
	o.begun = true
	return o.wrap("begin", o.inner.Begin(h))
}

func (o *ordered) Finding(f finding.Finding) error {
	if err := o.open(); err != nil {
		return o.wrap("write finding in", err)
	}
	if f.Severity.String() == "invalid" || f.Outcome.String() == "invalid" {
		err := fmt.Errorf("finding of %q for %q: severity %d, outcome %d", f.Policy, f.Resource.ID, f.Severity, f.Outcome)
		return o.wrap("write finding in", err)
	}
	return o.wrap("write finding in", o.inner.Finding(f))
}

func (o *ordered) End(f Footer) error {
	if err := o.open(); err != nil {
		return o.wrap("end", err)
	}
	o.ended = true
	return o.wrap("end", o.inner.End(f))
}

func (o *ordered) open() error {
	switch {
	case !o.begun:
		return errNotBegun
	case o.ended:
		return errEnded
	}
	return nil
}

func (o *ordered) wrap(operation string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s %s report: %w", operation, o.name, err)
}
