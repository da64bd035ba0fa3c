//go:build !race

package collect_test

// everyCell is which of the matrix's cells are run: all of them.
const everyCell = 1
