package main

import (
	"log/slog"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amiscan/amiscan/internal/audit"
	"github.com/amiscan/amiscan/internal/progress"
)

// beginProgress tells on standard error how reading goes on, until endProgress.
func (a *app) beginProgress(c *cli.Context) (audit.Watcher, error) {
	format, err := progress.ParseFormat(c.String("log-format"))
	if err != nil {
		return nil, &usageError{message: "--log-format: " + err.Error(), hint: "write text or json"}
	}
	terminal, width := progress.Terminal(a.stderr, a.getenv)
	a.logFormat = format
	a.display = progress.New(progress.Options{
		Out: a.stderr, Format: format, Terminal: terminal, Width: width, Quiet: c.Bool("quiet"), Now: a.now,
	})
	return a.display, nil
}

// endProgress takes the progress away; what is written on standard error from then on stands alone.
func (a *app) endProgress() {
	if a.display != nil {
		a.display.Close()
		a.display = nil
	}
}

// say writes a sentence on standard error.
func (a *app) say(text string) { a.sentences().Sentence(slog.LevelInfo, text, "") }

func (a *app) sentences() progress.Sentences {
	return progress.Sentences{Out: a.stderr, Format: a.logFormat, Now: a.now}
}

// earlyFormat is how standard error is written before flags are read: mistakes in them are told in it, too.
func earlyFormat(w world) progress.Format {
	value := w.getenv("AMISCAN_LOG_FORMAT")
	for i, arg := range w.args {
		name, rest, joined := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		switch {
		case name != "log-format" || !strings.HasPrefix(arg, "-"):
		case joined:
			value = rest
		case i+1 < len(w.args):
			value = w.args[i+1]
		}
	}
	format, err := progress.ParseFormat(value)
	if err != nil {
		return progress.Text // reading the flag tells what is wrong with it
	}
	return format
}
