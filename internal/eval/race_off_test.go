//go:build !race

package eval_test

// maxSamples bounds the samples of one policy; the race detector is off.
const (
	maxSamples = 10
	raced      = false
)
