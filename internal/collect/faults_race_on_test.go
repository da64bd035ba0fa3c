//go:build race

package collect_test

// everyCell is which of the matrix's cells are run. Under the race detector everything takes some eight times as long, and what
// it looks for shows in a few of them. The number has no divisor in common with that of the faults, so that all are among them.
const everyCell = 59
