package link_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
)

// The sizes that the comment on World promises.
const (
	bytesOfAccount  = 400
	bytesOfUnit     = 100
	bytesOfGap      = 150
	bytesOfLaunch   = 350
	bytesOfInstance = 200
	bytesOfCopy     = 400
)

// heap is what is in use after everything else was let go.
func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

// sizeOf sees many parts, one after another, and measures what stays. Nothing else may run meanwhile.
func sizeOf(t *testing.T, n int, parts func(i int) inventory.Part) uint64 {
	t.Helper()
	facts := []inventory.FactRef{
		{Kind: inventory.AMI, Name: "references_elsewhere"}, {Kind: inventory.AMI, Name: "instances_elsewhere"},
		{Kind: inventory.AMI, Name: "copies"},
	}
	all := catalog()
	before := heap()
	world := link.NewWorld(facts, all)
	for i := range n {
		world.See(parts(i))
	}
	after := heap()
	runtime.KeepAlive(&world)
	if after < before {
		return 0
	}
	return after - before
}

// TestWorldIsSmall measures what each thing costs that World keeps.
//
//nolint:paralleltest // It measures the memory of the whole process.
func TestWorldIsSmall(t *testing.T) {
	const n = 4000
	account := func(i int) string { return fmt.Sprintf("3%011d", i) }
	unitOf := func(i int) inventory.Unit { return at(account(i), "eu-west-1") }
	tests := []struct {
		name string
		each uint64
		part func(i int) inventory.Part
	}{
		{"account", bytesOfAccount, func(i int) inventory.Part {
			p := global(account(i)).door(inventory.Known, "", "eu-west-1", "us-east-1")
			for j := 0; i == 0 && j < n; j++ { // one part lists them all
				p.Resources = append(p.Resources, global(management).lists(account(j), "ACTIVE", "ou-root-top00000/").Resources...)
			}
			return p.Part
		}},
		{"unit", bytesOfUnit, func(i int) inventory.Part { return wholeAt(unitOf(i)).Part }},
		{"unit with a gap", bytesOfUnit + 2*bytesOfGap, func(i int) inventory.Part {
			return wholeAt(unitOf(i)).covered(inventory.EC2Fleet, inventory.Denied, "").
				covered(inventory.Instance, inventory.Denied, "").Part
		}},
		{"launch", bytesOfUnit + bytesOfLaunch, func(i int) inventory.Part {
			return wholeAt(unitOf(i)).template(fmt.Sprintf("lt-%017d", i), fmt.Sprintf("ami-%017d", i%100)).Part
		}},
		{"instance", bytesOfUnit + bytesOfInstance, func(i int) inventory.Part {
			return wholeAt(unitOf(i)).put(inventory.Instance, "i", "instance_image", fmt.Sprintf(`{"InstanceId":"i-%017d",`+
				`"LaunchTime":"2026-11-01T00:00:00Z","State":{"Name":"running"},"ImageMetadata":{"ImageId":"ami-%017d"}}`, i, i%100)).Part
		}},
		{"copy", bytesOfUnit + bytesOfCopy, func(i int) inventory.Part {
			return wholeAt(unitOf(i)).put(inventory.AMI, "ami", "image", fmt.Sprintf(`{"ImageId":"ami-%017d","Name":"web-%d",`+
				`"CreationDate":"2026-11-01T00:00:00.000Z","SourceImageId":"ami-0","SourceImageRegion":"eu-west-1"}`, i, i)).Part
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := sizeOf(t, n, test.part) / n
			t.Logf("%d bytes", got)
			if got > test.each*3/2 || got < test.each/6 {
				t.Errorf("a World of %d takes %d bytes each, promised are about %d", n, got, test.each)
			}
		})
	}
}
