package progress

import (
	"log/slog"
	"math"
)

// records tells programs.
type records struct {
	out   Sentences
	quiet bool
}

func (r *records) tell(events []event) {
	for _, e := range events {
		r.out.put(e)
	}
}

func (r *records) tick(v view) {
	if !r.quiet {
		r.out.put(event{at: v.at, msg: "progress", fields: v.fields()})
	}
}

func (r *records) end(v view) {
	if !r.quiet && !v.idle() {
		fields := append(v.fields(), slog.Int("gaps", v.gaps), slog.Float64("elapsed_seconds", tenths(v.elapsed.Seconds())))
		r.out.put(event{at: v.at, msg: "ended", fields: fields})
	}
}

// fields are a view for programs, in an order that stays. units_done counts those that were there before (units_kept), too;
// eta_seconds is null while it is unknown.
func (v view) fields() []slog.Attr {
	eta := slog.Any("eta_seconds", nil)
	if v.timed {
		eta = slog.Int64("eta_seconds", int64(math.Ceil(v.left.Seconds())))
	}
	return []slog.Attr{
		slog.Int("units_done", v.kept+v.done), slog.Int("units_failed", v.failed), slog.Int("units_known", v.known),
		slog.Int("units_running", v.running), slog.Int("units_kept", v.kept), slog.Bool("listing", !v.complete),
		slog.Int("accounts_failed", v.accountsFailed), slog.Int64("calls", v.calls),
		slog.Float64("calls_per_second", tenths(v.perSecond)), slog.Int64("throttled", v.throttled), eta,
	}
}

func tenths(x float64) float64 { return math.Round(x*10) / 10 }
