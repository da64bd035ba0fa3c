// Package progress tells people, or the programs that read their logs, how a long run goes on: as a bar on a terminal, as a
// line now and then elsewhere, or as JSON lines. What is told never changes what is collected or judged.
//
// Telling is cheap and never waits: whoever tells leaves a count or a sentence behind, and one goroutine writes. A terminal
// that stands still (Ctrl-S, a full pipe) holds up that goroutine alone, and Close.
package progress
