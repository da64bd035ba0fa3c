package eval_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/eval"
	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/policies"
)

// pass is a policy body that never holds.
const pass = `violation contains {"msg": "m"} if input.a == "never"` + "\n"

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	withRules := func(rules string) []string { return []string{"p.rego", smallHead("p") + rules} }
	tests := []struct {
		name  string
		files []string
		want  string
	}{
		{"input passed whole", withRules("violation contains {\"msg\": \"m\"} if f(input)\nf(x) if x.a"),
			"p.rego:13: input must be written"},
		{"input aliased", withRules(`violation contains {"msg": "m"} if { x := input; x.a == 1 }`),
			"p.rego:13: input must be written"},
		{"input indexed by a variable", withRules(`violation contains {"msg": "m"} if { some k; input[k] == 1 }`),
			"p.rego:13: input must be written"},
		{"input walked", withRules(`violation contains {"msg": "m"} if { walk(input, [_, x]); x == 1 }`),
			"p.rego:13: input must be written"},
		{"input in object.get", withRules(`violation contains {"msg": "m"} if object.get(input, "a", 0) == 1`),
			"p.rego:13: input must be written"},
		{"input counted under not", withRules(`violation contains {"msg": "m"} if not count(input) == 1`),
			"p.rego:13: input must be written"},
		{"input in the message", withRules(`violation contains {"msg": "m", "evidence": input}`),
			"p.rego:13: input must be written"},
		{"status whole", withRules(`violation contains {"msg": "m"} if count(input.status) == 1`),
			"p.rego:13: input must be written"},
		{"status by a variable",
			withRules(`violation contains {"msg": "m"} if { some k; input.status[k] == "denied" }`), "p.rego:13: input must be"},
		{"input whole in a library",
			append(withRules("import data.amiscan.lib.l\nviolation contains {\"msg\": \"m\"} if l.f"),
				"l.rego", "package amiscan.lib.l\n\nf if count(input) > 1\n"), "l.rego:3: input must be written"},
		{"with input", withRules("violation contains {\"msg\": \"m\"} if h with input as {\"a\": 1}\nh if input.a"),
			"p.rego:13: `with` is not allowed"},
		{"with in a library", append(withRules("import data.amiscan.lib.l\nviolation contains {\"msg\": \"m\"} if l.f"),
			"l.rego", "package amiscan.lib.l\n\nf if g with input.a as 1\n\ng if input.a\n"),
			"l.rego:3: `with` is not allowed"},
		{"unknown fact", withRules(`violation contains {"msg": "m"} if input.z`), "undefined ref: input.z"},
		{"misspelt field", withRules(`violation contains {"msg": "m"} if input.image.Nmae == "x"`),
			"p.rego:13: rego_type_error: undefined ref"},
		{"misspelt field of an iteration in else",
			withRules("violation contains {\"msg\": \"m\"} if h\nh := 1 if input.a\nelse := 2 if input.image.Nmae"),
			"p.rego:15: rego_type_error"},
		{"network", withRules(`violation contains {"msg": "m"} if http.send({"method": "get", "url": "x"})`),
			"undefined function http.send"},
		{"clock", withRules(`violation contains {"msg": "m"} if time.now_ns() > 1`), "undefined function time.now_ns"},
		{"clock of a certificate",
			withRules(`violation contains {"msg": "m"} if crypto.x509.parse_and_verify_certificates(input.a)`),
			"undefined function crypto.x509.parse_and_verify_certificates"},
		{"environment", withRules(`violation contains {"msg": "m"} if opa.runtime().env.X`),
			"undefined function opa.runtime"},
		{"chance", withRules(`violation contains {"msg": "m"} if rand.intn("x", 5) == 1`), "undefined function rand.intn"},
		{"names", withRules(`violation contains {"msg": "m"} if net.lookup_ip_addr("x")`),
			"undefined function net.lookup_ip_addr"},
		{"param not declared", withRules(`violation contains {"msg": "m"} if data.params.x == 1`),
			"declares params [] but reads [x]"},
		{"params whole", withRules(`violation contains {"msg": "m"} if count(data.params) == 1`),
			"params must be written data.params.<name>"},
		{"params by a variable", withRules(`violation contains {"msg": "m"} if { some k; data.params[k] }`),
			"params must be written data.params.<name>"},
		{"param not read", []string{"p.rego", smallHead("p",
			"params: [{name: x, type: number, default: 1, meaning: X}]") + pass},
			"declares params [x] but reads []"},
		{"other data", withRules(`violation contains {"msg": "m"} if data.other.x == 1`), "data.other.x does not exist"},
		{"own data that is not there",
			withRules(`violation contains {"msg": "m"} if data.amiscan.small.p.nothing == 1`), "does not exist"},
		{"rules in params", append(withRules(pass), "q.rego", "package params\n\nx := 1\n"),
			"q.rego:3: a rule of this name would change data.params"},
		{"policy twice", append(withRules(pass), "q.rego", smallHead("p")+pass), "package annotation redeclared: p.rego:1"},
		{"no metadata", []string{"p.rego", "package amiscan.small.p\n\n" + pass}, "has no METADATA block"},
		{"unknown key", []string{"p.rego", smallHead("p", "serverity: high") + pass}, `unknown field "serverity"`},
		{"unknown severity", []string{"p.rego", strings.Replace(smallHead("p"), "high", "huge", 1) + pass},
			`severity "huge"`},
		{"no title", []string{"p.rego", strings.Replace(smallHead("p"), "# title: Small\n", "", 1) + pass},
			"title is needed"},
		{"no description", []string{"p.rego", strings.Replace(smallHead("p"), "# description: A small policy.\n", "",
			1) + pass}, "description is needed"},
		{"no remediation", []string{"p.rego", strings.Replace(smallHead("p"), "#   remediation: Mend it.\n", "",
			1) + pass}, "remediation is needed"},
		{"no severity", []string{"p.rego", strings.Replace(smallHead("p"), "#   severity: high\n", "", 1) + pass},
			"severity is needed"},
		{"no schema", []string{"p.rego", strings.Replace(smallHead("p"), "# schemas:\n#   - input: schema.ami\n", "",
			1) + pass}, "schemas must be the one entry"},
		{"unknown kind", []string{"p.rego", strings.ReplaceAll(smallHead("p"), "resource: ami",
			"resource: amy") + pass}, "schemas must be the one entry `input: schema.amy`"},
		{"no violation", withRules(`applies if input.a`), "defines no rule `violation contains`"},
		{"violation that is no set", withRules(`violation if input.a`), "p.rego:13: `violation` is a set of objects"},
		{"applies that is a set", withRules(pass + `applies contains "x" if input.a`), "p.rego:14: `applies` is written"},
		{"applies with a value", withRules(pass + `applies := "yes" if input.a`), "p.rego:14: `applies` is written"},
		{"applies with an else", withRules(pass + "applies if input.a\nelse := false"), "p.rego:14: `applies` is written"},
		{"undecided that is no set", withRules(pass + `undecided := {"msg": "m"} if input.a`),
			"p.rego:14: `undecided` is a set"},
		{"violation outside a policy", append(withRules(pass), "q.rego", "package main\n\n"+pass),
			"q.rego:3: a policy's package is amiscan"},
		{"package too short", []string{"p.rego", strings.Replace(smallHead("p"), "small.p", "small", 1) + pass},
			"a policy's package is amiscan.<family>.<name>"},
		{"no policy", []string{"l.rego", "package amiscan.lib.l\n\nx := 1\n"}, "hold no policy"},
		{"no file", []string{"README.md", "x"}, "no .rego file"},
		{"syntax", []string{"p.rego", smallHead("p") + "violation contains"}, "p.rego:13"},
		{"empty", []string{"p.rego", ""}, "p.rego:"},
		{"unused variable", withRules(`violation contains {"msg": "m"} if { x := input.a; input.b }`),
			"assigned var x unused"},
		{"too large", []string{"p.rego", smallHead("p") + pass + "#" + strings.Repeat("x", 1<<20)}, "bytes is more than"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := loadSmall(test.files...)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v, want %q", err, test.want)
			}
		})
	}
}

func TestLoadKeepsSourcesApart(t *testing.T) {
	t.Parallel()
	embedded := eval.Source{FS: policies.FS(), Embedded: true}
	user := func(name string, pairs ...string) eval.Source { return eval.Source{Name: name, FS: files(pairs...)} }
	shadow := strings.Replace(smallHead("p"), "small.p", "sharing.ami_public",
		1) + "violation contains {\"msg\": \"m\"} if input.image\n"
	tests := []struct {
		name    string
		sources []eval.Source
		want    string
	}{
		{"two files of one name", []eval.Source{user("d", "p.rego", smallHead("p")+pass), user("d", "p.rego",
			smallHead("q")+pass)},
			"d/p.rego: two policy sources hold a file of this name"},
		{"embedded policy shadowed", []eval.Source{embedded, user("d", "p.rego", shadow)},
			"d/p.rego:13: a rule of this name would change"},
		{"embedded library extended", []eval.Source{embedded, user("d", "l.rego",
			"package amiscan.lib.images\n\navailable(_) if true\n")},
			"d/l.rego:3: a rule of this name would change data.amiscan.lib.images"},
		{"embedded library extended from outside", []eval.Source{embedded, user("d", "l.rego",
			"package amiscan.lib\n\nimages.available(_) if true\n")},
			"d/l.rego:3: a rule of this name would change data.amiscan.lib.images"},
		{"embedded file in another place", []eval.Source{{FS: files("other.rego",
			smallHead("p")+"violation contains {\"msg\": \"m\"} if input.image\n"), Embedded: true}}, "belongs into small/p.rego"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := eval.Load(context.Background(), test.sources, embeddedOptions(t))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v, want %q", err, test.want)
			}
		})
	}
}

func TestReadsAreFoundWhereverTheyStand(t *testing.T) {
	t.Parallel()
	lib := "package amiscan.lib.l\n\nf(_) if input.b\n"
	tests := []struct {
		name, rules string
		want        []string
	}{
		{"else branch", "violation contains {\"msg\": \"m\"} if h == 2\nh := 1 if input.b == 1\nelse := 2 if input.a",
			[]string{"a", "b"}},
		{"value of a default rule's other definition",
			"violation contains {\"msg\": \"m\"} if h == 2\ndefault h := 1\nh := input.a", []string{"a"}},
		{"comprehension", `violation contains {"msg": "m"} if count([x | some x in input.a]) == 1`, []string{"a"}},
		{"object comprehension", `violation contains {"msg": "m"} if count({k: v | some k, v in input.a}) == 1`,
			[]string{"a"}},
		{"every", `violation contains {"msg": "m"} if { every x in input.a { x == input.b } }`, []string{"a", "b"}},
		{"function argument", "violation contains {\"msg\": \"m\"} if f(input.a)\nf(x) if x == 1", []string{"a"}},
		{"chain", "violation contains {\"msg\": \"m\"} if h\nh if i\ni if not j\nj if input.a", []string{"a"}},
		{"library that reads input", "import data.amiscan.lib.l\nviolation contains {\"msg\": \"m\"} if l.f(input.a)",
			[]string{"a", "b"}},
		{"not", `violation contains {"msg": "m"} if not input.a`, []string{"a"}},
		{"wildcard", `violation contains {"msg": "m"} if _ = input.a`, []string{"a"}},
		{"evidence", `violation contains {"msg": "m", "evidence": {"a": input.a}}`, []string{"a"}},
		{"status", `violation contains {"msg": "m"} if input.status.a == "not_visible"`, []string{"a"}},
		{"applies, undecided, due",
			"violation contains {\"msg\": \"m\"} if input.id == \"x\"\napplies if input.a\nundecided contains {\"msg\": \"m\"} if input.b\n" +
				"due contains {\"msg\": \"m\"} if input.c", []string{"a", "b", "c"}},
		{"brackets", `violation contains {"msg": "m"} if input["a"]`, []string{"a"}},
		{"rule chosen by a variable",
			"violation contains {\"msg\": \"m\"} if { some k in [\"x\"]; data.amiscan.small.p.h[k] }\nh.x if input.a\nh.y if input.b",
			[]string{"a", "b"}},
		{"rule not asked for", pass + "other if input.b", []string{"a"}},
		{"nothing", `violation contains {"msg": "m"} if input.account == "1"`, []string{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			engine := mustLoadSmall(t, "p.rego", smallHead("p")+test.rules+"\n", "l.rego", lib)
			if diff := cmp.Diff(test.want, engine.Policies()[0].Reads); diff != "" {
				t.Errorf("reads (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPoliciesCarryTheirMetadata(t *testing.T) {
	t.Parallel()
	head := smallHead("p", "controls: [FSBP/EC2.1]", "default: false", "aliases: [old/p]",
		"deprecated: use small/q", "partial: [a]",
		"params: [{name: x, type: list, default: [y], meaning: X}]")
	engine := mustLoadSmall(t, "p.rego",
		head+`violation contains {"msg": "m"} if { some e in input.a; e in data.params.x }`)
	want := []finding.Policy{{
		ID: "small/p", Title: "Small", Description: "A small policy.", Severity: finding.High, Resource: "ami",
		Remediation: "Mend it.",
		Controls:    []string{"FSBP/EC2.1"}, References: []string{}, Aliases: []string{"old/p"}, Deprecated: "use small/q",
		Params: []finding.Param{{Name: "x", Type: "list", Default: []any{"y"}, Meaning: "X"}}, Reads: []string{"a"},
		Partial: []string{"a"},
	}}
	if diff := cmp.Diff(want, engine.Policies()); diff != "" {
		t.Errorf("policies (-want +got):\n%s", diff)
	}
}
