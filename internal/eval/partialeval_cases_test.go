package eval_test

const (
	notCollected = "unknown not_collected"
	undecidable  = "unknown undecidable"
)

// partialTests are ways of reading an unknown fact.
func partialTests() []partialTest {
	return []partialTest{
		{name: "plain", rules: `violation contains {"msg": "m"} if input.a == "x"`, b: `1`, want: notCollected},
		{name: "behind a false condition", rules: `violation contains {"msg": "m"} if { input.b == 2; input.a == "x" }`,
			b: `1`, want: "pass"},
		{name: "before a false condition", rules: `violation contains {"msg": "m"} if { input.a == "x"; input.b == 2 }`,
			b: `1`, want: "pass"},
		{name: "certain member and residual", rules: `violation contains {"msg": "m", "subject": "s"} if input.b == 1
violation contains {"msg": "m", "subject": "t"} if input.a == "x"`, b: `1`, want: "fail"},
		{name: "either way", rules: `violation contains {"msg": "m"} if input.a == "x"
violation contains {"msg": "m"} if not input.a == "x"`, b: `1`, want: notCollected},
		{name: "unknown in the message",
			rules: `violation contains {"msg": msg} if { input.b == 1; msg := sprintf("%v", [input.a]) }`,
			b:     `1`, want: notCollected},
		{name: "unknown in the evidence",
			rules: `violation contains {"msg": "m", "evidence": {"a": input.a}} if input.b == 1`,
			b:     `1`, want: notCollected},
		{name: "negation", rules: `violation contains {"msg": "m"} if not input.a`, b: `1`, want: notCollected},
		{name: "negated alias", rules: `violation contains {"msg": "m"} if { x := input.a; not x }`, b: `1`,
			want: notCollected},
		{name: "nested negation", rules: `violation contains {"msg": "m"} if not h
h if not g
g if not input.a == "x"`, b: `1`, want: notCollected},
		{name: "wildcard alias", rules: `violation contains {"msg": "m"} if _ = input.a`, b: `1`, want: notCollected},
		{name: "existence of a field", rules: `violation contains {"msg": "m"} if input.a.k`, b: `1`, want: notCollected},
		{name: "defined twice", rules: `violation contains {"msg": "m"} if { x := input.a; x == input.a }`, b: `1`,
			want: notCollected},
		{name: "default rule", rules: `violation contains {"msg": "m"} if h == "none"
default h := "none"
h := "some" if input.a == "x"`, b: `1`, want: notCollected},
		{name: "default rule that cannot hold", rules: `violation contains {"msg": "m"} if h == "other"
default h := "none"
h := "some" if input.a == "x"`, b: `1`, want: "pass"},
		{name: "default false under not", rules: `violation contains {"msg": "m"} if not h
default h := false
h if input.a == "x"`, b: `1`, want: notCollected},
		{name: "default function", rules: `violation contains {"msg": "m"} if f(input.a) == 2
default f(_) := 2
f(x) := 3 if x == "x"`, b: `1`, want: notCollected},
		{name: "else chain, unknown first", rules: `violation contains {"msg": "m"} if h == 2
h := 1 if input.a == "x"
else := 2 if input.b == 1
else := 3`, b: `1`, want: notCollected},
		{name: "else chain, known first", rules: `violation contains {"msg": "m"} if h == 2
h := 1 if input.b == 1
else := 2 if input.a == "x"`, b: `1`, want: notCollected},
		{name: "else chain in the middle", rules: `violation contains {"msg": "m"} if h == 3
h := 1 if input.b == 2
else := 2 if input.a == "x"
else := 3`, b: `1`, want: notCollected},
		{name: "else chain of a function", rules: `violation contains {"msg": "m"} if f(input.a, input.b) == 3
f(x, _) := 1 if x == "x"
else := 2 if x == "k"
else := 3 if true`, b: `1`, want: notCollected},
		{name: "function of an unknown", rules: `violation contains {"msg": "m"} if f(input.a)
f(x) if x == "x"
f(x) if x == 5`, b: `1`, want: notCollected},
		{name: "negated function of an unknown", rules: `violation contains {"msg": "m"} if not f(input.a)
f(x) if x == "x"`, b: `1`, want: notCollected},
		{name: "library", rules: `import data.amiscan.lib.l
violation contains {"msg": "m"} if not l.good(input.a, input.b)`, lib: `good(x, y) if { some e in x; e.n == y }`, b: `1`, want: notCollected},
		{name: "count of a negated comprehension",
			rules: `violation contains {"msg": "m"} if count([x | some x in input.a; not x.k == "x"]) == 0`,
			b:     `1`, want: notCollected},
		{name: "comprehension over a known list with an unknown test",
			rules: `violation contains {"msg": "m"} if count({x | some x in input.b; not x in input.a}) > 0`, b: `["x"]`,
			want: notCollected},
		{name: "comprehension over an empty known list",
			rules: `violation contains {"msg": "m"} if count({x | some x in input.b; not x in input.a}) > 0`, b: `[]`,
			want: notCollected},
		{name: "member of a known list that is not in the unknown one",
			rules: `violation contains {"msg": x} if { some x in input.b; not x in input.a }`, b: `["x","z"]`,
			want: notCollected},
		{name: "iteration over an empty known list",
			rules: `violation contains {"msg": x} if { some x in input.b; not x in input.a }`, b: `[]`, want: "pass"},
		{name: "set difference",
			rules: `violation contains {"msg": x} if some x in {y | some y in input.b} - {y | some y in input.a}`,
			b:     `["x","z"]`, want: notCollected},
		{name: "set difference, unknown first",
			rules: `violation contains {"msg": x} if some x in {y | some y in input.a} - {y | some y in input.b}`,
			b:     `["x"]`, want: notCollected},
		{name: "every over an unknown",
			rules: `violation contains {"msg": "m"} if { every x in input.a { x == "x" } }`, b: `1`, want: notCollected},
		{name: "every over a known list",
			rules: `violation contains {"msg": "m"} if { every x in input.b { x == input.a } }`,
			b:     `["x","x"]`, want: notCollected},
		{name: "every over an empty list",
			rules: `violation contains {"msg": "m"} if { every x in input.b { x == input.a } }`, b: `[]`, want: "fail"},
		{name: "negated every", rules: `violation contains {"msg": "m"} if not all_good
all_good if every x in input.a { x.n < 3 }`, b: `1`, want: notCollected},
	}
}

// morePartialTests are stranger ways of reading an unknown fact.
func morePartialTests() []partialTest {
	return []partialTest{
		{name: "object.get on an unknown",
			rules: `violation contains {"msg": "m"} if object.get(input.a, "k", "none") == "none"`,
			b:     `1`, want: notCollected},
		{name: "object.get with an unknown default",
			rules: `violation contains {"msg": "m"} if object.get(input.b, "k", input.a) == "x"`,
			b:     `{"k":"x"}`, want: notCollected},
		{name: "walk", rules: `violation contains {"msg": "m"} if { walk(input.a, [_, x]); x == 5 }`, b: `1`,
			want: notCollected},
		{name: "aggregate", rules: `violation contains {"msg": "m"} if max([x.n | some x in input.a]) > 3`, b: `1`,
			want: notCollected},
		{name: "json.patch",
			rules: `violation contains {"msg": "m"} if json.patch(input.b, [{"op": "add", "path": "k", "value": input.a}]).k == "x"`,
			b:     `{}`, want: notCollected},
		{name: "unknown as object key", rules: `violation contains {"msg": "m"} if {input.a: 1}.x == 1`, b: `1`,
			want: notCollected},
		{name: "unknown as index", rules: `violation contains {"msg": "m"} if input.b[input.a] == 1`, b: `{"k":2}`,
			want: "pass"},
		{name: "unknown as key of a rule", rules: `violation contains {"msg": "m"} if m.x == 1
m[input.a] := 1 if input.b == 1`, b: `1`, want: notCollected},
		{name: "object of rules", rules: `violation contains {"msg": "m"} if count(m) == 0
m[k] := v if some k, v in input.a`, b: `1`, want: notCollected},
		{name: "set of rules under not", rules: `violation contains {"msg": "m"} if not "x" in names
names contains x if some x in input.a`, b: `1`, want: notCollected},
		{name: "count of a rule's set", rules: `violation contains {"msg": "m"} if count(names) == 0
names contains x.k if some x in input.a`, b: `1`, want: notCollected},
		{name: "sprintf in a helper", rules: `violation contains {"msg": m} if input.b == 1
default m := "nothing"
m := sprintf("a is %v", [input.a])`, b: `1`, want: notCollected},
		{name: "applies unknown", rules: `applies if input.a == "x"
violation contains {"msg": "m"} if input.b == 1`, b: `1`, want: notCollected},
		{name: "applies unknown or known", rules: `applies if input.a == "x"
applies if input.b == 1
violation contains {"msg": "m"} if input.b == 1`, b: `1`, want: "fail"},
		{name: "applies false", rules: `applies if { input.b == 2; input.a == "x" }
violation contains {"msg": "m"} if input.b == 1`, b: `1`, want: "n/a"},
		{name: "applies negated", rules: `applies if not input.a.k
violation contains {"msg": "m"} if input.b == 1`, b: `1`, want: notCollected},
		{name: "undecided unknown", rules: `violation contains {"msg": "m"} if input.b == 2
undecided contains {"msg": "u"} if input.a == "x"`, b: `1`, want: notCollected},
		{name: "undecided certain", rules: `violation contains {"msg": "m"} if { input.b == 2; input.a == "x" }
undecided contains {"msg": "u"} if input.b == 1`, b: `1`, want: "unknown undecidable"},
		{name: "conflict of an unknown rule", rules: `violation contains {"msg": "m"} if h == 3
h := 1 if input.b == 1
h := 2 if input.a == "x"`, b: `1`, want: notCollected},
		{name: "conflict behind a certain member", rules: `violation contains {"msg": "m"} if h == 1
h := 1 if input.b == 1
h := 2 if input.a == "x"`, b: `1`, want: notCollected},
		{name: "conflict in a function", rules: `violation contains {"msg": "m"} if f(input.a) == 9
f(x) := e.n if { some e in x; e.k == "x" }`, b: `1`, want: notCollected},
		{name: "conflict of a rule that searches", rules: `violation contains {"msg": "m"} if h == 1
h := e.n if { some e in input.b; good(e) }
good(e) if e.n == 1
good(e) if { e.n == 2; input.a == "x" }`, b: `[{"n":1},{"n":2}]`, want: notCollected},
		{name: "conflict of object keys", rules: `violation contains {"msg": "m"} if m.z == 1
m[e.k] := e.n if some e in input.a`, b: `1`, want: notCollected},
		{name: "two rules with one value", rules: `violation contains {"msg": "m"} if h == 2
h := 1 if input.b == 1
h := 1 if input.a == "x"`, b: `1`, want: "pass"},
		{name: "conflict out of reach of the unknown", rules: `violation contains {"msg": "m", "subject": input.id} if h == 1
violation contains {"msg": "m", "subject": "t"} if input.a == "x"
h := 1 if input.b == 1
h := 2 if input.b == 2`, b: `1`, want: "fail"},
		{name: "member of an unknown set of rules", rules: `violation contains shown(x) if { some x in due; x.n < 3 }
due contains {"msg": "m", "n": e.n, "subject": e.k} if some e in input.a
shown(x) := object.filter(x, {"msg", "subject"})`, b: `1`, want: notCollected},
		{name: "due that cannot come", rules: `violation contains object.filter(x, {"msg"}) if { some x in due; x.n == 7 }
due contains {"msg": "m", "n": input.b, "subject": e.k} if some e in input.a`, b: `1`, want: "pass"},
		{name: "comparison", rules: `violation contains {"msg": "m"} if input.a > 3`, b: `1`, want: notCollected},
		{name: "comparison of types", rules: `violation contains {"msg": "m"} if input.a < input.b`, b: `"k"`,
			want: notCollected},
		{name: "type test", rules: `violation contains {"msg": "m"} if not is_boolean(input.a.k)`, b: `1`,
			want: notCollected},
		{name: "union of sets", rules: `violation contains {"msg": x} if some x in ({"x"} | {y | some y in input.a})`,
			b: `1`, want: notCollected},
		{name: "bad date in the unknown",
			rules: `violation contains {"msg": "m"} if time.parse_rfc3339_ns(input.a) < time.parse_rfc3339_ns(input.now)`,
			b:     `1`, want: notCollected},
		{name: "object.union", rules: `violation contains {"msg": "m"} if object.union(input.a, {"k": "z"}).k == "x"`,
			b: `1`, want: notCollected},
		{name: "two iterations",
			rules: `violation contains {"msg": "m"} if { some x in input.a; some y in input.a; x.k == y.k; x.n != y.n }`, b: `1`, want: notCollected},
		{name: "membership", rules: `violation contains {"msg": "m"} if input.b in input.a`, b: `"x"`, want: notCollected},
		{name: "no membership", rules: `violation contains {"msg": "m"} if not input.b in input.a`, b: `"x"`,
			want: notCollected},
		{name: "known equality with unknown parts",
			rules: `violation contains {"msg": "m"} if [input.a, 1] == ["x", input.b]`, b: `2`, want: "pass"},
		{name: "string template",
			rules: "violation contains {\"msg\": m} if { input.b == 1; m := $\"a is {input.a}\" }", b: `1`, want: notCollected},
	}
}
