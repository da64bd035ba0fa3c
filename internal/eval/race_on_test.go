//go:build race

package eval_test

// maxSamples bounds the samples of one policy. Under the race detector everything takes some eight times as long, and what it
// looks for shows in a few of them: raced leaves out what counts all.
const (
	maxSamples = 3
	raced      = true
)
