package report

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	ghtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
)

// gfm reads Markdown as GitHub does, HTML and all: what GitHub's sanitizer would take away must not be there.
func gfm() goldmark.Markdown {
	return goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote),
		goldmark.WithParserOptions(parser.WithAutoHeadingID()), goldmark.WithRendererOptions(ghtml.WithUnsafe()))
}

// What we write ourselves, and nobody else.
var (
	ourBlock = regexp.MustCompile(`^(<details( open)?>\n)?(<summary>[A-Z]+ <code>[^<>]*</code></summary>|<summary>[\d,]+ verdicts?</summary>)?` +
		`(</details>)?\n?$`)
	ourHeading = regexp.MustCompile(`^(Not seen.*|Not evaluated|Accounts \([\w, ]+\)|Failing \([\d,]+ resources?, worst first\)|How to fix|Undecided|Suppressed|Passing|Coverage \(what was not seen, and what would show it\))$`)
	ourInline  = []string{"<span>", "</span>", "<code>", "</code>"}
	ourStrong  = []string{"critical", "high", "medium", "low", "info", "warning:", "Policy"}
	ourKinds   = []ast.NodeKind{
		ast.KindDocument, ast.KindParagraph, ast.KindTextBlock, ast.KindText, ast.KindString, ast.KindList, ast.KindListItem,
		ast.KindCodeSpan, ast.KindHeading, ast.KindHTMLBlock, ast.KindRawHTML, ast.KindFencedCodeBlock, ast.KindEmphasis,
		east.KindTable, east.KindTableHeader, east.KindTableRow, east.KindTableCell,
	}
	// afterMarkdown is what GitHub makes something of once Markdown is read, wherever it stands outside of code.
	afterMarkdown = regexp.MustCompile(`(?i)@\w|#\d|\bGH-\d|\w+://|www\.|\$\S`)
)

// markdownFaults reads a report with a CommonMark parser that was written by others, and says what in it is not ours.
func markdownFaults(source []byte) []string {
	var bad []string
	document := gfm().Parser().Parse(text.NewReader(source))
	tables := 0
	_ = ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		if !slices.Contains(ourKinds, n.Kind()) {
			bad = append(bad, fmt.Sprintf("a %s that is not ours: %q", n.Kind(), nodeText(n, source)))
		}
		if n.Kind() == east.KindTable {
			tables++
		}
		return ast.WalkContinue, nil
	})
	if strings.Contains(string(source), "\nAccounts (") {
		tables-- // the table of accounts
	}
	if tables != 1 {
		bad = append(bad, fmt.Sprintf("%d tables", tables))
	}
	bad = append(bad, nodeFaults(document, source)...)
	return append(bad, linkFaults(source)...)
}

func nodeFaults(document ast.Node, source []byte) []string {
	var bad []string
	_ = ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			if fault := nodeFault(n, source); fault != "" {
				bad = append(bad, fault)
			}
		}
		return ast.WalkContinue, nil
	})
	return bad
}

func nodeFault(n ast.Node, source []byte) string {
	content := nodeText(n, source)
	switch n := n.(type) {
	case *ast.RawHTML:
		if html := string(n.Segments.Value(source)); !slices.Contains(ourInline, html) {
			return fmt.Sprintf("HTML that is not ours: %q", html)
		}
	case *ast.HTMLBlock:
		if block := string(n.Lines().Value(source)); !ourBlock.MatchString(block) {
			return fmt.Sprintf("an HTML block that is not ours: %q", block)
		}
	case *ast.Heading:
		if n.Level == 1 && !strings.HasPrefix(content, "amiscan: exit") || n.Level > 1 && !ourHeading.MatchString(content) {
			return fmt.Sprintf("a heading that is not ours: %q", content)
		}
	case *ast.Emphasis:
		if n.Level != 2 || !slices.Contains(ourStrong, content) {
			return fmt.Sprintf("emphasis that is not ours: %q", content)
		}
	case *ast.FencedCodeBlock:
		if info := string(n.Language(source)); info != "sh" {
			return fmt.Sprintf("a code block in %q", info)
		}
	case *ast.List:
		if depth := listDepth(n); n.IsOrdered() || depth > 2 {
			return fmt.Sprintf("a list that is not ours, at depth %d: %q", depth, content)
		}
	}
	return ""
}

func listDepth(n ast.Node) int {
	depth := 0
	for ; n != nil; n = n.Parent() {
		if n.Kind() == ast.KindList {
			depth++
		}
	}
	return depth
}

// nodeText joins the text below a node.
func nodeText(n ast.Node, source []byte) string {
	var out strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if text, ok := n.(*ast.Text); ok && entering {
			out.Write(text.Value(source))
		}
		return ast.WalkContinue, nil
	})
	return out.String()
}

// linkFaults does what GitHub does after Markdown: it looks at the text between tags, code left out.
func linkFaults(source []byte) []string {
	var page bytes.Buffer
	if err := gfm().Convert(source, &page); err != nil {
		return []string{err.Error()}
	}
	var bad []string
	plain := regexp.MustCompile(`(?s)<code[^>]*>.*?</code>`).ReplaceAllString(page.String(), "<code/>")
	for _, piece := range regexp.MustCompile(`<[^>]*>`).Split(plain, -1) {
		if found := afterMarkdown.FindString(html.UnescapeString(piece)); found != "" {
			bad = append(bad, fmt.Sprintf("%q becomes a link in %q", found, piece))
		}
	}
	return bad
}
