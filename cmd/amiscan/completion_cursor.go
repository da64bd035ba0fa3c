package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// cursor is where on the command line the next word stands.
type cursor struct {
	command *cli.Command
	// path names the command: "policies show"; it is empty before the first one.
	path []string
	// waiting is the flag whose value comes next; nil where none does.
	waiting cli.Flag
	given   []cli.Flag
	// arguments counts the words that are neither commands nor flags nor their values.
	arguments int
	// ended is set behind "--", where no word is a flag any more.
	ended bool
}

// cursorAfter reads the words as reorder does.
func cursorAfter(program *cli.App, words []string) *cursor {
	at := &cursor{command: &cli.Command{Subcommands: program.Commands, Flags: program.Flags}}
	for _, word := range at.enter(words) {
		at.pass(word)
	}
	return at
}

// enter goes into the commands that the first words name and returns the other words.
func (at *cursor) enter(words []string) []string {
	for len(words) > 0 {
		i := slices.IndexFunc(at.command.Subcommands, func(c *cli.Command) bool { return c.HasName(words[0]) })
		if i < 0 {
			break
		}
		at.command, words = at.command.Subcommands[i], words[1:]
		at.path = append(at.path, at.command.Name)
	}
	return words
}

func (at *cursor) pass(word string) {
	switch {
	case at.waiting != nil:
		at.waiting = nil
	case word == "--" && !at.ended:
		at.ended = true
	case !at.mayBeFlag(word) || word == "-":
		at.arguments++
	default:
		flag, _, hasValue := at.flag(word)
		at.given = append(at.given, flag)
		if flag != nil && !hasValue && !isSwitch(flag) {
			at.waiting = flag
		}
	}
}

func (at *cursor) mayBeFlag(word string) bool { return !at.ended && strings.HasPrefix(word, "-") }

// flag finds the flag that a word names; value is what follows "=" in the same word.
func (at *cursor) flag(word string) (flag cli.Flag, value string, hasValue bool) {
	name, value, hasValue := strings.Cut(strings.TrimLeft(word, "-"), "=")
	return findFlag(at.command.Flags, name), value, hasValue
}

// offer is what the word at the cursor may become. A command that takes no argument offers its flags before a word is
// begun.
func (at *cursor) offer(word string) offer {
	flag, value, hasValue := at.flag(word)
	switch {
	case at.waiting != nil:
		return at.values(at.waiting, word)
	case at.mayBeFlag(word) && hasValue:
		return at.values(flag, value).behind(strings.TrimSuffix(word, value))
	case at.mayBeFlag(word):
		return at.flags()
	case len(at.command.Subcommands) > 0:
		return at.commands()
	case at.command.ArgsUsage != "":
		return at.argument(word)
	case word == "" && !at.ended:
		return at.flags()
	}
	return offer{}
}

func (at *cursor) values(flag cli.Flag, typed string) offer {
	if flag == nil {
		return offer{}
	}
	if completer := flagCompleter(at.path, flag.Names()[0]); completer != nil {
		return completer(typed)
	}
	return offer{}
}

func (at *cursor) commands() offer {
	var o offer
	if at.arguments > 0 {
		return o
	}
	for _, command := range at.command.Subcommands {
		if !command.Hidden {
			o.candidates = append(o.candidates, candidate{command.Name, command.Usage})
		}
	}
	return o
}

// argument offers no second argument to a command that takes one.
func (at *cursor) argument(word string) offer {
	most := len(strings.Fields(at.command.ArgsUsage))
	completer := argumentCompleters()[strings.Join(at.path, " ")]
	if completer == nil || at.arguments >= most && !strings.HasSuffix(at.command.ArgsUsage, "...") {
		return offer{}
	}
	return completer(word)
}

// flags leaves out what was given already and can't be given twice.
func (at *cursor) flags() offer {
	var o offer
	for _, flag := range append(slices.Clone(at.command.Flags), cli.HelpFlag) {
		if _, repeatable := flag.(*cli.StringSliceFlag); !repeatable && slices.Contains(at.given, flag) {
			continue
		}
		o.candidates = append(o.candidates, candidate{"--" + flag.Names()[0], meaningOf(flag)})
	}
	return o
}

// meaningOf is the usage of a flag without the marks around the name of its value.
func meaningOf(flag cli.Flag) string {
	documented, ok := flag.(cli.DocGenerationFlag)
	if !ok {
		return ""
	}
	return strings.ReplaceAll(documented.GetUsage(), "`", "")
}
