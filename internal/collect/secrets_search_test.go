package collect

import (
	"math/rand/v2"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/zricethezav/gitleaks/v8/config"
	"github.com/zricethezav/gitleaks/v8/detect"
)

// sample writes a text that a regular expression matches, at random.
func sample(r *rand.Rand, re *syntax.Regexp) string {
	switch re.Op { //nolint:exhaustive // the others match what is between characters
	case syntax.OpLiteral:
		return string(re.Rune)
	case syntax.OpCharClass:
		i := r.IntN(len(re.Rune)/2) * 2
		return string(re.Rune[i] + r.Int32N(min(re.Rune[i+1], 0x7e)-min(re.Rune[i], 0x7e)+1))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return "x"
	case syntax.OpAlternate:
		return sample(r, re.Sub[r.IntN(len(re.Sub))])
	case syntax.OpCapture:
		return sample(r, re.Sub[0])
	case syntax.OpConcat:
		var text strings.Builder
		for _, sub := range re.Sub {
			text.WriteString(sample(r, sub))
		}
		return text.String()
	}
	low, high := re.Min, re.Max
	switch re.Op {
	case syntax.OpStar:
		low, high = 0, 3
	case syntax.OpPlus:
		low, high = 1, 3
	case syntax.OpQuest:
		low, high = 0, 1
	case syntax.OpRepeat:
	default:
		return ""
	}
	if high < 0 {
		high = low + 3
	}
	var text strings.Builder
	for range low + r.IntN(high-low+1) {
		text.WriteString(sample(r, re.Sub[0]))
	}
	return text.String()
}

// fromGitleaks is what gitleaks' own detector finds, as places.
func fromGitleaks(t *testing.T, d *detect.Detector, text string) []string {
	t.Helper()
	var found []secret
	for _, f := range d.DetectString(text) {
		// Gitleaks counts lines from 0.
		found = append(found, secret{Rule: f.RuleID, Description: f.Description, Line: f.StartLine + 1})
	}
	return places(ordered(found))
}

// gitleaksItself is the library's own detector, bound to search as deep as we do.
func gitleaksItself(t testing.TB) *detect.Detector {
	t.Helper()
	d, err := detect.NewDetectorDefaultConfig()
	if err != nil {
		t.Fatal(err)
	}
	d.MaxDecodeDepth, d.IgnoreGitleaksAllow = decodeDepth, true
	return d
}

// Our search finds what gitleaks finds, where it finds it, for every rule: plain, between other lines and encoded.
func TestSearchAgreesWithGitleaks(t *testing.T) {
	t.Parallel()
	search, err := rules()
	if err != nil {
		t.Fatal(err)
	}
	d := gitleaksItself(t)
	hit := map[string]bool{}
	r := rand.New(rand.NewPCG(1, 2))
	for _, rule := range slices.SortedFunc(slices.Values(search.rules), func(a, b config.Rule) int {
		return strings.Compare(a.RuleID, b.RuleID)
	}) {
		re, err := syntax.Parse(rule.Regex.String(), syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		for range 4 {
			text := sample(r, re)
			for _, text := range []string{
				text, "a\n\n" + text + "\nb\n", "\r\n" + text, "content: " + inBase64("x\n"+text+"\n") + "\n" + text,
			} {
				found, err := secretsIn(t.Context(), []part{{text: text}})
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(fromGitleaks(t, d, text), places(found)); diff != "" {
					t.Fatalf("%s in %q (-gitleaks +ours):\n%s", rule.RuleID, text, diff)
				}
				for _, s := range found {
					hit[s.Rule] = true
				}
			}
		}
	}
	if len(hit) < len(search.rules)*3/4 {
		t.Errorf("only %d of %d rules found something", len(hit), len(search.rules))
	}
}

// What lists excuse, and what stands before and behind encoded text, is told as gitleaks tells it.
func TestSearchAgreesWithGitleaksOn(t *testing.T) {
	t.Parallel()
	coded := "# one\n# two\ncontent: " + inBase64("first\nsecond\nexport KEY="+accessKey+"\nfourth\n") + "\n# four\n# five\n"
	long := inBase64(strings.Repeat("nothing to see in here. ", 20)) + "\n" + strings.Repeat("#\n", 40)
	texts := map[string]string{
		"a secret long after encoded text": long + "KEY=" + accessKey + "\n#\n",
		"encoded text long after another":  long + coded,
		"a line that is excused":           "RUN --mount=type=secret,id=api_key token=x9exmpl3kd02lsQzPm",
		"an excuse for other files":        "LICENSE_KEY = \"abcdefgh0123456789xyzuvw\"",
		"a word that all rules excuse":     "api_key = 'x9false83kd02lsQzPm'",
		"a word that one rule excuses":     "api_key = 'x9example3kd02lsQzPm'",
		"a key from documentation":         "AKIAIOSFODNN7EXAMPLE",
		"a secret before encoded text":     "KEY=" + accessKey + "\n\n" + coded,
		"a secret after encoded text":      coded + "KEY=" + accessKey + "\n#\n#\n",
		"encoded text within lines":        coded,
		"a generic rule and a better":      "token = " + hubToken,
		"a path in an import":              "import api_key from \"./x9exmpl3kd02lsQzPm\"",
		"a line that is excused in part":   "LICENSE_KEY=abcdefgh0123456789xyzuvw",
		"nothing":                          "",
		"only lines":                       "\n\n\n",
	}
	d := gitleaksItself(t)
	for name, text := range texts {
		found, err := secretsIn(t.Context(), []part{{text: text}})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(fromGitleaks(t, d, text), places(found)); diff != "" {
			t.Errorf("%s (-gitleaks +ours):\n%s", name, diff)
		}
	}
}

// FuzzSearch takes what strangers write.
func FuzzSearch(f *testing.F) {
	f.Add("KEY=" + accessKey + "\n" + hubToken)
	f.Add("password: '" + hubToken + "' false")
	f.Add("\n\ncontent: " + inBase64("export KEY="+accessKey+"\n") + "%41")
	d := gitleaksItself(f)
	f.Fuzz(func(t *testing.T, text string) {
		found, err := secretsIn(t.Context(), []part{{text: text}})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(fromGitleaks(t, d, text), places(found)); diff != "" {
			t.Errorf("%q (-gitleaks +ours):\n%s", text, diff)
		}
		for _, s := range found {
			if s.Line < 1 || s.Line > 1+strings.Count(text, "\n") {
				t.Errorf("%+v of %d lines", s, 1+strings.Count(text, "\n"))
			}
		}
	})
}
