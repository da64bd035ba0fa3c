package main

import (
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// explain says what was seen, why the exit code was to be expected, and how to go on.
func explain(w io.Writer, out string, calls map[string]int) {
	total := 0
	var names []string
	for _, name := range slices.Sorted(maps.Keys(calls)) {
		total += calls[name]
		names = append(names, fmt.Sprintf("%s %d", name, calls[name]))
	}
	fmt.Fprintf(w, `
This was the real amiscan against a made-up account on this machine: %d calls, none that writes
(%s).
Exit code %d was expected: the account fails in many ways (exit code 1 by itself), but one KMS key refused
to be read, and amiscan never calls safe what it could not see.

Reports: %s, %s

With your own account (read-only credentials as for the AWS CLI):
  bin/amiscan scan --region eu-west-1
Without credentials, on saved output of the AWS CLI:
  aws ec2 describe-images --owners self > images.json
  bin/amiscan eval images.json
`, total, strings.Join(names, ", "), expected, filepath.Join(out, "report.json"), filepath.Join(out, "report.sarif"))
}

// quote writes arguments as a shell would take them.
func quote(arguments []string) string { return strings.Join(arguments, " ") }
