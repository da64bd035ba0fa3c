package progress

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// erase is the only escape sequence that a bar needs: some lines up, and clear what is below.
var erase = regexp.MustCompile(`^\x1b\[(\d+)A\x1b\[J`)

// terminal understands as much of a terminal as a bar needs.
type terminal struct {
	t     *testing.T
	width int
	rows  []string
}

func (s *terminal) Write(p []byte) (int, error) {
	text := string(p)
	for text != "" {
		if up := erase.FindStringSubmatch(text); up != nil {
			n, _ := strconv.Atoi(up[1])
			if n > len(s.rows) {
				s.t.Fatalf("%d lines up of %d", n, len(s.rows))
			}
			s.rows, text = s.rows[:len(s.rows)-n], text[len(up[0]):]
			continue
		}
		row, after, whole := strings.Cut(text, "\n")
		if !whole || strings.ContainsFunc(row, func(r rune) bool { return r < ' ' }) {
			s.t.Fatalf("unexpected: %q", text)
		}
		if strings.HasPrefix(row, "[") && utf8.RuneCountInString(row) > s.width {
			s.t.Errorf("%d columns: %q wraps", s.width, row)
		}
		s.rows, text = append(s.rows, row), after
	}
	return len(p), nil
}

// see is what stands on the terminal now.
func (s *terminal) see() []string {
	synctest.Wait()
	return append([]string(nil), s.rows...)
}

// atTerminal tells a Display with a bar of a made-up run.
func atTerminal(t *testing.T, width int, tell func(*Display, *terminal)) *terminal {
	t.Helper()
	screen := &terminal{t: t, width: width}
	synctest.Test(t, func(*testing.T) {
		d := New(Options{Out: screen, Terminal: true, Width: width, Now: time.Now})
		tell(d, screen)
		d.Close()
	})
	return screen
}

func TestScreen(t *testing.T) {
	t.Parallel()
	screen := atTerminal(t, 100, func(d *Display, s *terminal) {
		expect := func(want ...string) {
			t.Helper()
			if diff := cmp.Diff(want, s.see()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		}
		d.Say("shard 2 of 8")
		expect("shard 2 of 8", "[----------------------------]  listing  end unknown  0 calls/s  0 calls")
		d.Listed(100)
		rest(200 * time.Millisecond)
		expect("shard 2 of 8", "[----------------------------]  0/100+  end unknown  0 calls/s  0 calls")
		d.ListedAll()
		for i := range 50 {
			d.Started("111122223333", fmt.Sprint(i))
			d.Called("ec2:DescribeImages", i < 10)
			d.Finished("111122223333", fmt.Sprint(i), 0)
			rest(time.Second)
		}
		d.Started("111122223333", "eu-west-1")
		rest(200 * time.Millisecond)
		expect("shard 2 of 8", "[=============>--------------]  50/100  50s left  1 running  1 calls/s  50 calls")
		d.Failed("111122223333", "eu-west-1", "ec2:DescribeImages", "UnauthorizedOperation")
		d.Sentence(slog.LevelWarn, "the clock is late", "set it")
		rest(200 * time.Millisecond)
		expect("shard 2 of 8",
			"warning: 111122223333 in eu-west-1 was not read: ec2:DescribeImages: UnauthorizedOperation",
			"warning: the clock is late", "hint: set it",
			"[=============>--------------]  50/100  1 failed  48s left  0.9 calls/s  50 calls")
	})
	want := []string{
		"shard 2 of 8",
		"warning: 111122223333 in eu-west-1 was not read: ec2:DescribeImages: UnauthorizedOperation",
		"warning: the clock is late", "hint: set it",
		"50 of 100 units in 50s, 1 failed, 50 calls, 20% throttled, most of them ec2:DescribeImages",
	}
	if diff := cmp.Diff(want, screen.rows); diff != "" {
		t.Errorf("after Close (-want +got)\n%s", diff)
	}
}

func TestBarLeavesNothingOfAnEmptyRun(t *testing.T) {
	t.Parallel()
	screen := atTerminal(t, 80, func(*Display, *terminal) { rest(time.Second) })
	if len(screen.rows) != 0 {
		t.Errorf("%q", screen.rows)
	}
}

// TestBarFits draws the longest values that a run may have on terminals of every width.
func TestBarFits(t *testing.T) {
	t.Parallel()
	for width := 1; width <= 200; width++ {
		atTerminal(t, width, func(d *Display, s *terminal) {
			d.Listed(34_567_890)
			for i := range 1000 {
				d.Started("111122223333", fmt.Sprint(i))
				d.Called("ec2:DescribeImages", i%2 == 0)
				if i%3 > 0 {
					d.Finished("111122223333", fmt.Sprint(i), 0)
				}
				if i%100 == 0 {
					rest(time.Second)
				}
			}
			d.ListedAll()
			rest(10 * time.Second)
			if bar := s.see()[0]; width >= 40 && !strings.Contains(bar, "]  666/34567890  288h 21m left") {
				t.Errorf("%d columns: %q", width, bar)
			}
		})
	}
}

func TestNoEscapesWithoutTerminal(t *testing.T) {
	t.Parallel()
	for _, o := range []Options{{}, {Format: JSON, Terminal: true}, {Quiet: true, Terminal: true}} {
		got := run(t, o, func(d *Display) {
			everything(d, "111122223333")
			rest(time.Minute)
		})
		if got == "" || strings.Contains(got, "\x1b") {
			t.Errorf("%+v: %q", o, got)
		}
	}
}

func TestTerminal(t *testing.T) {
	t.Parallel()
	file, err := os.Create(t.TempDir() + "/log")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, out := range []io.Writer{file, new(bytes.Buffer)} {
		if ok, _ := Terminal(out, func(string) string { return "" }); ok {
			t.Errorf("%T is a terminal", out)
		}
	}
	for _, test := range []struct {
		term, ci string
		want     bool
	}{{"xterm", "", true}, {"", "", true}, {"xterm", "false", true}, {"dumb", "", false}, {"xterm", "true", false}} {
		env := map[string]string{"TERM": test.term, "CI": test.ci}
		if got := redraws(func(key string) string { return env[key] }); got != test.want {
			t.Errorf("%v: %t", env, got)
		}
	}
}

func TestParseFormat(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]Format{"": Text, "text": Text, "json": JSON} {
		if got, err := ParseFormat(name); got != want || err != nil {
			t.Errorf("%q: got %q, %v", name, got, err)
		}
	}
	if _, err := ParseFormat("xml"); err == nil || err.Error() != `unknown log format "xml": it is text or json` {
		t.Errorf("xml: %v", err)
	}
}
