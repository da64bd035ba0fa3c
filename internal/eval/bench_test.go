package eval_test

import (
	"fmt"
	"testing"

	"github.com/amiscan/amiscan/internal/eval"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
)

// BenchmarkLoad compiles and checks the embedded policies, which every run waits for.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		loadEmbedded(b)
	}
}

// BenchmarkJudge judges the samples of a kind by all embedded policies, with everything known and with one fact missing.
func BenchmarkJudge(b *testing.B) {
	for kind, missing := range map[string]string{
		inventory.AMI: "references", inventory.LaunchTemplate: "images", inventory.Settings: "organization",
	} {
		b.Run(kind, func(b *testing.B) { benchmarkJudge(b, kind, nil) })
		b.Run(kind+" without "+missing, func(b *testing.B) { benchmarkJudge(b, kind, []string{missing}) })
	}
}

func benchmarkJudge(b *testing.B, kind string, missing []string) {
	engine := loadEmbedded(b)
	documents := typical(b, engine, kind, missing)
	u, all := wholeUnit(engine, documents...), ids(engine)
	for b.Loop() {
		if _, err := engine.JudgeUnit(b.Context(), u, all, now); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(documents)*b.N)/b.Elapsed().Seconds(), "documents/s")
}

// typical are documents of a kind, each with every fact that any sample of the kind has.
func typical(b *testing.B, engine *eval.Engine, kind string, missing []string) []link.Document {
	b.Helper()
	var of []sample
	samples := regoSamples(b, engine)
	for _, p := range engine.Policies() {
		for _, s := range samples[p.ID] {
			if s.Kind == kind {
				of = append(of, s)
			}
		}
	}
	if len(of) == 0 {
		b.Skip("no policy judges this kind")
	}
	whole := of[0]
	for _, s := range of {
		for name, fact := range s.Facts {
			if whole.Facts[name].Status != inventory.Known {
				whole = whole.with(name, fact)
			}
		}
	}
	var documents []link.Document
	for i := range 50 {
		documents = append(documents, whole.lack(i, missing, inventory.Denied).document(fmt.Sprint(i)))
	}
	return documents
}
