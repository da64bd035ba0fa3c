package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/finding"
)

func TestLocation(t *testing.T) {
	t.Parallel()
	const pseudo = "aws/aws/111122223333/eu-west-1/ami/web 1"
	tests := []struct {
		name   string
		source *finding.Source
		choice string
		want   string
	}{
		{"unknown", nil, "", pseudo},
		{"known", &finding.Source{Path: "packer/web.pkr.hcl", Line: 12}, "", "packer/web.pkr.hcl 12"},
		{"known, by name", &finding.Source{Path: "web.pkr.hcl", Line: 12}, autoLocation, "web.pkr.hcl 12"},
		{"known, but not wanted", &finding.Source{Path: "packer/web.pkr.hcl", Line: 12}, pseudoLocation, pseudo},
		{"escaped", &finding.Source{Path: "my app/ü%2f?#[1].hcl", Line: 1}, "", "my%20app/%C3%BC%252f%3F%23%5B1%5D.hcl 1"},
		{"plain characters", &finding.Source{Path: "a+b/c@1,2=3&4$5~6.hcl", Line: 1}, "", "a+b/c@1%2C2=3&4$5~6.hcl 1"},
		{"colon", &finding.Source{Path: "c:/web.hcl", Line: 1}, "", "c%3A/web.hcl 1"},
		{"no line", &finding.Source{Path: "web.hcl"}, "", "web.hcl 1"},
		{"outside", &finding.Source{Path: "../web.hcl", Line: 3}, "", pseudo},
		{"climbing", &finding.Source{Path: "a/../../web.hcl", Line: 3}, "", pseudo},
		{"absolute", &finding.Source{Path: "/etc/passwd", Line: 3}, "", pseudo},
		{"the checkout itself", &finding.Source{Path: ".", Line: 3}, "", pseudo},
		{"nothing", &finding.Source{Line: 3}, "", pseudo},
	}
	for _, test := range tests {
		f := failing("sharing/ami-public", finding.Critical, image("ami-1", "web-1", "web"), "", "It is public.")
		f.Source = test.source
		place := location(f, Options{Location: test.choice})
		file, region := place.PhysicalLocation.ArtifactLocation, place.PhysicalLocation.Region
		got := fmt.Sprint(*file.URI, " ", *region.StartLine)
		if got != test.want || *file.URIBaseId != "%SRCROOT%" || *region.EndLine != *region.StartLine {
			t.Errorf("%s: got %q to line %d below %s, want %q", test.name, got, *region.EndLine, *file.URIBaseId, test.want)
		}
		if name := place.LogicalLocations[0].FullyQualifiedName; *name != "arn:aws:ec2:eu-west-1::image/ami-1" {
			t.Errorf("%s: logical location %q", test.name, *name)
		}
	}
}

// TestFallback stands for what has no source, and for what has one outside the checkout.
func TestFallback(t *testing.T) {
	t.Parallel()
	f := failing("sharing/ami-public", finding.Critical, image("ami-1", "web-1", "web"), "", "It is public.")
	options := Options{Fallback: &finding.Source{Path: "amiscan.yaml", Line: 1}}
	for want, source := range map[string]*finding.Source{
		"amiscan.yaml": nil, "web.hcl": {Path: "web.hcl", Line: 7},
	} {
		f.Source = source
		if got := *location(f, options).PhysicalLocation.ArtifactLocation.URI; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	options.Location = pseudoLocation
	if got := *location(f, options).PhysicalLocation.ArtifactLocation.URI; !strings.HasPrefix(got, "aws/") {
		t.Errorf("got %q, want a path that is made up", got)
	}
}

// TestSingleImagesHaveACategoryOfTheirOwn: a run that saw one image must not close the alerts of the others.
func TestSingleImagesHaveACategoryOfTheirOwn(t *testing.T) {
	t.Parallel()
	scope := Scope{Account: "111122223333", Images: []string{"ami-1"}}
	for want, got := range map[string]string{
		"amiscan/111122223333/images/":   automationID(Options{}, scope, 1),
		"amiscan/111122223333/images-2/": automationID(Options{}, scope, 2),
		"amiscan/111122223333/":          automationID(Options{}, Scope{Account: "111122223333"}, 1),
		"amiscan/golden/":                automationID(Options{Category: "golden"}, scope, 1),
	} {
		if got != want {
			t.Errorf("category is %q, want %q", got, want)
		}
	}
}

// TestBaselineClosesNoAlert: an alert that is left out is closed as fixed.
func TestBaselineClosesNoAlert(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]int{finding.ByBaseline: 1, finding.ByException: 0} {
		f := failing("sharing/ami-public", finding.Critical, image("ami-1", "web-1", "web"), "", "It is public")
		f.Suppression = &finding.Suppression{Kind: kind}
		s := sample{sampleHeader(), []finding.Finding{f}, sampleFooter(0, "")}.counted()
		if got := len(walk(parse(t, s.render(t, "sarif", Options{})), "runs[].results[].ruleId")); got != want {
			t.Errorf("%d results for what a %s accepts, want %d", got, kind, want)
		}
	}
}

// TestNotesFollowTheFirstSentence: GitHub's lists show the first sentence alone, which is the policy's.
func TestNotesFollowTheFirstSentence(t *testing.T) {
	t.Parallel()
	f := failing("sharing/ami-public", finding.Critical, image("ami-1", "web-1", "web"), "", "It is public")
	f.Notes = []string{`exception "legacy" lapsed on 2026-10-31`, "Its severity rose."}
	s := sample{sampleHeader(), []finding.Finding{f}, sampleFooter(1, "")}.counted()
	for _, profile := range SARIFProfiles() {
		text := walk(parse(t, s.render(t, "sarif", Options{Profile: profile})), "runs[].results[].message.text")[0]
		want := `It is public. exception "legacy" lapsed on 2026-10-31. Its severity rose. Resource arn:`
		if !strings.HasPrefix(fmt.Sprint(text), want) {
			t.Errorf("%s: %s", profile, text)
		}
	}
}

// TestBakesBringTheirNotesAndSource: the newest bake is shown, with what is known of the others.
func TestBakesBringTheirNotesAndSource(t *testing.T) {
	t.Parallel()
	bake := func(id, name string) finding.Finding {
		return failing("sharing/ami-public", finding.Critical, image(id, name, "web"), "", "It is public.")
	}
	older, newest, third := bake("ami-2", "web-1"), bake("ami-1", "web-2"), bake("ami-3", "web-0")
	older.Notes, older.Source = []string{"one", "two"}, &finding.Source{Path: "web.pkr.hcl", Line: 7}
	newest.Notes = []string{"two"}
	third.Notes = []string{"3", "4", "5", "6", "7"}
	s := sample{sampleHeader(), []finding.Finding{older, newest, third}, sampleFooter(1, "")}.counted()
	results := walk(parse(t, s.render(t, "sarif", Options{})), "runs[].results[]")
	if len(results) != 1 {
		t.Fatalf("%d results", len(results))
	}
	text := fmt.Sprint(walk(results[0], "message.text")[0])
	if want := `It is public. two. one. 3. 4. 5. Resource arn:aws:ec2:eu-west-1::image/ami-1 `; !strings.HasPrefix(text, want) {
		t.Errorf("got %s", text)
	}
	if uri := walk(results[0], "locations[].physicalLocation.artifactLocation.uri")[0]; uri != "web.pkr.hcl" {
		t.Errorf("the source of an older bake is lost: %v", uri)
	}
}
