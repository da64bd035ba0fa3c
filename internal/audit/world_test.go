package audit_test

import (
	"encoding/json"
	"io"
	"testing"
	"time"

	"github.com/amiscan/amiscan/internal/audit"
	"github.com/amiscan/amiscan/internal/eval"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/report"
	"github.com/amiscan/amiscan/internal/schema"
	"github.com/amiscan/amiscan/policies"
)

const (
	ours    = "111122223333"
	ireland = "eu-west-1"
)

// today is the day as of which the tests judge.
func today() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

// judge compiles the embedded policies and chooses.
func judge(t *testing.T, terms ...string) *audit.Judge {
	t.Helper()
	schemas, err := policies.Schemas()
	if err != nil {
		t.Fatal(err)
	}
	j, err := audit.NewJudge(t.Context(), audit.Selection{
		Sources: []eval.Source{{FS: policies.FS(), Embedded: true}}, Catalog: schema.Catalog(), Schemas: schemas,
		Select: terms,
	})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// part is a unit with one public image that was listed whole.
func part(t *testing.T, region string) inventory.Part {
	t.Helper()
	unit := inventory.Unit{Partition: "aws", Account: ours, Region: region}
	image := inventory.NewResource(inventory.AMI, unit, "ami-0123456789abcdef0")
	value, err := json.Marshal(map[string]any{"ImageId": image.ID, "OwnerId": ours, "State": "available", "Public": true})
	if err != nil {
		t.Fatal(err)
	}
	image.Facts["image"] = inventory.Fact{Status: inventory.Known, Value: value}
	return inventory.Part{
		Unit: unit, Observed: today(), Resources: []inventory.Resource{image},
		Coverage: []inventory.Coverage{{Unit: unit, Kind: "ami", Fact: "image", Status: inventory.Known, Items: 1}},
	}
}

// running is a run over the parts that reports to w.
func running(w io.Writer, parts ...inventory.Part) audit.Run {
	return audit.Run{
		Version: "test", Parts: audit.InMemory(parts), Now: today(), Source: "test", Stdout: w,
		Outputs: []audit.Output{{Format: "json"}}, Report: report.Options{},
	}
}
