package report

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"plain", "web-1 (ü, 名)", "web-1 (ü, 名)"},
		{"C0", "a\x00\x07\x08b", "ab"},
		{"C1", "a\u0080\u009bb", "ab"},
		{"line breaks", "a\nb\r\tc\u2028d\u0085e", "a b  c d e"},
		{"bidi", "\u202aa\u202b\u202c\u202d\u202eb\u2066\u2067\u2068\u2069\u200e\u200f\u061cc", "abc"},
		{"invisible", "a\u200b\ufeffb\U000e0041", "ab"},
		{"private use", "a\ue000b", "ab"},
		{"bad UTF-8", "a\xff\xc3(b\xe2\x82", "a(b"},
		{"trimmed", "\u00a0 a \n", "a"},
		{"cut", strings.Repeat("é", 20), strings.Repeat("é", 9) + "…"},
		{"cut within", strings.Repeat("\xff", 100) + "abc", ""},
		{"exact", strings.Repeat("é", 10), strings.Repeat("é", 10)},
	}
	for _, test := range tests {
		limit := 30
		if strings.HasPrefix(test.name, "cut") || test.name == "exact" {
			limit = 10
		}
		if got := clean(test.in, limit); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestInert(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"plain", "a::b #1", "a::b #1"},
		{"leading", "::error::x", ": :error::x"},
		{"behind blanks", "   ::error::x", "   : :error::x"},
		{"three colons", ":::", ": ::"},
		{"old style", "a ##[error]", "a # #[error]"},
		{"many marks", "####[error]", "# # # #[error]"},
		{"azure", "##vso[x]", "# #vso[x]"},
	}
	for _, test := range tests {
		if got := inert(test.in); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestWrap(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, in string
		width    int
		want     []string
	}{
		{"empty", "", 10, nil},
		{"short", "a b", 10, []string{"a b"}},
		{"exact", "abcd efghi", 10, []string{"abcd efghi"}},
		{"wrapped", "abcd efghij k", 10, []string{"abcd", "efghij k"}},
		{"long word", "see arn:aws:ec2:eu-west-1::image/ami-1 now", 9, []string{
			"see", "arn:aws:ec2:eu-west-1::image/ami-1", "now",
		}},
		{"command", "run `aws ec2 x` now", 8, []string{"run", "`aws ec2 x`", "now"}},
		{"lone backtick", "a ` b c", 3, []string{"a `", "b c"}},
		{"three backticks", "`a b` ` c", 5, []string{"`a b`", "` c"}},
		{"wide", "名名 名名", 5, []string{"名名", "名名"}},
		{"accents have no width", "e\u0301e\u0301 e\u0301", 4, []string{"e\u0301e\u0301 e\u0301"}},
	}
	for _, test := range tests {
		if got := wrap(test.in, test.width); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestCompareNatural(t *testing.T) {
	t.Parallel()
	rising := []string{
		"", "0", "00001", "2", "10", "web", "web-2", "web-9", "web-10", "web-10b", "web-2026-01-02",
		"web-18446744073709551616",
	}
	for i, a := range rising {
		for j, b := range rising {
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			if got := compareNatural(a, b); got != want {
				t.Errorf("%q against %q: got %d, want %d", a, b, got, want)
			}
		}
	}
}

func TestProseOfHelp(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"plain", "a b.", "a b."},
		{"link", "[x](y)", `\[x\](y)`},
		{"html", "<b>&amp;", `\<b\>\&amp;`},
		{"mention", "@team #1 a_b|c*", `<span>@</span>team <span>#</span>1 a\_b\|c\*`},
		{"code", "`a_b` c_d", "`a_b` c\\_d"},
		{"lone backtick", "`a_b", "\\`a\\_b"},
	}
	for _, test := range tests {
		if got := prose(test.in); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

// FuzzFormats feeds strangers' text to every format: nothing dangerous, nothing invalid, no panic.
func FuzzFormats(f *testing.F) {
	for _, text := range hostileTexts() {
		f.Add(text, 80)
	}
	f.Fuzz(func(t *testing.T, text string, width int) {
		s := hostileDecision(text)
		for _, format := range Formats() {
			got := s.render(t, format, Options{Width: width, IncludePass: true, Category: text})
			for _, danger := range dangers(got) {
				t.Errorf("%s: %s", format, danger)
			}
			for _, fault := range faults(t, format)(got) {
				t.Errorf("%s: %s", format, fault)
			}
		}
	})
}

// FuzzPathSegment: a segment is one segment, whatever is in it, decoded or not.
func FuzzPathSegment(f *testing.F) {
	for _, text := range hostileTexts() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := pathSegment(text)
		if got == "" || strings.Trim(got, ".") == "" || strings.ContainsAny(got, "/\\ ?#:") || !utf8.ValidString(got) {
			t.Errorf("%q became %q", text, got)
		}
	})
}
