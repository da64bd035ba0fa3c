package progress

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// run tells a Display of a made-up run, on a clock that stands still until somebody sleeps, and returns what was written.
func run(t *testing.T, o Options, tell func(*Display)) string {
	t.Helper()
	var out bytes.Buffer
	synctest.Test(t, func(*testing.T) {
		o.Out, o.Now = &out, time.Now
		d := New(o)
		tell(d)
		d.Close()
	})
	return out.String()
}

// rest lets time pass, and everything be written that is due by then.
func rest(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func TestLines(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		quiet bool
		tell  func(*Display)
		want  []string
	}{
		{name: "nothing", tell: func(*Display) {}},
		{
			name: "few units are named, and nothing else",
			tell: func(d *Display) {
				d.Listed(2)
				d.ListedAll()
				d.Started("111122223333", "eu-west-1")
				d.Started("111122223333", "us-east-1")
				d.Called("ec2:DescribeImages", false)
				d.Finished("111122223333", "us-east-1", 0)
				d.Finished("111122223333", "eu-west-1", 1)
			},
			want: []string{"reading 111122223333 in eu-west-1", "reading 111122223333 in us-east-1"},
		},
		{
			name: "few units that take long",
			tell: func(d *Display) {
				d.Listed(1)
				d.ListedAll()
				d.Started("111122223333", "eu-west-1")
				for range 30 {
					d.Called("ec2:DescribeImages", false)
				}
				rest(12 * time.Second)
				d.Finished("111122223333", "eu-west-1", 3)
			},
			want: []string{
				"reading 111122223333 in eu-west-1",
				"0 of 1 unit, 1 running, 30 calls, 3 a second, end unknown",
				"1 of 1 unit in 12s, 3 facts without an answer, 30 calls",
			},
		},
		{
			name: "many units are not named",
			tell: func(d *Display) {
				d.Listed(300)
				d.Kept(100)
				d.ListedAll()
				for i := range 40 {
					d.Started("111122223333", fmt.Sprint(i))
					d.Called("ec2:DescribeImages", i%4 == 0)
					d.Finished("111122223333", fmt.Sprint(i), 0)
					rest(500 * time.Millisecond)
				}
			},
			want: []string{
				"120 of 300 units, 20 calls, 2 a second, 25% throttled, about 2m left",
				"140 of 300 units, 40 calls, 2 a second, 25% throttled, about 1m left",
				"140 of 300 units in 20s, 100 there before, 40 calls, 25% throttled, most of them ec2:DescribeImages",
			},
		},
		{
			name: "units that nobody listed",
			tell: func(d *Display) {
				for i := range 2 * few {
					d.Started("111122223333", fmt.Sprint(i))
					d.Finished("111122223333", fmt.Sprint(i), 0)
				}
			},
			want: append(readings(few), "40 of 40 units in 0s, 0 calls"),
		},
		{
			name: "listing",
			tell: func(d *Display) {
				d.Listed(500)
				d.Failed("444455556666", "", "sts:AssumeRole", "AccessDenied")
				rest(10 * time.Second)
			},
			want: []string{
				"warning: account 444455556666 was not read: sts:AssumeRole: AccessDenied",
				"0 of 500 units so far, 1 account not read, 0 calls, 0 a second, end unknown",
				"0 of 500 units in 10s, 1 account not read, 0 calls",
			},
		},
		{
			name: "failures are listed, then counted",
			tell: func(d *Display) {
				d.Listed(30)
				for i := range 25 {
					d.Failed("444455556666", fmt.Sprint(i), "ec2:DescribeImages", "UnauthorizedOperation")
				}
				d.Failed("444455556666", "global", "sts:AssumeRole", "")
			},
			want: append(failures(told),
				"warning: more of these are counted, not listed: ec2:DescribeImages: UnauthorizedOperation",
				"warning: account 444455556666 was not read: sts:AssumeRole",
				"warning: 5 more were not read: ec2:DescribeImages: UnauthorizedOperation",
				"0 of 30 units in 0s, 26 failed, 0 calls",
			),
		},
		{
			name: "a unit that failed runs no more",
			tell: func(d *Display) {
				d.Listed(1)
				d.Started("111122223333", "eu-west-1")
				d.Failed("111122223333", "eu-west-1", "", "timeout")
				rest(10 * time.Second)
			},
			want: []string{
				"reading 111122223333 in eu-west-1",
				"warning: 111122223333 in eu-west-1 was not read: timeout",
				"0 of 1 unit so far, 1 failed, 0 calls, 0 a second, end unknown",
				"0 of 1 unit in 10s, 1 failed, 0 calls",
			},
		},
		{
			name: "quiet leaves warnings and errors", quiet: true,
			tell: func(d *Display) {
				d.Listed(1000)
				d.Say("shard 2 of 8")
				d.Started("111122223333", "eu-west-1")
				d.Failed("111122223333", "eu-west-1", "ec2:DescribeImages", "UnauthorizedOperation")
				rest(time.Minute)
				d.Sentence(slog.LevelError, "the bucket is gone", "")
			},
			want: []string{
				"warning: 111122223333 in eu-west-1 was not read: ec2:DescribeImages: UnauthorizedOperation",
				"error: the bucket is gone",
			},
		},
		{
			name: "sentences keep their order",
			tell: func(d *Display) {
				d.Say("shard 2 of 8, as AWS Batch says")
				d.Sentence(slog.LevelWarn, "the clock is late", "set it")
			},
			want: []string{"shard 2 of 8, as AWS Batch says", "warning: the clock is late", "hint: set it"},
		},
		{
			name: "untrusted names",
			tell: func(d *Display) {
				d.Say("account \x1b[2Jweb\r\n::error::\u202eshop\u009b31m \xff (Zürich)")
				d.Failed("1\x1b]0;x\a", "eu\nwest", "a\u2028b", "c\x00d")
			},
			want: []string{
				"account [2Jweb ::error::?shop 31m ? (Zürich)",
				"warning: 1 ]0;x in eu west was not read: a b: c d",
				"0 of 1 unit in 0s, 1 failed, 0 calls",
			},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := run(t, Options{Quiet: test.quiet}, test.tell)
			want := ""
			for _, line := range test.want {
				want += line + "\n"
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func readings(n int) []string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf("reading 111122223333 in %d", i))
	}
	return all
}

func failures(n int) []string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf("warning: 444455556666 in %d was not read: ec2:DescribeImages: UnauthorizedOperation", i))
	}
	return all
}

// TestLongRunHasShortLog reads 34,000 units in about an hour; every account is refused something else.
func TestLongRunHasShortLog(t *testing.T) {
	t.Parallel()
	got := run(t, Options{}, func(d *Display) {
		for i := range 34_000 {
			d.Listed(1)
			d.Started("111122223333", fmt.Sprint(i))
			if i%10 == 0 {
				d.Failed("111122223333", fmt.Sprint(i), "ec2:DescribeImages", fmt.Sprintf("request %d", i))
			} else {
				d.Finished("111122223333", fmt.Sprint(i), 0)
			}
			time.Sleep(100 * time.Millisecond)
		}
	})
	if lines := strings.Count(got, "\n"); lines > 500 {
		t.Errorf("%d lines:\n%s ... %s", lines, got[:2000], got[len(got)-2000:])
	}
	if want := "30600 of 34000 units in 57m, 3400 failed, 0 calls\n"; !strings.HasSuffix(got, want) {
		t.Errorf("the last lines are %q", got[len(got)-200:])
	}
	if want := "warning: 3330 more were not read: for other reasons\n"; !strings.Contains(got, want) {
		t.Errorf("%q is missing", want)
	}
}

// stuck is a terminal that stands still until it is let go.
type stuck struct{ let chan struct{} }

func (s stuck) Write(p []byte) (int, error) {
	<-s.let
	return len(p), nil
}

// broken is a terminal that is gone.
type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("gone") }

// surfaces are the ways to tell.
func surfaces() map[string]Options {
	return map[string]Options{
		"lines": {}, "json": {Format: JSON}, "screen": {Terminal: true, Width: 80}, "quiet": {Quiet: true},
		"screen of unknown width": {Terminal: true},
	}
}

// each calls a test for every way to tell, writing to out.
func each(t *testing.T, test func(t *testing.T, o Options)) {
	t.Helper()
	for name, o := range surfaces() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				o.Now = time.Now
				test(t, o)
			})
		})
	}
}

// everything calls every method but Close.
func everything(d *Display, account string) {
	d.Listed(2)
	d.Started(account, "eu-west-1")
	d.Called("ec2:DescribeImages", true)
	d.Failed(account, "eu-west-1", "ec2:DescribeImages", "UnauthorizedOperation")
	d.Started(account, "us-east-1")
	d.Finished(account, "us-east-1", 1)
	d.Kept(0)
	d.Say("done with " + account)
}

// TestSlowTerminal would never end if a method waited for the terminal, or Close did not.
func TestSlowTerminal(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o Options) {
		let := make(chan struct{})
		o.Out = stuck{let}
		d := New(o)
		for i := range 1000 {
			everything(d, fmt.Sprint(i))
			time.Sleep(time.Second)
		}
		closed := make(chan struct{})
		go func() { defer close(closed); d.Close() }()
		synctest.Wait()
		select {
		case <-closed:
			t.Error("Close returned before everything was written")
		default:
		}
		close(let)
		<-closed
	})
}

func TestBrokenTerminal(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, o Options) {
		o.Out = broken{}
		d := New(o)
		for i := range 10 {
			everything(d, fmt.Sprint(i))
			rest(time.Minute)
		}
		d.Close()
		d.Sentence(slog.LevelError, "nobody reads this", "")
	})
}

// TestClose relies on synctest, which fails where a goroutine is left behind.
func TestClose(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o Options) {
		var out bytes.Buffer
		o.Out = &out
		d := New(o)
		everything(d, "111122223333")
		d.Close()
		before := out.Len()
		d.Close()
		everything(d, "111122223333")
		if out.Len() != before {
			t.Errorf("after Close: %q", out.String()[before:])
		}
		d.Sentence(slog.LevelError, "too late", "")
		if late := out.String()[before:]; strings.Count(late, "too late") != 1 || strings.Contains(late, "\x1b") {
			t.Errorf("the error after Close is %q", late)
		}
	})
}

func TestManyTellAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o Options) {
		o.Out = io.Discard
		d := New(o)
		var all sync.WaitGroup
		for i := range 50 {
			all.Go(func() {
				for range 20 {
					everything(d, fmt.Sprint(i))
					time.Sleep(time.Second)
				}
			})
		}
		all.Wait()
		want := state{
			known: 2000, done: 1000, failed: 1000, gaps: 1000, calls: 1000, throttled: 1000,
			mostThrottled: "ec2:DescribeImages",
		}
		if diff := cmp.Diff(want, d.tally.state(), cmp.AllowUnexported(state{})); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		d.Close()
	})
}

func BenchmarkCalled(b *testing.B) {
	for name, throttled := range map[string]bool{"answered": false, "throttled": true} {
		b.Run(name, func(b *testing.B) {
			d := New(Options{Out: io.Discard, Now: time.Now})
			defer d.Close()
			b.ReportAllocs()
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					d.Called("ec2:DescribeImages", throttled)
				}
			})
		})
	}
}
