package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// width is that of the demo's own text, for a terminal of the usual 80 columns.
const width = 79

// explain leads through the reports: what they tell today, what a month adds, why the exit code was to be expected, and
// how to go on. A story that the reports do not tell is an error.
func explain(w io.Writer, out string, calls map[string]int, later string) error {
	today, err := readReport(out, "report.json")
	if err != nil {
		return err
	}
	next, err := readReport(out, "next-month.json")
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\n%s\nThis was the real amiscan. What it saw is made up:\n", strings.Repeat("-", width))
	paragraph(w, 2, served(today.Summary.Resources))
	paragraph(w, 2, asked(calls))
	for i, s := range stories() {
		if err := tell(w, i+1, s, today); err != nil {
			return err
		}
	}
	foretell(w, onlyIn(next, today), later)
	conclude(w, out)
	return nil
}

// tell shows the findings of a story.
func tell(w io.Writer, number int, s story, report jsonReport) error {
	fmt.Fprintf(w, "\n%d. %s\n", number, s.title)
	paragraph(w, 3, s.lead)
	for _, scene := range s.scenes {
		i := slices.IndexFunc(report.Findings, func(f found) bool { return f.isOf(scene) })
		if i < 0 {
			return fmt.Errorf("the report has no finding of %s for %s", scene.policy, scene.resource)
		}
		show(w, report.Findings[i])
	}
	if s.after != "" {
		paragraph(w, 3, s.after)
	}
	return nil
}

func show(w io.Writer, f found) {
	fmt.Fprintf(w, "   %s: %s\n", f.Policy, f.name())
	paragraph(w, 6, f.Message)
}

// foretell shows what the scan of next month has and today's has not.
func foretell(w io.Writer, fresh []found, command string) {
	fmt.Fprintf(w, "\n%d. WHAT BREAKS NEXT MONTH\n", len(stories())+1)
	paragraph(w, 3, "The same account, judged as of a month later. Only what is new, by the day that it names:")
	fmt.Fprintf(w, "   $ %s\n", command)
	for _, f := range fresh {
		fmt.Fprintf(w, "   %s  %s: %s\n", f.date(), f.Policy, f.name())
		paragraph(w, 6, f.Message)
	}
}

func conclude(w io.Writer, out string) {
	fmt.Fprintf(w, `
What to do about each stands above, under HOW TO FIX.

Exit code %d was expected: what fails would be exit code 1 by itself, but one KMS
key refused to be described, and amiscan never calls safe what it could not see.

Reports: report.json, report.sarif and next-month.json in %s
The account: internal/awsstub/demo/estate, facts.json and amiscan.yaml beside it

With your own account (read-only credentials as for the AWS CLI):
  bin/amiscan scan --region eu-west-1
  bin/amiscan scan --region eu-west-1 --now 2027-01-31     # what breaks by then
Without credentials, on saved output of the AWS CLI:
  aws ec2 describe-images --owners self > images.json
  bin/amiscan eval images.json
`, expected, out)
}

// served counts what was judged.
func served(resources map[string]int) string {
	var kinds []string
	for _, kind := range slices.Sorted(maps.Keys(resources)) {
		kinds = append(kinds, fmt.Sprintf("%s %d", strings.ReplaceAll(kind, "_", " "), resources[kind]))
	}
	return fmt.Sprintf("account %s in %s: %s", owner, region, strings.Join(kinds, ", "))
}

// asked counts the calls of one scan by service.
func asked(calls map[string]int) string {
	total, byService := 0, map[string]int{}
	for action, n := range calls {
		service, _, _ := strings.Cut(action, ":")
		byService[service] += n
		total += n
	}
	var services []string
	for _, service := range slices.Sorted(maps.Keys(byService)) {
		services = append(services, fmt.Sprintf("%s %d", service, byService[service]))
	}
	return fmt.Sprintf("the first scan made %d calls, none that writes: %s", total, strings.Join(services, ", "))
}

// paragraph writes a text in lines, indented; a word that is longer than a line stays whole.
func paragraph(w io.Writer, indent int, text string) {
	margin := strings.Repeat(" ", indent)
	line := margin
	for _, word := range strings.Fields(text) {
		if line != margin && len(line)+1+len(word) > width {
			fmt.Fprintln(w, line)
			line = margin
		}
		if line != margin {
			line += " "
		}
		line += word
	}
	fmt.Fprintln(w, line)
}

// quote writes arguments as a shell would take them.
func quote(arguments []string) string { return strings.Join(arguments, " ") }
