package progress

import (
	"cmp"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	// told is how many failures for one reason are told one by one: a role that is missing in a thousand accounts is one
	// piece of news.
	told = 20
	// kinds bounds the reasons that are told apart, lest a code that is never the same twice fills a log.
	kinds = 50
)

// global is the pseudo-region of an account's own data.
const global = "global"

// reason is why something could not be read.
type reason struct{ action, code string }

func (r reason) String() string {
	switch {
	case r.action == "":
		return cmp.Or(r.code, "for other reasons")
	case r.code == "":
		return r.action
	}
	return r.action + ": " + r.code
}

func (r reason) fields() []slog.Attr {
	return []slog.Attr{slog.String("action", r.action), slog.String("code", r.code)}
}

func (r reason) furtherEvent() event {
	return event{
		level: slog.LevelWarn, msg: "more of these are counted, not listed", fields: r.fields(),
		text: fmt.Sprintf("more of these are counted, not listed: %s", r),
	}
}

// refusal is what is told of one failure.
func refusal(account, region string, why reason) event {
	place := fmt.Sprintf("%s in %s", account, region)
	if region == "" || region == global {
		place = "account " + account
	}
	return event{
		level: slog.LevelWarn, msg: "not read", fields: append(where(account, region), why.fields()...),
		text: fmt.Sprintf("%s was not read: %s", place, why),
	}
}

// refusals counts failures by reason.
type refusals struct {
	mu     sync.Mutex
	counts map[reason]int
}

// add returns how many there are now for that reason, or for all that are not told apart.
func (r *refusals) add(why reason) (counted reason, count int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.counts == nil {
		r.counts = map[reason]int{}
	}
	if r.counts[why] == 0 && len(r.counts) >= kinds {
		why = reason{}
	}
	r.counts[why]++
	return why, r.counts[why]
}

// rest tells how many failures were not listed.
func (r *refusals) rest(now time.Time) []event {
	r.mu.Lock()
	defer r.mu.Unlock()
	var events []event
	for _, why := range slices.SortedFunc(maps.Keys(r.counts), reason.compare) {
		if more := r.counts[why] - told; more > 0 {
			events = append(events, event{
				at: now, level: slog.LevelWarn, msg: "more were not read", text: fmt.Sprintf("%d more were not read: %s", more, why),
				fields: append([]slog.Attr{slog.Int("count", more)}, why.fields()...),
			})
		}
	}
	return events
}

func (r reason) compare(other reason) int {
	return cmp.Or(strings.Compare(r.action, other.action), strings.Compare(r.code, other.code))
}
