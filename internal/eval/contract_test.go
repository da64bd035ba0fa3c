package eval_test

import (
	"strings"
	"testing"
)

// TestPartialIsAcceptedOnlyForIteration: what half a list shows must not be unsaid by the other half.
func TestPartialIsAcceptedOnlyForIteration(t *testing.T) {
	t.Parallel()
	lib := "package amiscan.lib.l\n\nsize(x) := count(x)\n\nbad(e) if e.k == \"x\"\n\nreads if some e in input.a\n"
	tests := []struct {
		name, rules string
		ok          bool
	}{
		{"some in", `violation contains {"msg": e.k} if some e in input.a`, true},
		{"index", `violation contains {"msg": "m"} if input.a[_].k == "x"`, true},
		{"one index, two fields",
			`violation contains {"msg": "m"} if { some i; input.a[i].k == "x"; input.a[i].n == 1 }`, true},
		{"element to a library",
			"import data.amiscan.lib.l\nviolation contains {\"msg\": \"m\"} if { some e in input.a; not l.bad(e) }", true},
		{"through due",
			"violation contains {\"msg\": d.msg} if some d in due\ndue contains {\"msg\": e.k} if some e in input.a", true},
		{"not", `violation contains {"msg": "m"} if not input.a[0].k == "x"`, false},
		{"not, of an element",
			`violation contains {"msg": "m"} if { some i; input.a[i].k == "x"; not input.a[i].n == 1 }`, false},
		{"every", `violation contains {"msg": "m"} if { every e in input.a { e.k == "x" } }`, false},
		{"count", `violation contains {"msg": "m"} if count(input.a) == 1`, false},
		{"comprehension", `violation contains {"msg": "m"} if count([e | some e in input.a]) == 1`, false},
		{"object comprehension", `violation contains {"msg": "m"} if { o := {e.k: 1 | some e in input.a}; not o.x }`,
			false},
		{"helper rule", "violation contains {\"msg\": \"m\"} if not h\nh if _ = input.a[_]", false},
		{"function argument", "violation contains {\"msg\": \"m\"} if not f(input.a)\nf(x) if _ = x[_]", false},
		{"aliased", `violation contains {"msg": "m"} if { x := input.a; count(x) == 1 }`, false},
		{"aliased by unification", `violation contains {"msg": "m"} if { [x] = [input.a]; count(x) == 1 }`, false},
		{"library over the whole",
			"import data.amiscan.lib.l\nviolation contains {\"msg\": \"m\"} if l.size(input.a) == 1", false},
		{"library that reads it", "import data.amiscan.lib.l\nviolation contains {\"msg\": \"m\"} if l.reads", false},
		{"membership", `violation contains {"msg": "m"} if "x" in input.a`, false},
		{"fixed index", `violation contains {"msg": "m"} if input.a[0].k == "x"`, false},
		{"known index", `violation contains {"msg": "m"} if { i := 0; input.a[i].k == "x" }`, false},
		{"index that is used", `violation contains {"msg": "m"} if { some i, e in input.a; e.k == "x"; i < 1 }`, false},
		{"index that is shown", `violation contains {"msg": format_int(i, 10)} if some i, _ in input.a`, false},
		{"last index", `violation contains {"msg": "m"} if { some i; input.a[i].k == "x"; not input.b[i] }`, false},
		{"evidence", `violation contains {"msg": "m", "evidence": {"a": input.a}} if some e in input.a`, false},
		{"applies", "violation contains {\"msg\": \"m\"} if input.b\napplies if _ = input.a[_]", false},
		{"undecided",
			"violation contains {\"msg\": \"m\"} if input.b\nundecided contains {\"msg\": \"m\"} if _ = input.a[_]", false},
		{"due that is counted",
			"violation contains {\"msg\": \"m\"} if count(due) == 0\ndue contains {\"msg\": e.k} if some e in input.a", false},
		{"due under not",
			"violation contains {\"msg\": \"m\"} if not {\"msg\": \"x\"} in due\ndue contains {\"msg\": e.k} if some e in input.a", false},
		{"due in a helper",
			"violation contains {\"msg\": \"m\"} if not h\nh if _ = due[_]\ndue contains {\"msg\": e.k} if some e in input.a", false},
		{"violation in undecided",
			"violation contains {\"msg\": e.k} if some e in input.a\nundecided contains {\"msg\": \"m\"} if count(violation) == 0", false},
		{"status", `violation contains {"msg": "m"} if { some e in input.a; input.status.a == "throttled" }`, false},
		{"not read", `violation contains {"msg": "m"} if input.b`, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := loadSmall("p.rego", smallHead("p", "partial: [a]")+test.rules+"\n", "l.rego",
				strings.ReplaceAll(lib, "some e in input.a", "_ = input.a[_]"))
			if (err == nil) != test.ok {
				t.Errorf("error is %v", err)
			}
			if err != nil && !strings.Contains(err.Error(), "custom.partial") {
				t.Errorf("error is %v", err)
			}
		})
	}
}
