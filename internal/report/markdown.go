package report

import (
	"io"
	"strings"
)

// GitHub drops a job summary of more than 1 MiB as a whole
// (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary). The rest
// is left to what other tools write in the same step.
const maxMarkdownBytes = 900 << 10

// The room of each part that could grow. What fails takes all that the others leave: at least a third.
const (
	roomForWarnings   = 30 << 10
	roomForGaps       = 120 << 10
	roomForErrors     = 30 << 10
	roomForFixes      = 150 << 10
	roomForUndecided  = 30 << 10
	roomForSuppressed = 60 << 10
	roomForPassing    = 100 << 10
)

// markdownReporter writes a job summary, as GitHub shows it, in the order of text: the verdict, the counts, what was not
// seen, then what fails, worst first, and how to fix it.
type markdownReporter struct {
	digest
	out io.Writer
}

func newMarkdown(w io.Writer, options Options) Reporter {
	return &markdownReporter{digest: newDigest(options), out: w}
}

func (m *markdownReporter) End(f Footer) error {
	m.gaps.cover(f.Coverage)
	failing := groups(m.failing.all())
	before := blocks(m.verdict(f), m.warnings(f), m.notSeen(f.Coverage),
		m.tallied("Not evaluated", "The policy met data that it could not read.", m.errors, roomForErrors), m.accountsPart())
	after := blocks(m.howToFix(failing),
		m.tallied("Undecided", "What AWS shows does not settle it; this is never part of the exit code.", m.undecided,
			roomForUndecided),
		m.suppressedPart(), m.passingPart(), m.coveragePart(), m.scopePart())
	room := maxMarkdownBytes - len(before) - len(after)
	text := blocks(before, m.failingPart(failing, room), after)
	_, err := io.WriteString(m.out, harmless(text)+"\n")
	return err
}

// blocks puts an empty line between parts, of which some may be empty.
func blocks(parts ...string) string {
	var filled []string
	for _, part := range parts {
		if part != "" {
			filled = append(filled, part)
		}
	}
	return strings.Join(filled, "\n\n")
}

// part has a heading that is underlined, since "##" begins commands in a pipeline's log.
func part(heading string, parts ...string) string {
	body := blocks(parts...)
	if body == "" {
		return ""
	}
	return heading + "\n---\n\n" + body
}

// listing makes a list of items within a room of bytes, and says how many did not fit. Items that were dropped before
// count as well.
func listing(room int, items []string, dropped int) string {
	var lines []string
	for i, item := range items {
		item = harmless(item)
		if room -= len(item) + 3; room < 0 {
			dropped += len(items) - i
			break
		}
		lines = append(lines, "- "+item)
	}
	return blocks(strings.Join(lines, "\n"), omittedLine(dropped))
}

func omittedLine(n int) string {
	if n == 0 {
		return ""
	}
	return plural(n, "more is", "more are") + " counted but omitted here; the JSON report has all of them."
}

// harmless makes every line inert, within code as well. It adds characters, so that it comes before they are counted.
func harmless(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = inert(line)
	}
	return strings.Join(lines, "\n")
}
