package report

import (
	"html"
	"regexp"
	"strings"
)

// The three ways in which a stranger's text may stand in Markdown. All of them take one line.

// prose escapes a sentence. What policies set in backticks becomes code; a backtick without its partner is a backtick.
func prose(text string) string {
	var out strings.Builder
	for text = strings.TrimSpace(text); text != ""; {
		before, code, after := cutCode(text)
		out.WriteString(escapeMarkdown(before, out.Len() == 0))
		out.WriteString(codeText(code))
		text = after
	}
	return out.String()
}

// cutCode splits a text at its first code span, between two single backticks. Longer runs of backticks are ordinary
// characters here, so that nothing pairs in the output but what was paired on purpose.
func cutCode(text string) (before, code, after string) {
	start := -1
	for i := 0; i < len(text); {
		run := len(text[i:]) - len(strings.TrimLeft(text[i:], "`"))
		switch {
		case run == 1 && start >= 0 && strings.TrimSpace(text[start+1:i]) != "":
			return text[:start], text[start+1 : i], text[i+1:]
		case run == 1:
			start = i
		}
		i += max(run, 1)
	}
	return text, "", ""
}

// codeText sets a name in code, where GitHub looks for neither markup nor mentions. The fence is longer than any run of
// backticks within (CommonMark, section 6.1). An address stands in HTML's code: to some readers (goldmark, and with it
// Gitea) the backtick before it is a part of the address.
func codeText(text string) string {
	switch text = strings.TrimSpace(text); {
	case text == "":
		return ""
	case strings.Contains(text, "@"):
		return "<code>" + escapeMarkdown(text, true) + "</code>"
	}
	fence := strings.Repeat("`", longestRun(text, '`')+1)
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " "
	}
	return fence + text + fence
}

// htmlCode sets a name in code where HTML stands, in which Markdown means nothing.
func htmlCode(text string) string { return "<code>" + html.EscapeString(text) + "</code>" }

func longestRun(text string, mark rune) int {
	longest, run := 0, 0
	for _, r := range text {
		if run++; r != mark {
			run = 0
		}
		longest = max(longest, run)
	}
	return longest
}

// apart matches what GitHub and GitLab look for in the text after Markdown was read, so that a backslash does not keep it
// from becoming a mention, a reference, an address or a formula (https://github.com/github/cmark-gfm/issues/181).
// GitHub's advice for the dollar sign serves them all: a <span> of its own.
var apart = regexp.MustCompile(`(?i)[@#$]|://|www\.|\bGH-\d`)

// escapeMarkdown escapes what starts markup; at the beginning of a line, lists and underlines as well.
func escapeMarkdown(text string, begins bool) string {
	var out strings.Builder
	done := 0
	for _, at := range apart.FindAllStringIndex(text, -1) {
		mark := at[0] + strings.IndexAny(text[at[0]:at[1]], "@#$:.-")
		out.WriteString(backslashed(text[done:mark], begins && done == 0))
		out.WriteString("<span>" + text[mark:mark+1] + "</span>")
		done = mark + 1
	}
	out.WriteString(backslashed(text[done:], begins && done == 0))
	return out.String()
}

// marker matches what begins a list or an underline.
var marker = regexp.MustCompile(`^(?:[-+=]|\d+[.)])`)

func backslashed(text string, begins bool) string {
	var out strings.Builder
	if found := marker.FindString(text); begins && found != "" {
		out.WriteString(found[:len(found)-1] + `\`)
		out.WriteString(found[len(found)-1:])
		text = text[len(found):]
	}
	for _, r := range text {
		if strings.ContainsRune("\\`*_[]<>|~&!", r) {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}

// fenced sets lines as a code block that no line of theirs can close.
func fenced(info string, lines []string) string {
	longest := 2
	for _, line := range lines {
		longest = max(longest, longestRun(line, '`'))
	}
	fence := strings.Repeat("`", longest+1)
	return fence + info + "\n" + strings.Join(lines, "\n") + "\n" + fence
}
