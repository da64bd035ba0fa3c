package main

import "runtime/debug"

// A collection of garbage at twice the heap that is in use, and before 400 MiB, takes the least time and keeps an audit of
// thousands of accounts below 512 MiB (docs/audit.md). Beyond the limit a run goes on, with more collections.
const (
	garbagePercent = 200
	memoryLimit    = 400 << 20
)

// tuneMemory sets what nobody has set by Go's own variables.
func tuneMemory(getenv func(string) string) {
	if getenv("GOGC") == "" && getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(garbagePercent)
		debug.SetMemoryLimit(memoryLimit)
	}
}
