package eval_test

import (
	"fmt"
	"testing"

	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
)

// BenchmarkJudge judges a unit of sample images by all embedded policies, with everything known and with gaps.
func BenchmarkJudge(b *testing.B) {
	for _, missing := range [][]string{nil, {"references"}, {"image", "snapshots", "references"}} {
		b.Run(fmt.Sprintf("without=%v", missing), func(b *testing.B) {
			engine := loadEmbedded(b)
			var documents []link.Document
			for i, s := range readSamples(b, inventory.AMI) {
				s = s.lack(i, missing, inventory.Denied).sample
				for n := range 50 {
					documents = append(documents, s.document(fmt.Sprintf("ami-%d-%d", i, n)))
				}
			}
			u, all := wholeUnit(engine, documents...), ids(engine)
			for b.Loop() {
				if _, err := engine.JudgeUnit(b.Context(), u, all, now); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(documents)*b.N)/b.Elapsed().Seconds(), "images/s")
		})
	}
}
