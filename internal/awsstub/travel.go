package awsstub

import (
	"context"
	"net/http"
	"strconv"
	"time"
)

// travel is how an answer reaches its caller; the zero value is at once and whole.
type travel struct {
	delay time.Duration
	end   end
}

// end is where an answer stops.
type end int

const (
	complete end = iota // behind its last byte
	reset               // before its first byte, with the connection
	cutOff              // in the middle of its body, with the connection
	stalled             // in the middle of its body, with the connection left open
)

// travel returns how an answer travels under a fault.
func (f Fault) travel() travel {
	t := travel{delay: f.Delay}
	switch {
	case f.Reset:
		t.end = reset
	case f.Cut:
		t.end = cutOff
	case f.Stall:
		t.end = stalled
	}
	return t
}

// deliver sends an answer as far as it goes.
func deliver(w http.ResponseWriter, r *http.Request, answer reply) {
	pause(r.Context(), answer.travel.delay)
	switch answer.travel.end {
	case reset:
		hangUp(w)
	case cutOff:
		writeHalf(w, answer)
	case stalled:
		writeHalf(w, answer)
		_ = http.NewResponseController(w).Flush() // a recorder that cannot flush has nobody waiting
		<-r.Context().Done()
	default:
		write(w, answer)
	}
}

// pause waits, or returns as soon as nobody waits for the answer.
func pause(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// lingerer is a connection of which the end can be made abrupt: with SetLinger(0), TCP resets it.
type lingerer interface{ SetLinger(seconds int) error }

// hangUp resets the connection. Where it cannot be had, the server closes it.
func hangUp(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if c, ok := conn.(lingerer); ok {
		_ = c.SetLinger(0) // else it is closed in order, which is no answer either
	}
	_ = conn.Close()
}

// writeHalf announces a whole answer and writes half of its body. The server closes a connection on which less was
// written than announced.
func writeHalf(w http.ResponseWriter, answer reply) {
	w.Header().Set("Content-Length", strconv.Itoa(len(answer.body)))
	answer.body = answer.body[:len(answer.body)/2]
	write(w, answer)
}
