package inventory

import (
	"encoding/json"
	"testing"
)

func TestNormaliseTime(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		in   any
		want any
	}{
		{"version 2", "2026-01-02T03:04:05+00:00", "2026-01-02T03:04:05Z"},
		{"fractions", "2026-01-02T03:04:05.120000+00:00", "2026-01-02T03:04:05.12Z"},
		{"local time", "2026-01-02T00:30:00+02:00", "2026-01-01T22:30:00Z"},
		{"already so", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z"},
		{"version 1", json.Number("1700000000.5"), "2023-11-14T22:13:20.5Z"},
		{"whole seconds", json.Number("1700000000"), "2023-11-14T22:13:20Z"},
		{"milliseconds stay exact", json.Number("1795392462.571"), "2026-11-23T00:07:42.571Z"},
		{"exponent", json.Number("1e999999999"), json.Number("1e999999999")},
		{"before 1970", json.Number("-1"), json.Number("-1")},
		{"after 9999", json.Number("253402300800"), json.Number("253402300800")},
		{"past the last year", "9999-12-31T23:59:59-23:59", "9999-12-31T23:59:59-23:59"},
		{"unreadable", "yesterday", "yesterday"},
		{"no zone", "2026-01-02T03:04:05", "2026-01-02T03:04:05"},
		{"null", nil, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := normaliseTime(test.in)
			if got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
			if again := normaliseTime(got); again != got {
				t.Errorf("a second time gives %v", again)
			}
		})
	}
}
