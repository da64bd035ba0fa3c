package main

import (
	"regexp"

	"github.com/rogpeppe/go-internal/testscript"
)

// query holds what the first group of a pattern finds in a file against a text: query FILE PATTERN WANT.
func query(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: query FILE PATTERN WANT")
	}
	if got := firstIn(ts, args[0], args[1]); got != args[2] {
		ts.Fatalf("%s holds %q, want %q", args[0], got, args[2])
	}
}

// same holds that against what it finds in another file: same FILE FILE PATTERN; ! same wants another text there.
func same(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: [!] same FILE FILE PATTERN")
	}
	first, second := firstIn(ts, args[0], args[2]), firstIn(ts, args[1], args[2])
	if (first == second) == neg {
		ts.Fatalf("%s holds %q, %s holds %q", args[0], first, args[1], second)
	}
}

func firstIn(ts *testscript.TestScript, file, pattern string) string {
	groups := regexp.MustCompile(pattern).FindStringSubmatch(ts.ReadFile(file))
	if len(groups) < 2 {
		ts.Fatalf("%s holds nothing like %s", file, pattern)
	}
	return groups[1]
}
