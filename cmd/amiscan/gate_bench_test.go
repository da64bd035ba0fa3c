package main

import (
	"slices"
	"testing"
	"time"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

// BenchmarkImageGate is the wait of a build: the whole program judges one image by every policy in scope, in front of an
// account that answers after a tenth of a second. It prints the median and the calls; -benchtime 5x makes five runs.
func BenchmarkImageGate(b *testing.B) {
	stub, there := startStub(b, []inventory.Part{estate()}, awsstub.Latency(100*time.Millisecond))
	var took []time.Duration
	for b.Loop() {
		begin := time.Now()
		code, _, problems := there.program(b, "amiscan", "scan", "--region", scriptRegion, "--image", estateImage,
			"--now", judgedAt, "--fail-on", "none", "--share-with", "444455556666")
		took = append(took, time.Since(begin))
		if code != 0 {
			b.Fatalf("exit code %d\n%s", code, problems)
		}
	}
	slices.Sort(took)
	calls := 0
	for _, n := range stub.Calls() {
		calls += n
	}
	b.ReportMetric(float64(took[len(took)/2].Milliseconds()), "median-ms")
	b.ReportMetric(float64(calls)/float64(len(took)), "calls")
}
