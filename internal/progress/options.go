package progress

import (
	"fmt"
	"io"
	"time"

	"github.com/vbauerster/mpb/v8/cwriter"
)

// Format is how standard error is written.
type Format string

// The formats: sentences for people, or one JSON object a line.
const (
	Text Format = "text"
	JSON Format = "json"
)

// ParseFormat reads the value of a flag; the empty string is Text.
func ParseFormat(name string) (Format, error) {
	switch Format(name) {
	case Text, "":
		return Text, nil
	case JSON:
		return JSON, nil
	}
	return Text, fmt.Errorf("unknown log format %q: it is %s or %s", name, Text, JSON)
}

// Options say where and how a run is told.
type Options struct {
	// Out is standard error.
	Out    io.Writer
	Format Format
	// Terminal says that Out understands escape sequences, Width how many columns it has. Where Out is a terminal itself,
	// its width is asked again for every frame.
	Terminal bool
	Width    int
	// Quiet leaves out everything but warnings and errors.
	Quiet bool
	Now   func() time.Time
	// Every is the time between two lines, or two frames of the bar; zero means lineEvery or frameEvery.
	Every time.Duration
}

const (
	lineEvery  = 10 * time.Second
	frameEvery = 200 * time.Millisecond
	// plainWidth is that of a terminal that does not tell.
	plainWidth = 80
)

// Terminal tells whether a bar can be drawn on out, and how wide it may be.
func Terminal(out io.Writer, getenv func(string) string) (ok bool, width int) {
	if !redraws(getenv) {
		return false, 0
	}
	width, _, err := cwriter.New(out).GetTermSize()
	if err != nil || width <= 0 {
		return false, 0
	}
	return true, width
}

// redraws tells whether a terminal would replace one frame by the next. Jobs of continuous integration often have a
// pseudo-terminal, too, but their logs keep every frame; the common services set CI.
func redraws(getenv func(string) string) bool {
	return getenv("TERM") != "dumb" && (getenv("CI") == "" || getenv("CI") == "false")
}

func (o Options) bar() bool { return o.Terminal && o.Format != JSON && !o.Quiet }

func (o Options) interval() time.Duration {
	switch {
	case o.Every > 0:
		return o.Every
	case o.bar():
		return frameEvery
	}
	return lineEvery
}
