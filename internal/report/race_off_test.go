//go:build !race

package report

const manyFindings = 300000
