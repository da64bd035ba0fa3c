package inventory

import (
	"strings"
	"testing"
)

func TestImageValue(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, kind, value, want string
	}{
		{"long id", "String", "ami-0123456789abcdef0", "ami-0123456789abcdef0"},
		{"short id", "String", "ami-01234567", "ami-01234567"},
		{"too short", "String", "ami-0123456", ""},
		{"more behind it", "String", "ami-01234567\npassword", ""},
		{"secure string", "SecureString", "ami-01234567", ""},
		{"object", "String", `{"os":"x","image_id":"ami-01234567"}`, `{"image_id":"ami-01234567"}`},
		{"object without one", "String", `{"password":"x"}`, ""},
		{"list", "String", `["ami-01234567"]`, ""},
		{"deep", "String", strings.Repeat(`{"a":`, 5000), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, ok := imageValue(map[string]any{"Type": test.kind, "Value": test.value})
			if ok != (test.want != "") || ok && got != test.want {
				t.Errorf("got %q, %v, want %q", got, ok, test.want)
			}
		})
	}
}
