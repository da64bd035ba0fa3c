// Command amiscan judges Amazon Machine Images, and what stands behind and in front of them, by policies written in Rego.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() { os.Exit(start(time.Now)) }

// start runs the program in the real world, by the given clock, until it ends or is interrupted.
func start(now func() time.Time) int {
	// A reader that goes away (`| head`) must not end the program before its other reports are written.
	signal.Ignore(syscall.SIGPIPE)
	tuneMemory(os.Getenv)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// The first signal asks to end cleanly, the second one ends.
	context.AfterFunc(ctx, stop)
	return run(ctx, world{
		args: os.Args, stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv, now: now,
	})
}
