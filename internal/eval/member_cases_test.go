package eval_test

// memberPartialTests step through sets whose members hold what a function or another rule has yielded from an unknown.
func memberPartialTests() []partialTest {
	const first, keyed = "\nfirst(x) := [y | some y in x][0]", "\nkeyed(x) := {\"v\": first(x)}"
	const violation = `violation contains {"msg": "m"} if { some e in s; `
	return []partialTest{
		{
			name: "function in a member", b: `1`, want: notCollected,
			rules: violation + `e.v.k == "x" }` + "\ns contains {\"v\": first(input.a)}" + first,
		},
		{
			name: "function in a member that is an array", b: `1`, want: notCollected,
			rules: `violation contains {"msg": "m"} if { some [_, v] in s; v.k == "x" }` + "\ns contains [1, first(input.a)]" + first,
		},
		{
			name: "function in an array in a member", b: `1`, want: notCollected,
			rules: violation + `some v in e; v.k == "x" }` + "\ns contains [first(input.a)]" + first,
		},
		{
			name: "function that builds the member", b: `1`, want: notCollected,
			rules: violation + `e.v.k == "x" }` + "\ns contains keyed(input.a)" + keyed + first,
		},
		{
			name: "function within a function in a member", b: `1`, want: notCollected,
			rules: violation + `e.w.v.k == "x" }` + "\ns contains {\"w\": w} if w := keyed(input.a)" + keyed + first,
		},
		{
			name: "function under not", b: `1`, want: notCollected,
			rules: `violation contains {"msg": "m"} if not bad
bad if { some e in s; e.v.k == "x" }` + "\ns contains {\"v\": first(input.a)}" + first,
		},
		{
			name: "built-in of a function in a member", b: `1`, want: notCollected,
			rules: violation + `e.v.k == "x" }` + "\ns contains {\"v\": same(input.a)}\nsame(x) := object.filter(x, {\"k\"})",
		},
		{
			name: "rule in a member", b: `1`, want: notCollected,
			rules: violation + `e.v.v.k == "x" }` + "\ns contains {\"v\": h}\nh := keyed(input.a)" + keyed + first,
		},
		{
			name: "member of another set", b: `1`, want: notCollected,
			rules: violation + `e.v.v.k == "x" }` + "\ns contains {\"v\": e} if some e in t\nt contains keyed(input.a)" + keyed + first,
		},
		{
			name: "known beside a function", b: `1`, want: "pass",
			rules: violation + `e.n == 2; e.v.k == "x" }` + "\ns contains {\"n\": input.b, \"v\": first(input.a)}" + first,
		},
		{
			name: "known member beside an unknown one", b: `[{"k":"x"}]`, want: "fail",
			rules: violation + `e.v.k == "x" }` + "\ns contains {\"v\": first(input.b)}\ns contains {\"v\": first(input.a)}" + first,
		},
		{
			name: "function in a set that is a rule's value", b: `1`, want: notCollected,
			rules: violation + `e.v.k == "x" }` + "\ns := {keyed(input.a)}" + keyed + first,
		},
		{
			name: "function in a set that is a function's value", b: `1`, want: notCollected,
			rules: `violation contains {"msg": "m"} if { some e in s(input.a); e.v.k == "x" }` + "\ns(x) := {keyed(x)}" + keyed + first,
		},
		{
			name: "function in a set that is an argument", b: `1`, want: notCollected,
			rules: `violation contains {"msg": "m"} if bad({keyed(input.a)})` + "\nbad(s) if { some e in s; e.v.k == \"x\" }" + keyed + first,
		},
		{
			name: "function in a set that is a variable", b: `1`, want: notCollected,
			rules: `violation contains {"msg": "m"} if { s := {keyed(input.a)}; bad([s]) }` +
				"\nbad(l) if { some e in l[0]; e.v.k == \"x\" }" + keyed + first,
		},
	}
}
