package inventory

import (
	"encoding/json"
	"math"
	"time"
)

// lastSecond is the last second that RFC 3339 can say: 9999-12-31T23:59:59Z.
const lastSecond = 253402300799

// normaliseTime turns a time as an AWS CLI prints it into RFC 3339 in UTC: version 2 prints offsets
// ("2026-01-02T03:04:05+00:00"), version 1 prints seconds since 1970 for JSON services (1700000000.5). What is neither
// stays as it is, and the policy that reads it reports it.
func normaliseTime(value any) any {
	switch value := value.(type) {
	case string:
		if t, err := time.Parse(time.RFC3339, value); err == nil && writable(t) {
			return t.UTC().Format(time.RFC3339Nano)
		}
	case json.Number:
		if seconds, err := value.Float64(); err == nil && seconds >= 0 && seconds <= lastSecond {
			// A float64 of this size holds microseconds, and AWS sends milliseconds.
			return time.UnixMicro(int64(math.Round(seconds * 1e6))).UTC().Format(time.RFC3339Nano)
		}
	}
	return value
}
