//go:build race

package report

// manyFindings is less with the race detector, which makes everything slow: all limits are far below it.
const manyFindings = 100000
