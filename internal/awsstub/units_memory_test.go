package awsstub

import (
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/awsstub/estate"
	"github.com/amiscan/amiscan/internal/inventory"
)

// askUnit sends a request about a unit, as its own account, and returns the answer without the number of the request.
func askUnit(stub *Stub, account, region, body string) string {
	r := httptest.NewRequest("POST", "/", strings.NewReader(body))
	r.Header.Set("Authorization",
		"AWS4-HMAC-SHA256 Credential="+account+"/20261122/"+region+"/ec2/aws4_request, SignedHeaders=host, Signature=0")
	w := httptest.NewRecorder()
	stub.ServeHTTP(w, r)
	head, rest, _ := strings.Cut(w.Body.String(), "<requestId>")
	_, tail, _ := strings.Cut(rest, "</requestId>")
	return head + tail
}

// smallEstate is an organization of which the tests can ask everything.
func smallEstate(t *testing.T) *estate.Estate {
	t.Helper()
	e, err := estate.New(estate.Size{Seed: 7, Accounts: 40, Regions: []string{"eu-west-1", "us-east-1"}, LargeImages: 50})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func serveEstate(t *testing.T, e *estate.Estate, options ...Option) *Stub {
	t.Helper()
	names := map[string]string{}
	for _, account := range e.Accounts() {
		names[account] = account
	}
	stub, err := NewFrom(e, append([]Option{Credentials(names), CountOnly()}, options...)...)
	if err != nil {
		t.Fatal(err)
	}
	return stub
}

// TestFewUnitsAreKept asks for many more units than may be held, and for each several times in a row.
func TestFewUnitsAreKept(t *testing.T) {
	t.Parallel()
	e := smallEstate(t)
	stub := serveEstate(t, e, KeepUnits(10))
	for _, region := range e.Regions("") {
		for _, account := range e.Accounts() {
			for _, body := range []string{"Action=DescribeImages&Owner.1=self", "Action=DescribeSnapshots&Owner.1=self"} {
				askUnit(stub, account, region, body)
			}
			if kept := len(stub.units.kept); kept > 10 {
				t.Fatalf("%d units are kept, want at most 10", kept)
			}
		}
	}
	if made := stub.units.compiled; made != 80 {
		t.Errorf("%d catalogs were made, want one for each of 80 units", made)
	}
}

// TestLatestUnitsAreKept holds that a unit that is asked for again and again is made once.
func TestLatestUnitsAreKept(t *testing.T) {
	t.Parallel()
	e := smallEstate(t)
	stub := serveEstate(t, e, KeepUnits(2))
	for _, account := range e.Accounts()[1:] {
		askUnit(stub, e.Accounts()[0], "eu-west-1", "Action=DescribeImages&Owner.1=self")
		askUnit(stub, account, "eu-west-1", "Action=DescribeImages&Owner.1=self")
	}
	if made := stub.units.compiled; made != 40 {
		t.Errorf("%d catalogs were made, want 40", made)
	}
}

// TestOrderMakesNoDifference asks the same of everybody, in two orders and with room for one unit and for all.
func TestOrderMakesNoDifference(t *testing.T) {
	t.Parallel()
	e := smallEstate(t)
	few, all := serveEstate(t, e, KeepUnits(1)), serveEstate(t, e)
	type question struct{ account, region, body string }
	var questions []question
	for _, region := range e.Regions("") {
		for _, account := range e.Accounts() {
			for _, body := range []string{
				"Action=DescribeImages&IncludeDeprecated=true", "Action=DescribeLaunchTemplateVersions&LaunchTemplateVersion.1=%24Latest",
				"Action=GetEbsEncryptionByDefault", "Action=DescribeSnapshots&MaxResults=7",
			} {
				questions = append(questions, question{account, region, body})
			}
		}
	}
	first := map[question]string{}
	for _, q := range questions {
		first[q] = askUnit(few, q.account, q.region, q.body)
	}
	slices.Reverse(questions)
	for _, q := range questions {
		if got := askUnit(all, q.account, q.region, q.body); got != first[q] {
			t.Fatalf("%v: answers differ:\n%s\n%s", q, first[q], got)
		}
	}
}

// TestSourceIsLikeItsParts compares what is served unit by unit with the same parts served whole.
func TestSourceIsLikeItsParts(t *testing.T) {
	t.Parallel()
	e := smallEstate(t)
	byUnit, whole := serveEstate(t, e, KeepUnits(3)), serveWhole(t, e)
	golden := goldenImage(t, whole)
	for _, region := range e.Regions("") {
		for _, account := range e.Accounts() {
			for _, body := range []string{
				"Action=DescribeImages&Owner.1=self&IncludeDisabled=true", "Action=DescribeSnapshots&Owner.1=self&MaxResults=5",
				"Action=DescribeSnapshots&Owner.1=self&RestorableBy.1=all", "Action=DescribeInstanceImageMetadata", "Action=DescribeRegions",
				"Action=GetImageBlockPublicAccessState", "Action=DescribeSecurityGroups", "Action=DescribeImages&ImageId.1=" + golden,
				"Action=DescribeImages&Filter.1.Name=image-id&Filter.1.Value.1=" + golden,
				"Action=DescribeImageAttribute&Attribute=launchPermission&ImageId=" + golden, "Action=GetImageAncestry&ImageId=" + golden,
			} {
				if got, want := askUnit(byUnit, account, region, body), askUnit(whole, account, region, body); got != want {
					t.Fatalf("%s in %s, %s: answers differ:\nunit by unit: %s\nwhole: %s", account, region, body, got, want)
				}
			}
		}
	}
}

// serveWhole serves all parts at once.
func serveWhole(t *testing.T, e *estate.Estate) *Stub {
	t.Helper()
	var parts []inventory.Part
	names := map[string]string{}
	for _, account := range e.Accounts() {
		names[account] = account
		for _, region := range append([]string{inventory.Global}, e.Regions(account)...) {
			p, err := e.Part(account, region)
			if err != nil {
				t.Fatal(err)
			}
			parts = append(parts, p)
		}
	}
	stub, err := New(parts, Credentials(names), CountOnly())
	if err != nil {
		t.Fatal(err)
	}
	return stub
}

// goldenImage is an image that all accounts may see.
func goldenImage(t *testing.T, whole *Stub) string {
	t.Helper()
	for _, id := range whole.catalog.images["eu-west-1"].ids {
		if r := whole.catalog.images["eu-west-1"].byID[id][0]; len(r.grants.organizations) > 0 {
			return id
		}
	}
	t.Fatal("nothing is shared with the organization")
	return ""
}
