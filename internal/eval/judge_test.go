package eval_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/eval"
	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
)

// said is what a test looks at of a finding.
type said struct {
	Outcome finding.Outcome
	Reason  finding.Reason
	Subject string
	Message string
}

func saidBy(findings []finding.Finding) []said {
	var all []said
	for _, f := range findings {
		all = append(all, said{f.Outcome, f.Reason, f.Subject, f.Message})
	}
	return all
}

const erred = "the policy could not be evaluated: "

// TestJudge asks small policies about one image: a as given, b is 1 unless given, image has a name.
func TestJudge(t *testing.T) {
	t.Parallel()
	denied := missing(inventory.Denied)
	tests := []struct {
		name, rules string
		extra       []string
		a           inventory.Fact
		want        []said
	}{
		{name: "pass", rules: pass, a: known(`1`), want: []said{{finding.Pass, "", "", "nothing speaks against it"}}},
		{name: "not applicable", rules: pass + "applies if input.a == 2", a: known(`1`)},
		{name: "certain beside a gap", a: denied, rules: `violation contains {"msg": "m", "subject": "s"} if input.b == 1
violation contains {"msg": "n", "subject": "t"} if input.a == 1`, want: []said{
			{finding.Unknown, finding.NotCollected, "", "undecided without a (denied: needs ec2:A)"}, {finding.Fail, "",
				"s", "m"}}},
		{name: "a gap never hides behind a failure of the same subject", a: denied, rules: `violation contains {"msg": "m"} if input.b == 1
violation contains {"msg": "n", "subject": "t"} if input.a == 1`, want: []said{
			{finding.Fail, "", "", "m"}, {finding.Unknown, finding.NotCollected, "not_collected",
				"undecided without a (denied: needs ec2:A)"}}},
		{name: "undecided gives way to a failure of its subject", a: known(`1`), rules: `violation contains {"msg": "m"} if input.a == 1
undecided contains {"msg": "u"} if input.a == 1`, want: []said{{finding.Fail, "", "", "m"}}},
		{name: "undecided beside a gap", a: denied, rules: `violation contains {"msg": "m"} if input.a == 1
undecided contains {"msg": "u", "subject": "s"} if input.b == 1`, want: []said{
			{finding.Unknown, finding.NotCollected, "", "undecided without a (denied: needs ec2:A)"}, {finding.Unknown,
				finding.Undecidable, "s", "u"}}},
		{name: "two messages of one subject", a: known(`1`), rules: `violation contains {"msg": "m", "subject": "s"} if input.a == 1
violation contains {"msg": "n", "subject": "s"} if input.b == 1`, want: []said{{finding.Fail, "", "s", "m; n"}}},
		{name: "bad date", a: known(`"soon"`),
			rules: `violation contains {"msg": "m"} if time.parse_rfc3339_ns(input.a) < 1`,
			want: []said{{finding.Unknown, finding.EvaluationError, "",
				erred + `p.rego:13: eval_builtin_error: time.parse_rfc3339_ns: parsing time "soon" as "2006-01-02T15:04:05Z07:00": cannot parse "soon" as "2006"`}}},
		{name: "member without msg", a: known(`1`), rules: `violation contains {"subject": "s"} if input.a == 1`,
			want: []said{{finding.Unknown, finding.EvaluationError, "", erred + "a member has no msg"}}},
		{name: "member with another key", a: known(`1`),
			rules: `violation contains {"msg": "m", "severity": "low"} if input.a == 1`,
			want: []said{{finding.Unknown, finding.EvaluationError, "",
				erred + `a member has the key "severity" with a string: wanted are msg, subject (strings) and evidence (an object)`}}},
		{name: "member that is text", a: known(`1`), rules: `violation contains "m" if input.a == 1`,
			want: []said{{finding.Unknown, finding.EvaluationError, "",
				erred + "a member is a string, not an object with msg"}}},
		{name: "evidence that is a list", a: known(`1`),
			rules: `violation contains {"msg": "m", "evidence": [1]} if input.a == 1`,
			want:  []said{{finding.Unknown, finding.EvaluationError, "", erred + "evidence is a array, not an object"}}},
		{name: "subject that is a number", a: known(`1`),
			rules: `violation contains {"msg": "m", "subject": 1} if input.a == 1`,
			want: []said{{finding.Unknown, finding.EvaluationError, "",
				erred + `a member has the key "subject" with a number: wanted are msg, subject (strings) and evidence (an object)`}}},
		{name: "not found is an answer", a: missing(inventory.NotFound),
			rules: `violation contains {"msg": "gone"} if input.status.a == "not_found"`,
			want:  []said{{finding.Fail, "", "", "gone"}}},
		{name: "status that is the point", a: missing(inventory.NotVisible),
			rules: `violation contains {"msg": "hidden"} if input.status.a == "not_visible"`,
			want:  []said{{finding.Fail, "", "", "hidden"}}},
		{name: "status of what was denied is unknown", a: denied,
			rules: `violation contains {"msg": "m"} if input.status.a == "denied"`,
			want:  []said{{finding.Unknown, finding.NotCollected, "", "undecided without a (denied: needs ec2:A)"}}},
		{name: "half a list", a: half(`[{"k":"x"}]`), extra: []string{"partial: [a]"},
			rules: `violation contains {"msg": e.k, "subject": e.k} if some e in input.a`,
			want: []said{{finding.Unknown, finding.NotCollected, "",
				"undecided without a (throttled: needs ec2:Source)"}, {finding.Fail, "", "x", "x"}}},
		{name: "half a list without leave", a: half(`[{"k":"x"}]`),
			rules: `violation contains {"msg": e.k, "subject": e.k} if some e in input.a`,
			want:  []said{{finding.Unknown, finding.NotCollected, "", "undecided without a (throttled: needs ec2:Source)"}}},
		{name: "half a list through due", a: half(`[{"k":"x"}]`), extra: []string{"partial: [a]"}, rules: `violation contains {"msg": d.msg} if some d in due
due contains {"msg": e.k} if some e in input.a`, want: []said{
			{finding.Fail, "", "", "x"}, {finding.Unknown, finding.NotCollected, "not_collected",
				"undecided without a (throttled: needs ec2:Source)"}}},
		{name: "half an empty list", a: half(`[]`), extra: []string{"partial: [a]"},
			rules: `violation contains {"msg": e.k} if some e in input.a`,
			want:  []said{{finding.Unknown, finding.NotCollected, "", "undecided without a (throttled: needs ec2:Source)"}}},
		{name: "half a list of another thing that is not applicable", a: half(`[{"k":"x"}]`),
			extra: []string{"partial: [a]"},
			rules: "violation contains {\"msg\": e.k} if some e in input.a\napplies if input.b == 2"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			engine := mustLoadSmall(t, "p.rego", smallHead("p", test.extra...)+test.rules+"\n")
			v := judge(t, engine, smallImage("ami-1", map[string]inventory.Fact{"a": test.a, "b": known(`1`)}))
			if diff := cmp.Diff(test.want, saidBy(v.Findings)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if n := v.NotApplicable; (n == 1) != (len(test.want) == 0) {
				t.Errorf("%d not applicable", n)
			}
		})
	}
}

func half(value string) inventory.Fact {
	fact := known(value)
	fact.Status = inventory.Throttled
	fact.Gaps = []inventory.Gap{{Fact: "source", Status: inventory.Throttled, Action: "ec2:Source", Unit: unit}}
	return fact
}

// TestErrorsAreNeverAPass puts an unreadable date wherever a rule may stand, with everything known and with a gap.
func TestErrorsAreNeverAPass(t *testing.T) {
	t.Parallel()
	rules := map[string]string{
		"violation":     `violation contains {"msg": "m"} if { time.parse_rfc3339_ns(input.a) < 1; not input.c == 1 }`,
		"applies":       pass + `applies if { time.parse_rfc3339_ns(input.a) < 1; not input.c == 1 }`,
		"under not":     `violation contains {"msg": "m"} if { not time.parse_rfc3339_ns(input.a) < 1; not input.c == 1 }`,
		"function":      "violation contains {\"msg\": \"m\"} if { f(input.a); not input.c == 1 }\nf(x) if time.parse_rfc3339_ns(x) < 1",
		"comprehension": `violation contains {"msg": "m"} if { count([1 | time.parse_rfc3339_ns(input.a) < 1]) == 1; not input.c == 1 }`,
		"every":         `violation contains {"msg": "m"} if { every x in [input.a] { time.parse_rfc3339_ns(x) < 1 }; not input.c == 1 }`,
		"undecided":     "violation contains {\"msg\": \"m\"} if input.b == 9\nundecided contains {\"msg\": \"u\"} if { time.parse_rfc3339_ns(input.a) < 1; not input.c == 1 }",
		"division":      `violation contains {"msg": "m"} if { 1 / (input.b - 1) > 0; not input.c == 1 }`,
	}
	for name, text := range rules {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			engine := mustLoadSmall(t, "p.rego", smallHead("p")+text+"\n")
			for _, c := range []inventory.Fact{known(`1`), missing(inventory.NotFound), missing(inventory.Denied),
				missing(inventory.NotVisible)} {
				v := judge(t, engine, smallImage("ami-1", map[string]inventory.Fact{"a": known(`"soon"`), "b": known(`1`),
					"c": c}))
				if o := outcomeOf(v.Findings); o.verdict != "unknown error" || v.NotApplicable > 0 {
					t.Errorf("with c %s: %q", c.Status, o.verdict)
				}
			}
		})
	}
}

func TestConflictTouchesOnePolicyAlone(t *testing.T) {
	t.Parallel()
	engine := mustLoadSmall(t,
		"p.rego",
		smallHead("p")+"violation contains {\"msg\": \"m\"} if h == 1\nh := 1 if input.a == 1\nh := 2 if input.b == 1\n",
		"q.rego", smallHead("q")+`violation contains {"msg": "m"} if input.a == 1`+"\n")
	v := judge(t, engine, smallImage("ami-1", map[string]inventory.Fact{"a": known(`1`), "b": known(`1`)}))
	if len(v.Findings) != 2 || v.Findings[0].Reason != finding.EvaluationError || v.Findings[1].Outcome != finding.Fail {
		t.Errorf("findings: %v", messages(v.Findings))
	}
}

func TestTimeLimitTouchesOnePolicyAlone(t *testing.T) {
	t.Parallel()
	options := smallOptions()
	options.TimeLimit = 20 * time.Millisecond
	slow := `violation contains {"msg": "m"} if { some i in input.a; some j in input.a; some k in input.a; some l in input.a; i + j + k + l == -1 }`
	engine, err := eval.Load(context.Background(), []eval.Source{{FS: files(
		"p.rego", smallHead("p")+slow+"\n", "q.rego",
		smallHead("q")+`violation contains {"msg": "m"} if input.b == 1`+"\n")}}, options)
	if err != nil {
		t.Fatal(err)
	}
	many := "[" + strings.TrimSuffix(strings.Repeat("1,", 500), ",") + "]"
	v := judge(t, engine, smallImage("ami-1", map[string]inventory.Fact{"a": known(many), "b": known(`1`)}))
	want := []said{
		{finding.Unknown, finding.EvaluationError, "", erred + "the policy ran into its time limit of 20ms"},
		{finding.Fail, "", "", "m"},
	}
	if diff := cmp.Diff(want, saidBy(v.Findings)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func TestCancelledRunGivesNoFindings(t *testing.T) {
	t.Parallel()
	engine := mustLoadSmall(t, "p.rego", smallHead("p")+pass)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	u := wholeUnit(engine, smallImage("ami-1", map[string]inventory.Fact{"a": known(`1`)}))
	if _, err := engine.JudgeUnit(ctx, u, ids(engine), now); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
}

func TestBrokenInventoryIsAnError(t *testing.T) {
	t.Parallel()
	engine := mustLoadSmall(t, "p.rego", smallHead("p")+pass)
	for _, value := range []string{"", "null", " null ", "{"} {
		u := wholeUnit(engine, smallImage("ami-1", map[string]inventory.Fact{"a": known(value)}))
		if v, err := engine.JudgeUnit(context.Background(), u, ids(engine),
			now); err == nil || !strings.Contains(err.Error(), `fact "a" of ami "ami-1"`) {
			t.Errorf("value %q: %v, %v", value, err, messages(v.Findings))
		}
	}
}

func TestUnlistedKindIsOneUnknown(t *testing.T) {
	t.Parallel()
	engine := mustLoadSmall(t, "p.rego", smallHead("p")+pass, "q.rego", smallHead("q")+pass)
	u := link.Unit{Unit: unit}
	u.Coverage = []inventory.Coverage{{Unit: unit, Kind: inventory.AMI, Fact: "image", Status: inventory.Denied,
		Code: "Unauthorized"}}
	v, err := engine.JudgeUnit(context.Background(), u, ids(engine), now)
	if err != nil || len(v.Findings) != 2 {
		t.Fatalf("findings: %v, %v", messages(v.Findings), err)
	}
	gap := finding.Gap{Fact: "image", Status: "denied", Action: "ec2:Image", Code: "Unauthorized",
		Account: unit.Account, Region: unit.Region}
	for i, policy := range []string{"small/p", "small/q"} {
		f := v.Findings[i]
		if f.Policy != policy || f.Subject != inventory.AMI || f.Reason != finding.NotCollected || f.Resource.Kind != inventory.Settings {
			t.Errorf("finding %d: %+v", i, f)
		}
		if diff := cmp.Diff([]finding.Gap{gap}, f.Gaps); diff != "" {
			t.Errorf("gaps (-want +got):\n%s", diff)
		}
	}
}

// sameOnAnyCores is not parallel: it changes the number of cores.
func (c corpus) sameOnAnyCores(t *testing.T) {
	documents := mixed(c.engine, c.samples)
	var first []finding.Finding
	for _, cores := range []int{1, 8, 8} {
		before := runtime.GOMAXPROCS(cores)
		v := judge(t, c.engine, documents...)
		runtime.GOMAXPROCS(before)
		if first == nil {
			first = v.Findings
		}
		if diff := cmp.Diff(first, v.Findings); diff != "" {
			t.Errorf("findings with %d cores (-first +now):\n%s", cores, diff)
		}
		rand.Shuffle(len(documents), func(i, j int) { documents[i], documents[j] = documents[j], documents[i] })
	}
	checkUnique(t, first)
}

// mixed are documents from the samples of every policy, each once whole and once with nothing known.
func mixed(engine *eval.Engine, samples map[string][]sample) []link.Document {
	var documents []link.Document
	for i, p := range engine.Policies() {
		for _, s := range spread(samples[p.ID], 1) {
			s.ID = fmt.Sprintf("%s-%d", s.Kind, i)
			documents = append(documents, s.document(""))
			s.ID += "-gap"
			documents = append(documents, s.lack(0, slices.Sorted(maps.Keys(s.Facts)), inventory.Denied).document(""))
		}
	}
	return documents
}

func checkUnique(t *testing.T, findings []finding.Finding) {
	t.Helper()
	seen := map[finding.Fingerprint]bool{}
	for _, f := range findings {
		if seen[f.Fingerprint] {
			t.Errorf("two findings have the fingerprint of %s %s %q", f.Policy, f.Resource.ID, f.Subject)
		}
		seen[f.Fingerprint] = true
	}
	if !slices.IsSortedFunc(findings, finding.Compare) {
		t.Error("the findings are out of order")
	}
}
