package source_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/source"
)

func tagged(value string) finding.Resource {
	return labelled(nil, map[string]string{source.DefaultTag: value})
}

func TestTags(t *testing.T) {
	t.Parallel()
	f := finder(t, checkout(t), nil, source.Options{})
	for tag, want := range map[string]*finding.Source{
		"packer/web.pkr.hcl":                       {Path: "packer/web.pkr.hcl", Line: 1},
		"packer/web.pkr.hcl#L1":                    {Path: "packer/web.pkr.hcl", Line: 1},
		"packer/web.pkr.hcl#L5":                    {Path: "packer/web.pkr.hcl", Line: 5},
		"packer/web.pkr.hcl#L6":                    {Path: "packer/web.pkr.hcl", Line: 1},
		"packer/web.pkr.hcl#L0":                    {Path: "packer/web.pkr.hcl", Line: 1},
		"packer/web.pkr.hcl#L99999999999999999999": {Path: "packer/web.pkr.hcl", Line: 1},
		"packer/web.pkr.hcl#L2-L4":                 {Path: "packer/web.pkr.hcl", Line: 2},
		"packer/plain.pkr.hcl#L3":                  {Path: "packer/plain.pkr.hcl", Line: 3},
		"packer/plain.pkr.hcl#L4":                  {Path: "packer/plain.pkr.hcl", Line: 1},
		"packer/empty.hcl#L1":                      {Path: "packer/empty.hcl", Line: 1},
		"packer/empty.hcl#L2":                      {Path: "packer/empty.hcl", Line: 1},
		"packer/a b#c.hcl":                         {Path: "packer/a b#c.hcl", Line: 1},
		"packer/a b#c.hcl#L3":                      {Path: "packer/a b#c.hcl", Line: 3},
		"packer/a b#c.hcl#L4":                      {Path: "packer/a b#c.hcl", Line: 1},
		fmt.Sprintf("packer/big.hcl#L%d", 1<<19):   {Path: "packer/big.hcl", Line: 1 << 19},
		fmt.Sprintf("packer/big.hcl#L%d", 1<<19+1): {Path: "packer/big.hcl", Line: 1},
		"":                             nil,
		"#L1":                          nil,
		"packer/web.pkr.hcl#L":         nil,
		"packer/web.pkr.hcl#L-1":       nil,
		"packer/web.pkr.hcl#L１":        nil,
		"packer/web.pkr.hcl:2":         nil,
		"./packer/web.pkr.hcl":         nil,
		"packer//web.pkr.hcl":          nil,
		"packer/../packer/web.pkr.hcl": nil,
		"packer/web.pkr.hcl/":          nil,
		"packer/web.pkr.hcl#L1\n":      nil,
		"packer/" + strings.Repeat("../", 50) + "x":     nil,
		"packer/web.pkr.hcl\u200b":                      nil,
		"%2e%2e/checkout/amiscan.yaml":                  nil,
		"packer/web.pkr.hcl#L2?x=1":                     nil,
		"https://github.com/o/r/blob/main/x.pkr.hcl#L1": nil,
	} {
		t.Run(fmt.Sprintf("%.60q", tag), func(t *testing.T) {
			t.Parallel()
			same(t, f.Find(tagged(tag)), want)
		})
	}
}

// TestBadTags puts them aside with one warning each.
func TestBadTags(t *testing.T) {
	t.Parallel()
	root := checkout(t)
	for tag, want := range notFiles() {
		t.Run(fmt.Sprintf("%.40q", tag), func(t *testing.T) {
			t.Parallel()
			f := finder(t, root, nil, source.Options{})
			same(t, f.Find(tagged(tag)), nil)
			same(t, f.Find(tagged(tag)), nil)
			warnings := f.Warnings()
			if len(warnings) != 1 || !strings.HasPrefix(warnings[0], `tag "amiscan:source": "`) || !strings.Contains(warnings[0], want) {
				t.Fatalf("got %q, want one with %q", warnings, want)
			}
			if strings.ContainsAny(warnings[0], "\n\x00\u202e") || len(warnings[0]) > 1500 {
				t.Errorf("%q is not one short, plain line", warnings[0])
			}
		})
	}
}

// FuzzTag holds what a tag names to the files of the checkout and to their lines.
func FuzzTag(f *testing.F) {
	root := checkout(f)
	lines := map[string]int{
		"packer/web.pkr.hcl": 5, "packer/plain.pkr.hcl": 3, "packer/a b#c.hcl": 3, "packer/empty.hcl": 1, "packer/big.hcl": 1 << 19,
		"amiscan.yaml": 1,
	}
	for tag := range notFiles() {
		f.Add(tag)
	}
	for name := range lines {
		f.Add(name + "#L3")
	}
	f.Add("packer/web.pkr.hcl#L2-L3")
	f.Fuzz(func(t *testing.T, tag string) {
		finder := finder(t, root, nil, source.Options{})
		got := finder.Find(tagged(tag))
		if (got == nil && tag != "") != (len(finder.Warnings()) == 1) {
			t.Errorf("%q: %v with warnings %q", tag, got, finder.Warnings())
		}
		if got == nil {
			return
		}
		if last, known := lines[got.Path]; !known || got.Line < 1 || got.Line > last || !strings.HasPrefix(tag, got.Path) {
			t.Errorf("%q: got %v", tag, *got)
		}
	})
}
