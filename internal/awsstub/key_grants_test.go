package awsstub_test

import (
	"fmt"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

const scalingRole = "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"

// grantDocs are grants numbered from 0; every third is the service role's.
func grantDocs(n int) []doc {
	grants := []doc{}
	for i := range n {
		grantee := "arn:aws:iam::111122223333:role/app"
		if i%3 == 0 {
			grantee = scalingRole
		}
		grants = append(grants, doc{"GrantId": fmt.Sprintf("g%03d", i), "GranteePrincipal": grantee})
	}
	return grants
}

// grantPages reads a listing to its end and returns the size of each page, and all ids.
func grantPages(t *testing.T, client *kms.Client, ask kms.ListGrantsInput) (sizes []int, ids []string) {
	t.Helper()
	for {
		got, err := client.ListGrants(t.Context(), &ask)
		if err != nil {
			t.Fatal(err)
		}
		sizes = append(sizes, len(got.Grants))
		for _, g := range got.Grants {
			ids = append(ids, *g.GrantId)
		}
		if got.Truncated != (got.NextMarker != nil) {
			t.Fatalf("truncated is %v with the marker %v", got.Truncated, got.NextMarker)
		}
		if !got.Truncated {
			return sizes, ids
		}
		ask.Marker = got.NextMarker
	}
}

func TestListGrants(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		grants  int
		ask     kms.ListGrantsInput
		options []awsstub.Option
		want    []int
	}{
		{"fifty where nothing is asked", 101, kms.ListGrantsInput{}, nil, []int{50, 50, 1}},
		{"as many as can be", 101, kms.ListGrantsInput{Limit: ptr(int32(100))}, nil, []int{100, 1}},
		{"of one grantee", 7, kms.ListGrantsInput{GranteePrincipal: ptr(scalingRole), Limit: ptr(int32(2))}, nil, []int{2, 1}},
		{"of a service", 7, kms.ListGrantsInput{GranteeServicePrincipal: ptr("ec2.amazonaws.com")}, nil, []int{0}},
		{"one", 7, kms.ListGrantsInput{GrantId: ptr("g004")}, nil, []int{1}},
		{"none", 0, kms.ListGrantsInput{}, nil, []int{0}},
		{"smaller pages", 3, kms.ListGrantsInput{}, []awsstub.Option{awsstub.PageSize(2)}, []int{2, 1}},
		{"empty pages", 2, kms.ListGrantsInput{}, []awsstub.Option{awsstub.EmptyPages("kms:ListGrants", 1)}, []int{0, 2}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, url := serve(t, []inventory.Part{part(ours, ireland, ourKeyWith("grants", grantDocs(test.grants)))},
				test.options...)
			test.ask.KeyId = ptr(keyARN)
			sizes, ids := grantPages(t, kmsAs(url, ourKey), test.ask)
			if diff := cmp.Diff(test.want, sizes); diff != "" {
				t.Error(diff)
			}
			for i := 1; i < len(ids); i++ {
				if ids[i-1] >= ids[i] {
					t.Errorf("%s comes before %s", ids[i-1], ids[i])
				}
			}
		})
	}
}

// TestListGrantsOfTwoFacts holds that the two facts are two questions: which one is denied decides which fails.
func TestListGrantsOfTwoFacts(t *testing.T) {
	t.Parallel()
	docs := grantDocs(4)
	roles := []doc{docs[0], docs[3]}
	tests := []struct {
		name        string
		key         inventory.Resource
		all, ofRole []string
		allCode     string
		roleCode    string
	}{
		{"both", ourKeyWith("grants", docs, "service_role_grants", roles), []string{"g000", "g001", "g002", "g003"},
			[]string{"g000", "g003"}, "", ""},
		{"roles alone", ourKeyWith("service_role_grants", roles), []string{"g000", "g003"}, []string{"g000", "g003"}, "", ""},
		{"all denied", deniedFact(ourKeyWith("service_role_grants", roles), "grants"), nil, []string{"g000", "g003"},
			"AccessDeniedException", ""},
		{"roles denied", deniedFact(ourKeyWith("grants", docs[1:3]), "service_role_grants"), []string{"g001", "g002"}, nil,
			"", "AccessDeniedException"},
		{"neither there", ourKeyWith(), nil, nil, "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, url := serve(t, []inventory.Part{part(ours, ireland, test.key)})
			checkGrants(t, url, nil, test.all, test.allCode)
			checkGrants(t, url, ptr(scalingRole), test.ofRole, test.roleCode)
		})
	}
}

func checkGrants(t *testing.T, url string, grantee *string, want []string, code string) {
	t.Helper()
	ask := kms.ListGrantsInput{KeyId: ptr(keyID), GranteePrincipal: grantee}
	if code != "" {
		_, err := kmsAs(url, ourKey).ListGrants(t.Context(), &ask)
		wantError(t, err, code, 400)
		return
	}
	if _, ids := grantPages(t, kmsAs(url, ourKey), ask); !cmp.Equal(want, ids) {
		t.Errorf("got %v, want %v", ids, want)
	}
}

func TestListGrantsRefuses(t *testing.T) {
	t.Parallel()
	_, url := serve(t, []inventory.Part{part(ours, ireland, ourKeyWith("grants", grantDocs(3)))})
	first, err := kmsAs(url, ourKey).ListGrants(t.Context(), &kms.ListGrantsInput{KeyId: ptr(keyARN), Limit: ptr(int32(1))})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, as string
		ask      kms.ListGrantsInput
		code     string
	}{
		{"too many a page", ourKey, kms.ListGrantsInput{Limit: ptr(int32(101))}, "ValidationException"},
		{"none a page", ourKey, kms.ListGrantsInput{Limit: ptr(int32(0))}, "ValidationException"},
		{"a marker of nothing", ourKey, kms.ListGrantsInput{Marker: ptr("m")}, "InvalidMarkerException"},
		{"a marker of another question", ourKey,
			kms.ListGrantsInput{Marker: first.NextMarker, GranteePrincipal: ptr(scalingRole)}, "InvalidMarkerException"},
		{"another account", theirKey, kms.ListGrantsInput{}, "AccessDeniedException"},
		{"an alias", ourKey, kms.ListGrantsInput{KeyId: ptr(ebsAlias)}, "NotFoundException"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if test.ask.KeyId == nil {
				test.ask.KeyId = ptr(keyARN)
			}
			_, err := kmsAs(url, test.as).ListGrants(t.Context(), &test.ask)
			wantError(t, err, test.code, 400)
		})
	}
}
