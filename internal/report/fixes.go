package report

import "strings"

// fix says what to do about one policy.
type fix struct {
	policy      string
	remediation string
}

// fixes says once for each failing policy what to do about it, in the order in which the policies come up: a hundred
// images that fail alike want one answer.
func fixes(failing []*group) []fix {
	said := map[string]bool{}
	var all []fix
	for _, g := range failing {
		for _, f := range g.findings {
			if said[f.Policy] || f.Remediation == "" {
				continue
			}
			said[f.Policy] = true
			all = append(all, fix{f.Policy, f.Remediation})
		}
	}
	return all
}

// fixLine is one line of a remediation: a sentence, or a piece of a command that people paste into a shell.
type fixLine struct {
	text    string
	command bool
	// continues marks the lines of a command after its first.
	continues bool
}

// fixLines cleans a remediation and finds its commands: a command goes on as long as its lines end in a backslash.
func fixLines(remediation string) []fixLine {
	var lines []fixLine
	goesOn := false
	for _, line := range cleanLines(remediation) {
		trimmed := strings.TrimLeft(line, " ")
		one := fixLine{text: trimmed, command: goesOn || isCommand(line), continues: goesOn}
		goesOn = one.command && strings.HasSuffix(trimmed, "\\")
		lines = append(lines, one)
	}
	return lines
}
