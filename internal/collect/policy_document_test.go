package collect

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParsePolicy(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{
			"one of everything",
			`{"Version":"2012-10-17","Id":"p","Statement":{"Sid":"s","Effect":"Deny","NotPrincipal":{"AWS":"111122223333"},
				"NotAction":"kms:*","NotResource":"x"}}`,
			`{"Version":"2012-10-17","Id":"p","Statement":[{"Sid":"s","Effect":"Deny","NotPrincipal":{"AWS":["111122223333"]},
				"NotAction":["kms:*"],"NotResource":["x"]}]}`,
		},
		{
			"lists",
			`{"Statement":[{"Effect":"Allow","Principal":{"AWS":["a","b"],"Service":"ec2.amazonaws.com","Federated":["f"],
				"CanonicalUser":"c"},"Action":["kms:Decrypt","kms:CreateGrant"],"Resource":["*"]}]}`,
			`{"Statement":[{"Effect":"Allow","Principal":{"AWS":["a","b"],"Service":["ec2.amazonaws.com"],"Federated":["f"],
				"CanonicalUser":["c"]},"Action":["kms:Decrypt","kms:CreateGrant"],"Resource":["*"]}]}`,
		},
		{
			"everybody", `{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}`,
			`{"Statement":[{"Effect":"Allow","Principal":{"AWS":["*"]},"Action":["*"],"Resource":["*"]}]}`,
		},
		{
			"conditions",
			`{"Statement":[{"Effect":"Allow","Condition":{"Bool":{"kms:GrantIsForAWSResource":true},
				"StringEquals":{"aws:PrincipalOrgID":["o-1","o-2"],"kms:CallerAccount":"111122223333"},
				"NumericLessThan":{"aws:MultiFactorAuthAge":3600},"Null":{"x":"false"}}}]}`,
			`{"Statement":[{"Effect":"Allow","Condition":{"Bool":{"kms:GrantIsForAWSResource":["true"]},
				"StringEquals":{"aws:PrincipalOrgID":["o-1","o-2"],"kms:CallerAccount":["111122223333"]},
				"NumericLessThan":{"aws:MultiFactorAuthAge":["3600"]},"Null":{"x":["false"]}}}]}`,
		},
		{"long numbers stay as they are", `{"Statement":[{"Condition":{"StringEquals":{"a":111122223333}}}]}`,
			`{"Statement":[{"Condition":{"StringEquals":{"a":["111122223333"]}}}]}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			document, err := parsePolicy(test.text)
			if err != nil {
				t.Fatal(err)
			}
			got, err := encode(document)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(fromJSON(t, test.want), fromJSON(t, string(got))); diff != "" {
				t.Errorf("document (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParsePolicyRefuses(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"no JSON": "x", "null": "null", "list": "[]", "no statement": `{"Statement":[]}`,
		"half": `{"Statement":[{"Effect":"Allow"}`, "more": `{"Statement":[{}]} {}`,
		"named principal":   `{"Statement":[{"Principal":"111122223333"}]}`,
		"unknown principal": `{"Statement":[{"Principal":{"Robot":"r"}}]}`,
		"odd principal":     `{"Statement":[{"Principal":7}]}`, "odd action": `{"Statement":[{"Action":7}]}`,
		"odd condition":          `{"Statement":[{"Condition":{"Bool":{"a":{"b":1}}}}]}`,
		"condition without keys": `{"Statement":[{"Condition":{"Bool":[]}}]}`,
		"unknown element":        `{"Statement":[{"Effect":"Allow","NotCondition":{}}]}`,
		"null statement":         `{"Statement":[null]}`, "null action": `{"Statement":[{"Effect":"Allow","Action":null}]}`,
		"null condition": `{"Statement":[{"Effect":"Allow","Condition":{"StringEquals":{"a":null}}}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if document, err := parsePolicy(text); err == nil {
				t.Errorf("read %+v", document)
			}
		})
	}
}

// FuzzParsePolicy takes what strangers write into key policies.
func FuzzParsePolicy(f *testing.F) {
	f.Add(`{"Statement":{"Effect":"Allow","Principal":"*","Condition":{"Bool":{"a":true}}}}`)
	f.Add(`{"Statement":[{"Principal":{"AWS":["a"],"Service":"b"},"Action":["c","d"]}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		document, err := parsePolicy(text)
		if err != nil {
			return
		}
		plain, err := encode(document)
		if err != nil || !json.Valid(plain) {
			t.Fatalf("%s: %v", plain, err)
		}
		again, err := parsePolicy(string(plain))
		if err != nil {
			t.Fatalf("%s can't be read again: %v", plain, err)
		}
		twice, err := encode(again)
		if err != nil || string(twice) != string(plain) {
			t.Errorf("%s comes back as %s: %v", plain, twice, err)
		}
	})
}
