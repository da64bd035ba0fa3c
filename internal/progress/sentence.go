package progress

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Sentences writes single sentences to standard error, in either format. It serves where nothing is under way: before a
// Display begins, after it ended, and in commands that need none.
type Sentences struct {
	Out    io.Writer
	Format Format
	Now    func() time.Time
}

// Sentence writes one: as lines that begin with warning, error and hint, or as one JSON object whose hint is a field.
func (s Sentences) Sentence(level slog.Level, text, hint string) {
	s.put(event{at: s.Now(), level: level, msg: text, hint: hint})
}

// event is something that is told once.
type event struct {
	at    time.Time
	level slog.Level
	// msg is what a program reads beside the fields, text the whole sentence for people; none means that they are the same.
	msg, text string
	hint      string
	fields    []slog.Attr
}

func where(account, region string) []slog.Attr {
	fields := []slog.Attr{slog.String("account", account)}
	if region != "" {
		fields = append(fields, slog.String("region", region))
	}
	return fields
}

// put writes an event at once, so that no other writer comes between its lines.
func (s Sentences) put(e event) {
	line := e.lines()
	if s.Format == JSON {
		line = e.json()
	}
	// There is nobody left to tell that standard error is gone.
	_, _ = s.Out.Write(line)
}

// lines are an event for people.
func (e event) lines() []byte {
	text := e.text
	if text == "" {
		text = e.msg
	}
	var b bytes.Buffer
	fmt.Fprintln(&b, prefix(e.level)+printable(text))
	if e.hint != "" {
		fmt.Fprintln(&b, "hint: "+printable(e.hint))
	}
	return b.Bytes()
}

func prefix(level slog.Level) string {
	switch {
	case level >= slog.LevelError:
		return "error: "
	case level >= slog.LevelWarn:
		return "warning: "
	}
	return ""
}

// json is an event for programs. The keys keep their order.
func (e event) json() []byte {
	record := slog.NewRecord(e.at.UTC().Truncate(time.Millisecond), e.level, e.msg, 0)
	record.AddAttrs(e.fields...)
	if e.hint != "" {
		record.AddAttrs(slog.String("hint", e.hint))
	}
	var b bytes.Buffer
	handler := slog.NewJSONHandler(&b, &slog.HandlerOptions{Level: e.level})
	// A buffer takes everything, and no field is of a type that has no JSON.
	_ = handler.Handle(context.Background(), record)
	return escape(b.Bytes())
}

// printable keeps untrusted text on one line and away from the terminal's controls: white space and control characters
// become one space, whatever else has no shape (such as marks that turn the direction of writing) a question mark.
func printable(text string) string {
	shown := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			return ' '
		case r == utf8.RuneError || !unicode.IsPrint(r):
			return '?'
		}
		return r
	}, text)
	return strings.Join(strings.Fields(shown), " ")
}

// escape writes what is beyond ASCII and has no shape as \u. JSON itself demands that only below U+0020, but U+009B begins
// an escape sequence on terminals, too. Outside its strings JSON is ASCII.
func escape(line []byte) []byte {
	var b bytes.Buffer
	for _, r := range string(line) {
		switch {
		case r < 0x7f || unicode.IsPrint(r):
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.Bytes()
}
