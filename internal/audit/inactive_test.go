package audit

import "testing"

func TestInactiveSentence(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		states []string
		want   string
	}{
		{"none", nil, ""},
		{"one", []string{"SUSPENDED"}, "1 account is not in use and not read: 1 SUSPENDED"},
		{"of two states", []string{"SUSPENDED", "CLOSED", "SUSPENDED"}, "3 accounts are not in use and not read: 1 CLOSED, 2 SUSPENDED"},
	}
	for _, test := range tests {
		var i inactive
		for _, state := range test.states {
			i.add(state)
		}
		if got := i.sentence(); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
