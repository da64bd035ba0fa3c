package awsstub_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

const (
	orgID    = "o-abcdefghij"
	rootID   = "r-ab12"
	prodID   = "ou-ab12-prod0000"
	webID    = "ou-ab12-web00000"
	theirARN = "arn:aws:organizations::111122223333:account/o-abcdefghij/444455556666"
)

// member is an account of our organization.
func member(id string, more doc, facts ...any) inventory.Resource {
	account := doc{"Id": id, "Arn": "arn:aws:organizations::111122223333:account/" + orgID + "/" + id, "Name": "account " + id,
		"State": "ACTIVE", "JoinedMethod": "CREATED", "JoinedTimestamp": "2026-01-02T03:04:05.006Z"}
	for name, value := range more {
		account[name] = value
	}
	return resource(inventory.Account, ours, "global", id, append([]any{"account", account}, facts...)...)
}

// under is the path of an account.
func under(units ...string) doc {
	return doc{"Paths": []string{orgID + "/" + strings.Join(units, "/") + "/"}}
}

// ourOrganizationParts have us at the root, them in an OU of an OU, and the stranger in the OU between.
func ourOrganizationParts() []inventory.Part {
	return []inventory.Part{part(ours, "global",
		member(theirs, under(rootID, prodID, webID, theirs), "tags", []doc{{"Key": "team", "Value": "web"}, {"Key": "env", "Value": ""}}),
		deniedFact(member(stranger, under(rootID, prodID)), "tags"),
		member(ours, under(rootID)))}
}

func organizationsAs(url, key string) *organizations.Client {
	return organizations.NewFromConfig(config(url, key, "us-east-1"))
}

// accountIDs follows the tokens of ListAccounts; a page is one string.
func accountIDs(t *testing.T, client *organizations.Client, size *int32) (pages []string) {
	t.Helper()
	ask := organizations.ListAccountsInput{MaxResults: size}
	for {
		got, err := client.ListAccounts(t.Context(), &ask)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, joinIDs(got.Accounts))
		if got.NextToken == nil {
			return pages
		}
		ask.NextToken = got.NextToken
	}
}

func joinIDs(accounts []orgtypes.Account) string {
	var ids []string
	for _, a := range accounts {
		ids = append(ids, *a.Id)
	}
	return strings.Join(ids, " ")
}

func TestListAccounts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		size    *int32
		options []awsstub.Option
		want    []string
	}{
		{"whole", nil, nil, []string{ours + " " + theirs + " " + stranger}},
		{"by twos", ptr(int32(2)), nil, []string{ours + " " + theirs, stranger}},
		{"by ones", nil, []awsstub.Option{awsstub.PageSize(1)}, []string{ours, theirs, stranger}},
		{"with empty pages", ptr(int32(20)), []awsstub.Option{awsstub.EmptyPages("organizations:ListAccounts", 1)},
			[]string{"", ours + " " + theirs + " " + stranger}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, url := serve(t, ourOrganizationParts(), test.options...)
			if diff := cmp.Diff(test.want, accountIDs(t, organizationsAs(url, ourKey), test.size)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestListAccountsIsPagedUnasked holds that nobody gets more than twenty accounts at once.
func TestListAccountsIsPagedUnasked(t *testing.T) {
	t.Parallel()
	var members []inventory.Resource
	for i := range 41 {
		members = append(members, member(fmt.Sprintf("%012d", i), nil))
	}
	_, url := serve(t, []inventory.Part{part(ours, "global", members...)})
	var sizes []int
	for _, page := range accountIDs(t, organizationsAs(url, ourKey), nil) {
		sizes = append(sizes, len(strings.Fields(page)))
	}
	if diff := cmp.Diff([]int{20, 20, 1}, sizes); diff != "" {
		t.Error(diff)
	}
}

// TestSDKReadsAccounts reads back every field of an account.
func TestSDKReadsAccounts(t *testing.T) {
	t.Parallel()
	account := filled[orgtypes.Account](0)
	account.Id, account.Arn = ptr(theirs), ptr(theirARN)
	account.Paths = []string{orgID + "/" + rootID + "/" + theirs + "/", orgID + "/" + rootID + "/" + prodID + "/" + theirs + "/"}
	tags := filled[[]orgtypes.Tag](0)
	r := resource(inventory.Account, ours, "global", theirs, "account", account, "tags", tags)
	_, url := serve(t, []inventory.Part{part(ours, "global", r)})
	client := organizationsAs(url, ourKey)
	got, err := client.ListAccounts(t.Context(), &organizations.ListAccountsInput{})
	same(t, []orgtypes.Account{account}, func() []orgtypes.Account { return got.Accounts }, err)
	told, err := client.ListTagsForResource(t.Context(), &organizations.ListTagsForResourceInput{ResourceId: ptr(theirs)})
	same(t, tags, func() []orgtypes.Tag { return told.Tags }, err)
	for _, parent := range []string{rootID, prodID} {
		in, err := client.ListAccountsForParent(t.Context(), &organizations.ListAccountsForParentInput{ParentId: &parent})
		same(t, []orgtypes.Account{account}, func() []orgtypes.Account { return in.Accounts }, err)
	}
}

// TestAccountIsCompleted holds what the stub adds to an account: an address, and the older word for the state.
func TestAccountIsCompleted(t *testing.T) {
	t.Parallel()
	for state, want := range map[string]orgtypes.AccountStatus{"ACTIVE": "ACTIVE", "SUSPENDED": "SUSPENDED",
		"PENDING_CLOSURE": "PENDING_CLOSURE", "CLOSED": "SUSPENDED", "PENDING_ACTIVATION": "SUSPENDED"} {
		_, url := serve(t, []inventory.Part{part(ours, "global", member(theirs, doc{"State": state}))})
		got, err := organizationsAs(url, ourKey).ListAccounts(t.Context(), &organizations.ListAccountsInput{})
		if err != nil {
			t.Fatal(err)
		}
		if a := got.Accounts[0]; a.Status != want || string(a.State) != state || *a.Email != "444455556666@example.com" {
			t.Errorf("%s: got %+v", state, a)
		}
	}
}

// TestOmitFromAccounts serves an older Organizations.
func TestOmitFromAccounts(t *testing.T) {
	t.Parallel()
	_, url := serve(t, ourOrganizationParts(), awsstub.OmitFromAccounts("Paths", "State"))
	client := organizationsAs(url, ourKey)
	got, err := client.ListAccounts(t.Context(), &organizations.ListAccountsInput{})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range got.Accounts {
		if a.State != "" || a.Paths != nil || a.Status != "ACTIVE" {
			t.Errorf("got %+v", a)
		}
	}
	units, err := client.ListOrganizationalUnitsForParent(t.Context(),
		&organizations.ListOrganizationalUnitsForParentInput{ParentId: ptr(rootID)})
	if err != nil || units.OrganizationalUnits[0].Path != nil || *units.OrganizationalUnits[0].Id != prodID {
		t.Errorf("got %+v, %v", units, err)
	}
}

// tree walks from the roots down; every line is a root, an OU or an account behind its parents.
func tree(t *testing.T, client *organizations.Client) (lines []string) {
	t.Helper()
	roots, err := client.ListRoots(t.Context(), &organizations.ListRootsInput{})
	if err != nil {
		t.Fatal(err)
	}
	for _, root := range roots.Roots {
		lines = append(lines, *root.Id+" "+*root.Arn+" "+*root.Name)
		lines = append(lines, branch(t, client, *root.Id, "  ")...)
	}
	return lines
}

func branch(t *testing.T, client *organizations.Client, parent, indent string) (lines []string) {
	t.Helper()
	accounts, err := client.ListAccountsForParent(t.Context(), &organizations.ListAccountsForParentInput{ParentId: &parent})
	if err != nil {
		t.Fatal(err)
	}
	if len(accounts.Accounts) > 0 {
		lines = append(lines, indent+joinIDs(accounts.Accounts))
	}
	units, err := client.ListOrganizationalUnitsForParent(t.Context(), &organizations.ListOrganizationalUnitsForParentInput{ParentId: &parent})
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range units.OrganizationalUnits {
		lines = append(lines, indent+*u.Id+" "+*u.Arn+" "+*u.Path)
		lines = append(lines, branch(t, client, *u.Id, indent+"  ")...)
	}
	return lines
}

func TestOrganizationTree(t *testing.T) {
	t.Parallel()
	const arn = "arn:aws:organizations::111122223333:"
	tests := []struct {
		name    string
		members []inventory.Resource
		want    []string
	}{
		{"from paths", ourOrganizationParts()[0].Resources, []string{
			"r-ab12 " + arn + "root/o-abcdefghij/r-ab12 Root", "  " + ours,
			"  ou-ab12-prod0000 " + arn + "ou/o-abcdefghij/ou-ab12-prod0000 o-abcdefghij/r-ab12/ou-ab12-prod0000/", "    " + stranger,
			"    ou-ab12-web00000 " + arn + "ou/o-abcdefghij/ou-ab12-web00000 o-abcdefghij/r-ab12/ou-ab12-prod0000/ou-ab12-web00000/",
			"      " + theirs}},
		{"without paths", []inventory.Resource{member(ours, nil), member(theirs, nil)}, []string{
			"r-awsstub " + arn + "root/o-abcdefghij/r-awsstub Root", "  " + ours + " " + theirs}},
		{"with one path", []inventory.Resource{member(ours, nil), member(theirs, under(rootID))}, []string{
			"r-ab12 " + arn + "root/o-abcdefghij/r-ab12 Root", "  " + ours + " " + theirs}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, url := serve(t, []inventory.Part{part(ours, "global", test.members...)})
			if diff := cmp.Diff(test.want, tree(t, organizationsAs(url, ourKey))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// organizationCalls are all listings, each with the given token and, where it has one, size.
func organizationCalls(t *testing.T) map[string]func(c *organizations.Client, token *string, size *int32) error {
	t.Helper()
	ctx := t.Context()
	return map[string]func(c *organizations.Client, token *string, size *int32) error{
		"ListAccounts": func(c *organizations.Client, token *string, size *int32) error {
			_, err := c.ListAccounts(ctx, &organizations.ListAccountsInput{NextToken: token, MaxResults: size})
			return err
		},
		"ListRoots": func(c *organizations.Client, token *string, size *int32) error {
			_, err := c.ListRoots(ctx, &organizations.ListRootsInput{NextToken: token, MaxResults: size})
			return err
		},
		"ListOrganizationalUnitsForParent": func(c *organizations.Client, token *string, size *int32) error {
			_, err := c.ListOrganizationalUnitsForParent(ctx, &organizations.ListOrganizationalUnitsForParentInput{
				ParentId: ptr(rootID), NextToken: token, MaxResults: size})
			return err
		},
		"ListAccountsForParent": func(c *organizations.Client, token *string, size *int32) error {
			_, err := c.ListAccountsForParent(ctx, &organizations.ListAccountsForParentInput{
				ParentId: ptr(rootID), NextToken: token, MaxResults: size})
			return err
		},
		"ListTagsForResource": func(c *organizations.Client, token *string, _ *int32) error {
			_, err := c.ListTagsForResource(ctx, &organizations.ListTagsForResourceInput{ResourceId: ptr(theirs), NextToken: token})
			return err
		},
	}
}

// TestWhoMayList asks as everybody.
func TestWhoMayList(t *testing.T) {
	t.Parallel()
	_, url := serve(t, append(ourOrganizationParts(), part("999900001111", ireland)), awsstub.DelegatedAdministrator(stranger),
		awsstub.Credentials(map[string]string{ourKey: ours, theirKey: theirs, strangerKey: stranger, "AKIAOUTSIDE": "999900001111"}))
	for name, call := range organizationCalls(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, key := range []string{ourKey, strangerKey} {
				if err := call(organizationsAs(url, key), nil, nil); err != nil {
					t.Errorf("%s: %v", key, err)
				}
			}
			wantError(t, call(organizationsAs(url, theirKey), nil, nil), "AccessDeniedException", 400)
			wantError(t, call(organizationsAs(url, "AKIAOUTSIDE"), nil, nil), "AWSOrganizationsNotInUseException", 400)
			wantError(t, call(organizationsAs(url, "AKIANOBODY"), nil, nil), "UnrecognizedClientException", 400)
		})
	}
}

func TestBadOrganizationRequests(t *testing.T) {
	t.Parallel()
	stub, url := serve(t, ourOrganizationParts())
	client := organizationsAs(url, ourKey)
	page, err := client.ListAccounts(t.Context(), &organizations.ListAccountsInput{MaxResults: ptr(int32(1))})
	if err != nil {
		t.Fatal(err)
	}
	for name, call := range organizationCalls(t) {
		wantError(t, call(client, ptr("forged"), nil), "InvalidInputException", 400)
		if name != "ListAccounts" {
			wantError(t, call(client, page.NextToken, nil), "InvalidInputException", 400)
		}
		if name != "ListTagsForResource" {
			wantError(t, call(client, nil, ptr(int32(0))), "InvalidInputException", 400)
			wantError(t, call(client, nil, ptr(int32(21))), "InvalidInputException", 400)
		}
	}
	for parent, want := range map[string]string{"r-none": "ParentNotFoundException", "ou-ab12-none0000": "ParentNotFoundException",
		theirs: "InvalidInputException", "": "InvalidInputException", "ou-": "InvalidInputException"} {
		_, err := client.ListAccountsForParent(t.Context(), &organizations.ListAccountsForParentInput{ParentId: &parent})
		wantError(t, err, want, 400)
		_, err = client.ListOrganizationalUnitsForParent(t.Context(), &organizations.ListOrganizationalUnitsForParentInput{ParentId: &parent})
		wantError(t, err, want, 400)
	}
	for id, want := range map[string]string{"999900001111": "TargetNotFoundException", "": "InvalidInputException",
		stranger: "AccessDeniedException", ours: "", rootID: "", webID: ""} {
		got, err := client.ListTagsForResource(t.Context(), &organizations.ListTagsForResourceInput{ResourceId: &id})
		if want != "" {
			wantError(t, err, want, 400)
		} else if err != nil || got.Tags == nil || len(got.Tags) != 0 {
			t.Errorf("%s: got %+v, %v", id, got, err)
		}
	}
	stub.Apply(awsstub.Throttle("organizations:ListAccounts", 1))
	_, err = client.ListAccounts(t.Context(), &organizations.ListAccountsInput{})
	wantError(t, err, "TooManyRequestsException", 400)
}

// TestMembersKnowTheirOrganization asks what every member may ask, also where no part holds the answer.
func TestMembersKnowTheirOrganization(t *testing.T) {
	t.Parallel()
	image := ami("ami-org", nil, "launch_permissions", []doc{{"OrganizationArn": ourOrganization}})
	_, url := serve(t, append(ourOrganizationParts(), part(ours, ireland, image), part(theirs, ireland)))
	for _, key := range []string{ourKey, theirKey} {
		got, err := organizationsAs(url, key).DescribeOrganization(t.Context(), &organizations.DescribeOrganizationInput{})
		if err != nil {
			t.Fatal(err)
		}
		o := got.Organization
		want := []string{orgID, ourOrganization, ours, "arn:aws:organizations::111122223333:account/o-abcdefghij/111122223333"}
		if diff := cmp.Diff(want, []string{*o.Id, *o.Arn, *o.MasterAccountId, *o.MasterAccountArn}); diff != "" {
			t.Errorf("%s: %s", key, diff)
		}
	}
	seen, err := ec2As(url, theirKey).DescribeImages(t.Context(), &ec2.DescribeImagesInput{ImageIds: []string{"ami-org"}})
	if err != nil || len(seen.Images) != 1 {
		t.Errorf("an image that is shared with the organization: %v, %v", seen, err)
	}
}

// TestOrganizationDocumentIsKept holds that what a part says of an organization is served as it is.
func TestOrganizationDocumentIsKept(t *testing.T) {
	t.Parallel()
	document := doc{"Id": orgID, "Arn": ourOrganization, "MasterAccountId": ours, "FeatureSet": "CONSOLIDATED_BILLING"}
	settings := resource(inventory.Settings, ours, ireland, ours+"/"+ireland, "organization", document)
	_, url := serve(t, append(ourOrganizationParts(), part(ours, ireland, settings)))
	got, err := organizationsAs(url, ourKey).DescribeOrganization(t.Context(), &organizations.DescribeOrganizationInput{})
	if err != nil || got.Organization.FeatureSet != "CONSOLIDATED_BILLING" || aws.ToString(got.Organization.MasterAccountEmail) != "" {
		t.Errorf("got %+v, %v", got.Organization, err)
	}
}

// TestNewRefusesAccounts holds that nothing of an organization is served wrongly.
func TestNewRefusesAccounts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		members []inventory.Resource
		want    string
	}{
		{"twice", []inventory.Resource{member(theirs, nil), member(theirs, nil)}, "it is there twice"},
		{"another id", []inventory.Resource{member(theirs, doc{"Id": ours})}, "account.Id"},
		{"unknown field", []inventory.Resource{member(theirs, doc{"Colour": "red"})}, "account.Colour: no element name"},
		{"no path", []inventory.Resource{member(theirs, doc{"Paths": []string{"r-ab12/"}})}, `account.Paths: "r-ab12/" is no path`},
		{"no root", []inventory.Resource{member(theirs, doc{"Paths": []string{orgID + "/" + prodID + "/"}})}, "is no path"},
		{"another's path", []inventory.Resource{member(theirs, under(rootID, ours))}, "is no path of account 444455556666"},
		{"OU with two parents", []inventory.Resource{member(theirs, under(rootID, webID)), member(ours, under(rootID, prodID, webID))},
			"ou-ab12-web00000 stands in"},
		{"field of a tag", []inventory.Resource{member(theirs, nil, "tags", []doc{{"Name": "x"}})}, "tags[0].Name"},
		{"tags alone", []inventory.Resource{resource(inventory.Account, ours, "global", theirs, "tags", []doc{})}, "the account is not listed"},
		{"denied listing", []inventory.Resource{withStatus(member(theirs, nil), "account", inventory.Denied)}, `the status "denied"`},
		{"another's regions", []inventory.Resource{member(theirs, nil, "regions", []doc{})}, "only the account itself"},
		{"field of a region", []inventory.Resource{member(ours, nil, "regions", []doc{{"Name": "x"}})}, "regions[0].Name"},
		{"region without a name", []inventory.Resource{member(ours, nil, "regions", []doc{{}})}, "a region needs a name"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := awsstub.New([]inventory.Part{part(ours, "global", test.members...)})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
	inRegion := member(ours, nil)
	inRegion.Region = ireland
	_, err := awsstub.New([]inventory.Part{part(ours, ireland, inRegion)})
	if err == nil || !strings.Contains(err.Error(), "belongs to the region global") {
		t.Errorf("got %v", err)
	}
	elsewhere := member(theirs, doc{"Arn": "arn:aws:organizations::777788889999:account/o-klmnopqrst/444455556666"})
	_, err = awsstub.New([]inventory.Part{part(ours, "global", member(theirs, nil)), part(stranger, "global", elsewhere)})
	if err == nil || !strings.Contains(err.Error(), "account 444455556666 is in that of") {
		t.Errorf("got %v", err)
	}
}

// TestNotVisibleAccount holds that a listing shows nothing of an account that was not seen.
func TestNotVisibleAccount(t *testing.T) {
	t.Parallel()
	_, url := serve(t, []inventory.Part{part(ours, "global", member(ours, nil),
		withStatus(member(theirs, nil), "account", inventory.NotVisible))})
	if diff := cmp.Diff([]string{ours}, accountIDs(t, organizationsAs(url, ourKey), nil)); diff != "" {
		t.Error(diff)
	}
}
