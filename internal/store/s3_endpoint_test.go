package store

import "testing"

func TestEndpoints(t *testing.T) {
	t.Parallel()
	tests := []struct {
		region, bucket, key string
		endpoint            endpoint
		want                string
	}{
		{"eu-west-1", "b", "a/b.json", endpoint{}, "https://b.s3.eu-west-1.amazonaws.com/a/b.json"},
		{"us-east-1", "b", "", endpoint{}, "https://b.s3.us-east-1.amazonaws.com/"},
		{"us-east-1", "b.example.org", "k", endpoint{}, "https://s3.us-east-1.amazonaws.com/b.example.org/k"},
		{"cn-north-1", "b", "k", endpoint{}, "https://b.s3.cn-north-1.amazonaws.com.cn/k"},
		{"us-gov-east-1", "b", "k", endpoint{fips: true}, "https://b.s3-fips.us-gov-east-1.amazonaws.com/k"},
		{"us-iso-east-1", "b", "k", endpoint{}, "https://b.s3.us-iso-east-1.c2s.ic.gov/k"},
		{"us-isob-east-1", "b", "k", endpoint{}, "https://b.s3.us-isob-east-1.sc2s.sgov.gov/k"},
		{"eu-isoe-west-1", "b", "k", endpoint{}, "https://b.s3.eu-isoe-west-1.cloud.adc-e.uk/k"},
		{"us-isof-south-1", "b", "k", endpoint{}, "https://b.s3.us-isof-south-1.csp.hci.ic.gov/k"},
		{"eusc-de-east-1", "b", "k", endpoint{}, "https://b.s3.eusc-de-east-1.amazonaws.eu/k"},
		{"eu-west-1", "b", "k", endpoint{dualStack: true}, "https://b.s3.dualstack.eu-west-1.amazonaws.com/k"},
		{"us-east-2", "b", "k", endpoint{fips: true, dualStack: true}, "https://b.s3-fips.dualstack.us-east-2.amazonaws.com/k"},
		{"eu-west-1", "b", "a b/ü+=&?#%", endpoint{}, "https://b.s3.eu-west-1.amazonaws.com/a%20b/%C3%BC%2B%3D%26%3F%23%25"},
	}
	for _, test := range tests {
		got, err := test.endpoint.url(t.Context(), test.region, test.bucket, test.key)
		if err != nil || got.String() != test.want {
			t.Errorf("%s: %s, %v, want %s", test.region, got, err, test.want)
		}
	}
	for region, e := range map[string]endpoint{
		"": {}, "aws-global": {}, "moon": {}, "eu-west-1.evil.example/": {}, "EU-WEST-1": {}, "cn-northwest-1": {fips: true},
	} {
		if got, err := e.url(t.Context(), region, "b", "k"); err == nil {
			t.Errorf("%q: %s", region, got)
		}
	}
}
