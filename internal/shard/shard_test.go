package shard_test

import (
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/shard"
)

func TestParse(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text    string
		want    shard.Shard
		problem string
	}{
		{text: "3/8", want: shard.Shard{Index: 3, Count: 8}},
		{text: "1/1", want: shard.Shard{Index: 1, Count: 1}},
		{text: "8/8", want: shard.Shard{Index: 8, Count: 8}},
		{text: "03/08", want: shard.Shard{Index: 3, Count: 8}},
		{text: "100000/100000", want: shard.Shard{Index: shard.Most, Count: shard.Most}},
		{text: "0/8", problem: `parse shard "0/8": the index must be 1 to 8`},
		{text: "9/8", problem: `parse shard "9/8": the index must be 1 to 8`},
		{text: "1/0", problem: `parse shard "1/0": there must be 1 shard at least`},
		{text: "0/0", problem: "there must be 1 shard at least"},
		{text: "1/100001", problem: "there can't be more than 100000 shards"},
		{text: "1/99999999999999999999", problem: `count "99999999999999999999" is too large`},
		{text: "", problem: `parse shard "": write INDEX/COUNT, such as 3/8`},
		{text: "3", problem: "write INDEX/COUNT"},
		{text: "/8", problem: "index is missing"},
		{text: "3/", problem: "count is missing"},
		{text: "a/8", problem: `index "a" is no whole number`},
		{text: "3/8/2", problem: `count "8/2" is no whole number`},
		{text: "+3/8", problem: `index "+3" is no whole number`},
		{text: "-3/8", problem: "is no whole number"},
		{text: " 3/8", problem: "is no whole number"},
		{text: "3/8.0", problem: "is no whole number"},
		{text: "٣/8", problem: "is no whole number"},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			t.Parallel()
			got, err := shard.Parse(test.text)
			if got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
			if (err == nil) != (test.problem == "") || err != nil && !strings.Contains(err.Error(), test.problem) {
				t.Errorf("error %v, want %q", err, test.problem)
			}
		})
	}
}

func TestString(t *testing.T) {
	t.Parallel()
	if got := (shard.Shard{Index: 3, Count: 8}).String(); got != "3/8" {
		t.Errorf("got %q", got)
	}
	if got := (shard.Shard{}).String(); got != "" {
		t.Errorf("the zero shard is %q", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{"3/8", "1/1", "0/0", "9/8", "-1/8", "1/100001", "00000000000000000000001/2", "1//2", "½/1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := shard.Parse(text)
		if err != nil {
			if s != (shard.Shard{}) {
				t.Fatalf("%q is refused (%v) and yet %+v", text, err, s)
			}
			return
		}
		if s.Count < 1 || s.Count > shard.Most || s.Index < 1 || s.Index > s.Count {
			t.Fatalf("%q is %+v", text, s)
		}
		if again, err := shard.Parse(s.String()); err != nil || again != s {
			t.Fatalf("%q is %+v, written %q, and then %+v, %v", text, s, s, again, err)
		}
	})
}
