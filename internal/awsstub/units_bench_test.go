package awsstub_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/awsstub/estate"
)

// form is a request of a query service.
type form struct{ service, body string }

// unitForms are what a scanner asks in a unit that has nothing.
func unitForms() []form {
	return []form{
		{"ec2", "Action=DescribeImages&Owner.1=self&IncludeDeprecated=true&IncludeDisabled=true&MaxResults=1000"},
		{"ec2", "Action=DescribeSnapshots&Owner.1=self&MaxResults=1000"},
		{"ec2", "Action=DescribeSnapshots&Owner.1=self&RestorableBy.1=all&MaxResults=1000"},
		{"ec2", "Action=DescribeLaunchTemplateVersions&LaunchTemplateVersion.1=%24Latest&LaunchTemplateVersion.2=%24Default"},
		{"ec2", "Action=DescribeInstanceImageMetadata&MaxResults=1000"},
		{"ec2", "Action=DescribeFleets"},
		{"ec2", "Action=DescribeSpotFleetRequests"},
		{"ec2", "Action=GetImageBlockPublicAccessState"},
		{"ec2", "Action=GetSnapshotBlockPublicAccessState"},
		{"ec2", "Action=GetEbsEncryptionByDefault"},
		{"ec2", "Action=GetInstanceMetadataDefaults"},
		{"ec2", "Action=GetAllowedImagesSettings"},
		{"autoscaling", "Action=DescribeAutoScalingGroups"},
		{"autoscaling", "Action=DescribeLaunchConfigurations"},
	}
}

// BenchmarkEmptyUnit asks everything of units that have nothing, one after the other: what an answer costs the stub, the
// making of the unit included, without the network.
func BenchmarkEmptyUnit(b *testing.B) {
	e, err := estate.New(estate.Size{Seed: 1, Accounts: 2000})
	if err != nil {
		b.Fatal(err)
	}
	accounts := emptyAccounts(b, e)
	stub, err := awsstub.NewFrom(e, awsstub.CountOnly(), awsstub.Credentials(keyedByThemselves(accounts)))
	if err != nil {
		b.Fatal(err)
	}
	calls := unitForms()
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		region := e.Regions("")[i/len(accounts)%17]
		for _, call := range calls {
			r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(call.body))
			r.Header.Set("Authorization", signature(accounts[i%len(accounts)], region, call.service))
			w := httptest.NewRecorder()
			if stub.ServeHTTP(w, r); w.Code != http.StatusOK {
				b.Fatalf("%s: %d %s", call.body, w.Code, w.Body)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(calls)), "ns/answer")
}

// keyedByThemselves are access keys that are the accounts' own ids.
func keyedByThemselves(accounts []string) map[string]string {
	keys := map[string]string{}
	for _, account := range accounts {
		keys[account] = account
	}
	return keys
}

// emptyAccounts are those that have nothing but settings in any region.
func emptyAccounts(tb testing.TB, e *estate.Estate) (empty []string) {
	tb.Helper()
	for _, account := range e.Accounts()[4:min(200, len(e.Accounts()))] {
		resources := 0
		for _, region := range e.Regions(account) {
			p, err := e.Part(account, region)
			if err != nil {
				tb.Fatal(err)
			}
			resources += len(p.Resources)
		}
		if resources == len(e.Regions(account)) {
			empty = append(empty, account)
		}
	}
	return empty
}
