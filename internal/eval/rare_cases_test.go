package eval_test

// rarePartialTests are ways of reading an unknown fact that are seldom seen; some of them OPA evaluates wrongly.
func rarePartialTests() []partialTest {
	return []partialTest{
		{
			name: "object comprehension", b: `1`, want: notCollected,
			rules: `violation contains {"msg": "m"} if { m := {e.k: e.n | some e in input.a}; m.x == 1 }`,
		},
		{
			name: "object comprehension that is counted", b: `1`, want: notCollected,
			rules: `violation contains {"msg": "m"} if { m := {e.k: e.n | some e in input.a}; count(m) == 0 }`,
		},
		{
			name: "computed key of a known value", b: `"x"`, want: notCollected,
			rules: `violation contains {"msg": "m"} if { {input.b: 1}.x == 1; input.a == "x" }`,
		},
		{name: "object key through a function", rules: `violation contains {"msg": "m"} if f({input.a: 1})
f(o) if o.x == 1`, b: `1`, want: notCollected},
		{
			name: "object key through a function, key known", b: `"x"`, want: notCollected,
			rules: `violation contains {"msg": "m"} if f({input.a: 1}, input.b)
f(o, k) if o[k] == 1`,
		},
		{name: "object key in a rule's value", rules: `violation contains {"msg": "m"} if h.x == 1
h := {input.a: 1}`, b: `1`, want: notCollected},
		{
			name: "object key compared", b: `1`, want: notCollected,
			rules: `violation contains {"msg": "m"} if {input.a: 1} == {"x": 1}`,
		},
		{name: "object key in a library", rules: `import data.amiscan.lib.l
violation contains {"msg": "m"} if l.tags(input.a).x`, b: `1`, want: notCollected, lib: `tags(k) := {k: true}`},
		{
			name: "object keys iterated", b: `1`, want: notCollected,
			rules: `violation contains {"msg": "m"} if { o := {input.a: 1}; some k, _ in o; k == "x" }`,
		},
		{
			name: "object value", b: `"x"`, want: notCollected,
			rules: `violation contains {"msg": "m"} if { o := {"x": input.a}; o[input.b] == "x" }`,
		},
		{name: "set through a function", rules: `violation contains {"msg": "m"} if f({input.a, "y"})
f(s) if s["x"]`, b: `1`, want: notCollected},
		{
			name: "set through a function, membership", b: `"x"`, want: notCollected,
			rules: `violation contains {"msg": "m"} if f({input.a, "y"}, input.b)
f(s, x) if x in s`,
		},
		{name: "set in a rule's value", rules: `violation contains {"msg": "m"} if h["x"]
h := {input.a, "y"}`, b: `1`, want: notCollected},
		{name: "set in a rule's value under not", rules: `violation contains {"msg": "m"} if not h["x"]
h := {input.a, "y"}`, b: `1`, want: notCollected},
		{name: "set equality through a rule", rules: `violation contains {"msg": "m"} if h == {"x", "y"}
h := {input.a, "y"}`, b: `1`, want: notCollected},
		{
			name: "set of sets", b: `1`, want: notCollected,
			rules: `violation contains {"msg": "m"} if {{input.a}}[{"x"}]`,
		},
		{name: "set in a set of rules", rules: `violation contains {"msg": "m"} if {"x"} in h
h contains {input.a}`, b: `1`, want: notCollected},
		{
			name: "set index", b: `1`, want: notCollected,
			rules: `violation contains {"msg": "m"} if { s := {input.a, "y"}; s["x"] }`,
		},
		{
			name: "set index under not", b: `1`, want: notCollected,
			rules: `violation contains {"msg": "m"} if { s := {input.a, "y"}; not s["x"] }`,
		},
		{
			name: "set in an array", b: `1`, want: notCollected,
			rules: `violation contains {"msg": "m"} if [{input.a}] == [{"x"}]`,
		},
		{
			name: "set equality", b: `1`, want: notCollected,
			rules: `violation contains {"msg": "m"} if {input.a, "y"} == {"x", "y"}`,
		},
		{
			name: "set count", b: `1`, want: notCollected,
			rules: `violation contains {"msg": "m"} if count({input.a, "x"}) == 1`,
		},
		{name: "array in a set of rules", rules: `violation contains {"msg": "m"} if h[["x", 1]]
h contains [input.a, 1]`, b: `1`, want: notCollected},
		{name: "pattern in a set of rules", rules: `violation contains {"msg": "m"} if { some x; h[[x, 1]]; x == "x" }
h contains [input.a, 1]`, b: `1`, want: notCollected},
		{name: "object in a set of rules", rules: `violation contains {"msg": "m"} if not {"k": "x"} in h
h contains {"k": input.a}`, b: `1`, want: notCollected},
		{name: "object argument matched", rules: `violation contains {"msg": "m"} if f({"k": input.a})
f({"k": "x"})`, b: `1`, want: notCollected},
		{name: "set argument matched by its head", rules: `violation contains {"msg": "m"} if f({input.a})
f({"x"})`, b: `1`, want: notCollected},
		{name: "argument matched by a constant", rules: `violation contains {"msg": "m"} if not f(input.a)
f("x")
f(5)`, b: `1`, want: notCollected},
		{name: "argument matched by a pattern", rules: `violation contains {"msg": "m"} if f(input.a)
f({"k": "x"})
f(["x"])`, b: `1`, want: notCollected},
		{name: "set of rules with computed names", rules: `violation contains {"msg": "m"} if not good.x["y"]
good[q] contains p if { some q in input.b; some p in input.a }`, b: `["x"]`, want: notCollected},
		{name: "rules with computed names", rules: `violation contains {"msg": "m"} if not good.x.y
good[q].y := input.a if some q in input.b`, b: `["x"]`, want: notCollected},
		{name: "rules with two computed names", rules: `violation contains {"msg": "m"} if count(good) == 0
good[q][p] := 1 if { some q in input.b; some p in input.a }`, b: `["x"]`, want: notCollected},
		{name: "package of rules counted", rules: `violation contains {"msg": "m"} if count(good) == 1
good.x := 1 if input.b == 1
good.y := 2 if input.a == "x"`, b: `1`, want: notCollected},
		{name: "set of rules asked for an unknown", rules: `violation contains {"msg": "m"} if good[input.a]
good contains q if some q in input.b`, b: `["x"]`, want: notCollected},
		{name: "object of rules asked for an unknown", rules: `violation contains {"msg": "m"} if not good[input.a]
good[q] := 1 if some q in input.b`, b: `["x"]`, want: notCollected},
		{
			name: "index by an unknown field", b: `{"x":1}`, want: notCollected,
			rules: `violation contains {"msg": "m"} if { k := input.a.k; not input.b[k] }`,
		},
		{
			name: "set asked for an unknown", b: `["x"]`, want: notCollected,
			rules: `violation contains {"msg": "m"} if { s := {q | some q in input.b}; not s[input.a] }`,
		},
		{
			name: "array pattern", b: `1`, want: notCollected,
			rules: `violation contains {"msg": "m"} if { [x, y] = [input.a, input.b]; x == "x"; y == 1 }`,
		},
		{
			name: "object pattern", b: `1`, want: notCollected,
			rules: `violation contains {"msg": "m"} if { {"k": x} = input.a; x == "x" }`,
		},
		{
			name: "pattern in some", b: `1`, want: notCollected,
			rules: `violation contains {"msg": "m"} if { some {"k": "x", "n": n} in input.a; n > 3 }`,
		},
		{name: "function of known and unknown", rules: `violation contains {"msg": "m"} if f(input.b, input.a)
f("x", y) if y == 5
f("z", _) := true`, b: `"z"`, want: notCollected},
		{name: "default function over an unknown", rules: `violation contains {"msg": "m"} if g(input.b) == 0
default g(_) := 0
g(x) := 1 if input.a == x`, b: `"x"`, want: notCollected},
		{name: "negated search", rules: `violation contains {"msg": "m"} if not h(input.b)
h(x) if { some q in input.a; q == x }`, b: `"x"`, want: notCollected},
		{
			name: "boolean kept in a variable", b: `"x"`, want: notCollected,
			rules: `violation contains {"msg": "m"} if { x := input.a == "x"; x == false }`,
		},
		{
			name: "truth in a comprehension", b: `"x"`, want: notCollected,
			rules: `violation contains {"msg": "m"} if { x := {true | input.a == "x"}; count(x) == 0 }`,
		},
		{
			name: "closure over a known element", b: `["x"]`, want: notCollected,
			rules: `violation contains {"msg": q} if { some q in input.b; ok := [1 | input.a[_] == q]; count(ok) == 0 }`,
		},
		{
			name: "evidence with an unknown", b: `1`, want: notCollected,
			rules: `violation contains {"msg": "m", "evidence": object.filter(input.a, {"k"})} if input.b == 1`,
		},
		{
			name: "every within not in", b: `["x"]`, want: notCollected,
			rules: `violation contains {"msg": "m"} if { every q in input.b { not q in input.a } }`,
		},
		{
			name: "every with keys", b: `["x"]`, want: notCollected,
			rules: `violation contains {"msg": "m"} if { every k, v in input.a { k != v } }`,
		},
		{
			name: "status in the message", b: `1`, want: notCollected,
			rules: `violation contains {"msg": input.status.b, "subject": "s"} if { input.b == 1; not input.a == "x" }`,
		},
		{name: "known half of an or", rules: `violation contains {"msg": "m"} if not ok
ok if input.a[_] == "x"
ok if input.b[_] == "y"`, b: `["y"]`, want: notCollected},
		{name: "count kept in a function", rules: `violation contains {"msg": "m"} if f(input.b) == true
f(x) := y if { y := count([q | some q in input.a; q == x]) == 0 }`, b: `"x"`, want: notCollected},
		{name: "false as a rule's value", rules: `violation contains {"msg": "m"} if h == false
h := input.a.k == "x"`, b: `"x"`, want: notCollected},
		{
			name: "unification in a chain", b: `"x"`, want: notCollected,
			rules: `violation contains {"msg": "m"} if { x = y; y = input.a; x = input.b }`,
		},
		{
			name: "nested unification", b: `{"k":"x"}`, want: notCollected,
			rules: `violation contains {"msg": "m"} if { some x, y; [x, {"k": y}] = [input.a, input.b]; x != y }`,
		},
		{name: "default false with every", rules: `violation contains {"msg": "m"} if ok == false
default ok := false
ok if { every x in input.a { x.n > 3 } }`, b: `1`, want: notCollected},
		{name: "chain of sets", rules: `violation contains {"msg": m} if { some m in l1 }
l1 contains m if { some m in l2; m != "y" }
l2 contains m if { some m in l3 }
l3 contains m if { some m in input.a }
l3 contains "y" if input.b == 1`, b: `1`, want: notCollected},
		{name: "negated chain of sets", rules: `violation contains {"msg": "m"} if not l1
l1 if { some m in l2; m == "y" }
l2 contains m if { some m in input.a }
l2 contains "y" if input.b == 1`, b: `1`, want: notCollected},
		{name: "bare member", rules: `violation contains input.a if input.b == 1`, b: `1`, want: notCollected},
		{name: "reference into a function's value", rules: `violation contains {"msg": "m"} if f(input.a)[_].k == "x"
f(x) := x`, b: `1`, want: notCollected},
	}
}
