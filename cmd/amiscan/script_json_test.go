package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/amiscan/amiscan/internal/outside"
)

// reportSchema is the published schema of JSON reports.
const reportSchema = "../../docs/schema/report.schema.json"

// jsonReport is what the tests read of a JSON report.
type jsonReport struct {
	Now   string `json:"now"`
	Scope struct {
		Warnings   []string
		OutOfScope []struct{ Policy, Why string } `json:"out_of_scope"`
	}
	Findings []jsonFinding
	Summary  struct {
		Resources map[string]int
		Findings  map[string]int
	}
	Coverage []struct{ Kind, Fact, Action, Status, Code string }
	Exit     struct {
		Code   int
		Reason string
	}
}

type jsonFinding struct {
	Policy, Severity, Outcome, Reason, Subject, Message string
	Resource                                            struct{ Kind, ID, Account, Region string }
	Gaps                                                []struct{ Fact, Status, Action, Code string }
}

// valid holds reports to their published schemas: valid json FILE, valid sarif FILE. The SARIF schema comes from outside.
func valid(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: valid json|sarif FILE")
	}
	schema := reportSchema
	if args[0] == "sarif" {
		schema = os.Getenv(outside.SARIFSchema)
	}
	if schema != "" {
		ts.Check(validate(schema, []byte(ts.ReadFile(args[1]))))
	}
}

func validate(schema string, document []byte) error {
	path, err := filepath.Abs(schema)
	if err != nil {
		return err
	}
	compiled, err := jsonschema.NewCompiler().Compile(path)
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(string(document)))
	if err != nil {
		return err
	}
	return compiled.Validate(value)
}

// jsonCommand boils a JSON report down to lines that a script can compare: json REPORT OUT writes one line a finding,
// "ID POLICY OUTCOME [REASON] [SUBJECT]", and the exit code.
func jsonCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: json REPORT OUT")
	}
	var r jsonReport
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &r))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(r.lines()), 0o600))
}

func (r jsonReport) lines() string {
	var lines []string
	for _, f := range r.Findings {
		fields := []string{f.Resource.ID, f.Policy, f.Outcome, f.Reason, f.Subject}
		lines = append(lines, strings.Join(strings.Fields(strings.Join(fields, " ")), " "))
	}
	slices.Sort(lines)
	lines = append(lines, fmt.Sprintf("exit %d", r.Exit.Code), "")
	return strings.Join(lines, "\n")
}
