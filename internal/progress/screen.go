package progress

import (
	"cmp"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

const (
	// narrowest and broadest bound the bar with its brackets; what is known of the run stands beside it.
	narrowest = 6
	broadest  = 30
)

// screen tells people at a terminal: a bar, with sentences above it.
type screen struct {
	container *mpb.Progress
	bar       *mpb.Bar
	// frames orders a frame; gone has a value when the library gave up because the terminal could not be written to.
	frames chan any
	gone   chan any
	lost   bool
	// shown is read by the library while it draws.
	shown atomic.Pointer[view]
	// after writes what cannot stand above a bar any more.
	after Sentences
}

func newScreen(o Options, after Sentences) *screen {
	s := &screen{frames: make(chan any), gone: make(chan any, 1), after: after}
	s.shown.Store(&view{})
	s.container = mpb.New(
		mpb.WithOutput(o.Out), mpb.WithWidth(cmp.Or(o.Width, plainWidth)),
		mpb.WithManualRefresh(s.frames), mpb.WithShutdownNotifier(s.gone),
	)
	s.bar = s.container.New(0, mpb.BarStyle(),
		mpb.BarWidth(broadest), mpb.BarFillerTrim(), mpb.AppendDecorators(decor.Any(s.beside)))
	return s
}

// beside is what stands to the right of the bar.
func (s *screen) beside(space decor.Statistics) string {
	return s.shown.Load().onBar(space.AvailableWidth - narrowest)
}

func (s *screen) tell(events []event) {
	if len(events) == 0 {
		return
	}
	for _, e := range events {
		s.above(e)
	}
	s.draw()
}

// above writes an event above the bar with the next frame.
func (s *screen) above(e event) {
	if _, err := s.container.Write(e.lines()); err != nil {
		s.after.put(e)
	}
}

func (s *screen) tick(v view) {
	s.shown.Store(&v)
	s.bar.SetTotal(int64(v.known), false)
	s.bar.SetCurrent(int64(v.kept + v.ended()))
	s.draw()
}

// end takes the bar away. The library draws it once more when it has ended and once when it is dropped; the frame after
// that is empty.
func (s *screen) end(v view) {
	if !v.idle() {
		s.above(event{at: v.at, msg: v.summary()})
	}
	s.bar.Abort(true)
	for range 3 {
		s.draw()
	}
	s.container.Shutdown()
}

// draw orders a frame. It returns when the order before it was carried out.
func (s *screen) draw() {
	if s.lost {
		return
	}
	select {
	case s.frames <- time.Time{}:
	case <-s.gone:
		s.lost = true
	}
}
