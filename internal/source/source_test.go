package source_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/packer"
	"github.com/amiscan/amiscan/internal/source"
)

func same(t *testing.T, got, want *finding.Source) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func labelled(names []string, tags map[string]string) finding.Resource {
	return finding.Resource{Kind: "ami", ID: "ami-12345678", Labels: finding.Labels{Image: "ami-12345678", Names: names, Tags: tags}}
}

func TestRules(t *testing.T) {
	t.Parallel()
	root := checkout(t)
	rules := []source.Rule{
		{Name: "web-*", Tags: map[string]string{"team": "a", "tier": "b"}, File: "packer/empty.hcl"},
		{Name: "web-*", File: "./packer/web.pkr.hcl", Anchor: `"web" {`},
		{Tags: map[string]string{"marker": ""}, File: "packer/plain.pkr.hcl", Anchor: "last"},
		{Name: "image/*", File: "packer/plain.pkr.hcl", Anchor: "}\r\nlast"},
	}
	f := finder(t, root, rules, source.Options{})
	for _, test := range []struct {
		name  string
		names []string
		tags  map[string]string
		want  *finding.Source
	}{
		{"name", []string{"web-1"}, nil, &finding.Source{Path: "packer/web.pkr.hcl", Line: 1}},
		{"second name", []string{"snapshot", "web-1"}, nil, &finding.Source{Path: "packer/web.pkr.hcl", Line: 1}},
		{"name and tags", []string{"web-1"}, map[string]string{"team": "a", "tier": "b", "x": "y"}, &finding.Source{Path: "packer/empty.hcl", Line: 1}},
		{"one tag of two", []string{"web-1"}, map[string]string{"team": "a"}, &finding.Source{Path: "packer/web.pkr.hcl", Line: 1}},
		{"another value", []string{"web-1"}, map[string]string{"team": "a", "tier": "c"}, &finding.Source{Path: "packer/web.pkr.hcl", Line: 1}},
		{"tags without the name", []string{"db"}, map[string]string{"team": "a", "tier": "b"}, nil},
		{"empty tag", nil, map[string]string{"marker": ""}, &finding.Source{Path: "packer/plain.pkr.hcl", Line: 3}},
		{"a missing tag is no empty one", nil, map[string]string{}, nil},
		{"slashes, and an anchor of two lines", []string{"image/hvm/web"}, nil, &finding.Source{Path: "packer/plain.pkr.hcl", Line: 2}},
		{"no name", nil, nil, nil},
		{"other name", []string{"my-web-1"}, nil, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			same(t, f.Find(labelled(test.names, test.tags)), test.want)
		})
	}
	if warnings := f.Warnings(); len(warnings) > 0 {
		t.Error(warnings)
	}
}

// TestCatchAll is a rule for everything, settings without names included.
func TestCatchAll(t *testing.T) {
	t.Parallel()
	root := checkout(t)
	for _, name := range []string{"", "*"} {
		f := finder(t, root, []source.Rule{{Name: name, File: "packer/empty.hcl"}}, source.Options{})
		same(t, f.Find(finding.Resource{Kind: "settings", ID: "1/eu-west-1"}), &finding.Source{Path: "packer/empty.hcl", Line: 1})
	}
}

func TestAnchors(t *testing.T) {
	t.Parallel()
	root := checkout(t)
	for _, test := range []struct {
		name, file, anchor string
		line               int
		warned             bool
	}{
		{"none", "packer/web.pkr.hcl", "", 1, false},
		{"in the first line", "packer/web.pkr.hcl", "# source", 1, false},
		{"the first of two", "packer/web.pkr.hcl", "}", 3, false},
		{"last line", "packer/plain.pkr.hcl", "st", 3, false},
		{"gone", "packer/web.pkr.hcl", "nowhere\n::set-output", 1, true},
		{"in an empty file", "packer/empty.hcl", "x", 1, true},
		{"behind the first megabyte", "packer/big.hcl", "anchor", 1, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			rule := source.Rule{Name: "*", File: test.file, Anchor: test.anchor, Place: "amiscan.yaml:7"}
			f := finder(t, root, []source.Rule{rule, rule}, source.Options{})
			same(t, f.Find(finding.Resource{}), &finding.Source{Path: test.file, Line: test.line})
			want := []string(nil)
			if test.warned {
				want = []string{fmt.Sprintf("amiscan.yaml:7: the anchor %q was not found in %q: line 1 stands for it", test.anchor, test.file)}
			}
			if diff := cmp.Diff(want, f.Warnings()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestBadRules names file and line of the rule.
func TestBadRules(t *testing.T) {
	t.Parallel()
	root := checkout(t)
	bad := notFiles()
	bad[""] = "names no file"
	for file, want := range bad {
		t.Run(fmt.Sprintf("%.40q", file), func(t *testing.T) {
			t.Parallel()
			rules := []source.Rule{{Name: "ok", File: "amiscan.yaml", Place: "x"}, {File: file, Place: "amiscan.yaml:12"}}
			_, err := source.New(root, rules, source.Options{})
			if err == nil || !strings.HasPrefix(err.Error(), `amiscan.yaml:12: source file "`) || !strings.Contains(err.Error(), want) {
				t.Fatalf("got %v, want an error with %q", err, want)
			}
			if strings.ContainsAny(err.Error(), "\n\x00\u202e") {
				t.Errorf("%q is not one plain line", err)
			}
		})
	}
}

// build is a build of a manifest that made one image.
func build(name, template, id string) packer.Build {
	return packer.Build{
		Name: name, Type: "amazon-ebs", Template: template, Place: "manifest.json:3",
		Images: []packer.Image{{Region: "eu-west-1", ID: id}},
	}
}

func TestBuilds(t *testing.T) {
	t.Parallel()
	root := checkout(t)
	f := finder(t, root, nil, source.Options{Builds: []packer.Build{
		build("web", "./packer/web.pkr.hcl", "ami-00000001"),
		build("web", "packer/plain.pkr.hcl", "ami-00000002"),
		build("other", "packer/web.pkr.hcl", "ami-00000003"),
		build("web", "", "ami-00000004"),
		build("web", "../web.pkr.hcl", "ami-00000005"),
		build("web", "packer/web.pkr.hcl", "ami-00000005"),
		build("web", "packer/inside.hcl", "ami-00000006"),
		build(".*", "packer/web.pkr.hcl", "ami-00000007"),
		build("web", "packer/empty.hcl", "ami-00000001"),
	}})
	for id, want := range map[string]*finding.Source{
		"ami-00000001": {Path: "packer/web.pkr.hcl", Line: 4},
		"ami-00000002": {Path: "packer/plain.pkr.hcl", Line: 1},
		"ami-00000003": {Path: "packer/web.pkr.hcl", Line: 1},
		"ami-00000004": nil,
		"ami-00000005": {Path: "packer/web.pkr.hcl", Line: 4},
		"ami-00000006": nil,
		"ami-00000007": {Path: "packer/web.pkr.hcl", Line: 1},
		"ami-00000008": nil,
	} {
		same(t, f.Find(finding.Resource{ID: "snap-1", Labels: finding.Labels{Image: id}}), want)
	}
	want := []string{
		`manifest.json:3: template "../web.pkr.hcl" is outside the checkout: it is ignored`,
		`manifest.json:3: template "packer/inside.hcl" is behind a symbolic link: it is ignored`,
	}
	if diff := cmp.Diff(want, f.Warnings()); diff != "" {
		t.Error(diff)
	}
}

// TestLadder takes the steps away one by one.
func TestLadder(t *testing.T) {
	t.Parallel()
	root := checkout(t)
	rules := []source.Rule{{Name: "web-*", File: "packer/empty.hcl"}}
	options := source.Options{
		Tag: "made-by", ConfigFile: root + "/amiscan.yaml",
		Builds: []packer.Build{build("web", "packer/plain.pkr.hcl", "ami-12345678")},
	}
	f := finder(t, root, rules, options)
	tags := map[string]string{"made-by": "packer/web.pkr.hcl#L2", source.DefaultTag: "packer/big.hcl"}
	r := labelled([]string{"web-1"}, tags)
	same(t, f.Find(r), &finding.Source{Path: "packer/empty.hcl", Line: 1})
	r.Labels.Names = nil
	same(t, f.Find(r), &finding.Source{Path: "packer/web.pkr.hcl", Line: 2})
	tags["made-by"] = "packer/missing.hcl"
	same(t, f.Find(r), &finding.Source{Path: "packer/plain.pkr.hcl", Line: 1})
	r.Labels.Image = "ami-87654321"
	same(t, f.Find(r), nil)
	same(t, f.Configuration(), &finding.Source{Path: "amiscan.yaml", Line: 1})
	same(t, finder(t, root, rules, source.Options{}).Find(labelled(nil, nil)), nil)
}

// TestResultsAreApart changes one result and asks again.
func TestResultsAreApart(t *testing.T) {
	t.Parallel()
	f := finder(t, checkout(t), []source.Rule{{File: "amiscan.yaml"}}, source.Options{})
	f.Find(finding.Resource{}).Line = 99
	same(t, f.Find(finding.Resource{}), &finding.Source{Path: "amiscan.yaml", Line: 1})
}

// TestAtOnce is for the race detector, and compares the warnings.
func TestAtOnce(t *testing.T) {
	t.Parallel()
	f := finder(t, checkout(t), nil, source.Options{})
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for i := range 50 {
				f.Find(labelled(nil, map[string]string{source.DefaultTag: fmt.Sprintf("x%02d", (i+worker)%25)}))
				_ = f.Warnings()
			}
		})
	}
	group.Wait()
	warnings := f.Warnings()
	if len(warnings) != 11 || warnings[0] != `tag "amiscan:source": "x00" is not in the checkout: it is ignored` ||
		warnings[10] != "15 more tags and templates name no file of the checkout" {
		t.Errorf("got %q", warnings)
	}
}
