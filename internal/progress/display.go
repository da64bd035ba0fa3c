package progress

import (
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// few is how many units are named one by one; of more there is a line now and then.
const few = 20

// Display tells how a run goes on. Its methods may be called from many goroutines at once and never wait for Out.
type Display struct {
	now      func() time.Time
	quiet    bool
	named    bool
	after    Sentences
	tally    tally
	refusals refusals

	mu      sync.Mutex
	waiting []event
	closed  bool

	wake    chan struct{}
	closing chan struct{}
	done    chan struct{}
	once    sync.Once
}

// surface is where a run is told. Only the writing goroutine calls it.
type surface interface {
	tell(events []event)
	tick(v view)
	end(v view)
}

// New begins to tell; Close must follow.
func New(o Options) *Display {
	d := &Display{
		now: o.Now, quiet: o.Quiet, named: !o.bar(), after: Sentences{Out: o.Out, Format: o.Format, Now: o.Now},
		wake: make(chan struct{}, 1), closing: make(chan struct{}), done: make(chan struct{}),
	}
	go d.write(newSurface(o), newPace(o.Now()), o.interval())
	return d
}

func newSurface(o Options) surface {
	out := Sentences{Out: o.Out, Format: o.Format, Now: o.Now}
	switch {
	case o.bar():
		return newScreen(o, out)
	case o.Format == JSON:
		return &records{out: out, quiet: o.Quiet}
	}
	return &lines{out: out, quiet: o.Quiet}
}

// Listed tells of so many more units to be read.
func (d *Display) Listed(units int) { d.tally.listed(units) }

// ListedAll tells that no more units will be listed. Until then the end is mostly unknown.
func (d *Display) ListedAll() { d.tally.listedAll() }

// Kept tells that so many of the listed units were there before and are not read again.
func (d *Display) Kept(units int) { d.tally.kept(units) }

// Started tells that a unit is being read.
func (d *Display) Started(account, region string) {
	known := d.tally.started(unit{account, region})
	if d.named && known <= few {
		d.post(event{
			msg: "reading", text: fmt.Sprintf("reading %s in %s", account, region), fields: where(account, region),
		})
	}
}

// Finished tells that a unit was read, but for so many facts that are no answer.
func (d *Display) Finished(account, region string, gaps int) {
	d.tally.finished(unit{account, region}, gaps)
}

// Failed tells that a unit could not be read at all and which action ended with what. Without a region it is an account,
// whose units were never listed.
func (d *Display) Failed(account, region, action, code string) {
	d.tally.failed(unit{account, region})
	why, count := d.refusals.add(reason{action, code})
	switch {
	case count <= told:
		d.post(refusal(account, region, reason{action, code}))
	case count == told+1:
		d.post(why.furtherEvent())
	}
}

// Called tells of one call, whether it was answered or not.
func (d *Display) Called(action string, throttled bool) { d.tally.called(action, throttled) }

// Say tells something that is worth knowing.
func (d *Display) Say(message string) { d.post(event{msg: message}) }

// Sentence tells a warning or an error, with the next step to take unless it is empty. It is the only method that still
// writes after Close.
func (d *Display) Sentence(level slog.Level, text, hint string) {
	if !d.post(event{level: level, msg: text, hint: hint}) {
		<-d.done
		d.after.Sentence(level, text, hint)
	}
}

// Close writes what is left, takes the bar away, leaves a summary and ends the goroutine. It may be called twice.
func (d *Display) Close() {
	d.once.Do(func() { close(d.closing) })
	<-d.done
}

// post leaves an event to the writing goroutine, unless that has ended.
func (d *Display) post(e event) bool {
	if d.quiet && e.level < slog.LevelWarn {
		return true
	}
	e.at = d.now()
	d.mu.Lock()
	open := !d.closed
	if open {
		d.waiting = append(d.waiting, e)
	}
	d.mu.Unlock()
	select {
	case d.wake <- struct{}{}:
	default:
	}
	return open
}

// take empties the queue; the last time it is locked as well.
func (d *Display) take(last bool) []event {
	d.mu.Lock()
	defer d.mu.Unlock()
	events := d.waiting
	d.waiting, d.closed = nil, last
	return events
}

// write is the goroutine that writes.
func (d *Display) write(s surface, p *pace, every time.Duration) {
	defer close(d.done)
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-d.wake:
			s.tell(d.take(false))
		case <-ticker.C:
			s.tick(p.view(d.now(), d.tally.state()))
		case <-d.closing:
			s.tell(append(d.take(true), d.refusals.rest(d.now())...))
			s.end(p.view(d.now(), d.tally.state()))
			return
		}
	}
}
