package progress

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// line is a view for a log: everything that is worth knowing on the way.
func (v view) line() string {
	listing := ""
	if !v.complete {
		listing = " so far"
	}
	return strings.Join(some(
		fmt.Sprintf("%d of %s%s", v.kept+v.done, count(v.known, "unit"), listing),
		nonzero(v.running, "running"), nonzero(v.failed, "failed"), v.closed(),
		count(int(v.calls), "call"), rate(v.perSecond)+" a second", slowed(v.share), v.ending(),
	), ", ")
}

// gap stands between the bar and each piece beside it.
const gap = "  "

// onBar is a view beside a bar: what matters most comes first, and from what does not fit on all is left out.
func (v view) onBar(columns int) string {
	text := ""
	for _, piece := range some(
		v.fraction(), nonzero(v.failed, "failed"), strings.TrimPrefix(v.ending(), "about "),
		nonzero(v.running, "running"), rate(v.perSecond)+" calls/s", slowed(v.share), v.closed(), count(int(v.calls), "call"),
	) {
		if len(text)+len(gap)+len(piece) > columns {
			break
		}
		text += gap + piece
	}
	return text
}

// fraction is how much of what is known was read; a plus says that more may become known.
func (v view) fraction() string {
	read := fmt.Sprintf("%d/%d", v.kept+v.done, v.known)
	switch {
	case v.complete:
		return read
	case v.known == 0:
		return "listing"
	}
	return read + "+"
}

// idle says that nothing was done that could be summed up.
func (v view) idle() bool { return v.known == 0 && v.accountsFailed == 0 && v.calls == 0 }

// summary is a view of the end.
func (v view) summary() string {
	most := ""
	if v.mostThrottled != "" {
		most = "most of them " + v.mostThrottled
	}
	share := 0.0
	if v.calls > 0 {
		share = float64(v.throttled) / float64(v.calls)
	}
	return strings.Join(some(
		fmt.Sprintf("%d of %s in %s", v.kept+v.done, count(v.known, "unit"), lasted(v.elapsed)),
		nonzero(v.kept, "there before"), nonzero(v.failed, "failed"), v.closed(),
		v.unanswered(), count(int(v.calls), "call"), slowed(share), most,
	), ", ")
}

func (v view) ending() string {
	switch {
	case !v.timed:
		return "end unknown"
	case v.left <= 0:
		return ""
	}
	return "about " + lasted(v.left) + " left"
}

// closed is how many accounts could not be entered.
func (v view) closed() string {
	if v.accountsFailed == 0 {
		return ""
	}
	return count(v.accountsFailed, "account") + " not read"
}

func (v view) unanswered() string {
	if v.gaps == 0 {
		return ""
	}
	return count(v.gaps, "fact") + " without an answer"
}

// rate needs its tenths only while it is low.
func rate(perSecond float64) string {
	if perSecond < 10 {
		perSecond = tenths(perSecond)
	} else {
		perSecond = math.Round(perSecond)
	}
	return strconv.FormatFloat(perSecond, 'f', -1, 64)
}

func slowed(share float64) string {
	switch percent := share * 100; {
	case percent == 0:
		return ""
	case percent < 1:
		return "under 1% throttled"
	default:
		return fmt.Sprintf("%.0f%% throttled", percent)
	}
}

// lasted is a duration as people say it: no finer than needed.
func lasted(d time.Duration) string {
	minutes := int(d.Round(time.Minute) / time.Minute)
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%ds", int(d/time.Second))
	case minutes < 60:
		return fmt.Sprintf("%dm", minutes)
	}
	return fmt.Sprintf("%dh %dm", minutes/60, minutes%60)
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func nonzero(n int, what string) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d %s", n, what)
}

// some are the pieces that say something.
func some(pieces ...string) []string {
	var kept []string
	for _, piece := range pieces {
		if piece != "" {
			kept = append(kept, piece)
		}
	}
	return kept
}
